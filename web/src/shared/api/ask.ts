import { ApiError, toApiError } from './api-error'
import type { Job } from './types'

interface AskOptions {
  query?: Readonly<Record<string, string | number | boolean | null | undefined>>
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal | undefined
}

/** An address with its query; what is empty stays out, for the server refuses what it does not know. */
function address(path: string, query: AskOptions['query'] = {}): string {
  const parameters = new URLSearchParams(
    Object.entries(query).flatMap(([name, value]) => (value === undefined || value === null || value === '' ? [] : [[name, String(value)]])),
  ).toString()
  return parameters ? `${path}?${parameters}` : path
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

async function send(method: Method, path: string, options: AskOptions): Promise<{ status: number; body: unknown }> {
  const { query, body, headers, signal } = options
  let response: Response
  let text: string
  try {
    response = await fetch(address(path, query), {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
    text = await response.text()
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure
    throw ApiError.unreachable()
  }
  const parsed = parse(text)
  if (!response.ok) throw toApiError(response.status, parsed)
  return { status: response.status, body: parsed }
}

/**
 * The answer's body; nothing for an answer without one. Throws ApiError for a refusal and for a server that
 * cannot be reached.
 */
export async function ask<T>(method: Method, path: string, options: AskOptions = {}): Promise<T> {
  return (await send(method, path, options)).body as T
}

const pollEveryMs = 700

/** As `ask`, and waits for the job where the server answers with one because it takes longer. */
export async function askForResult<T>(method: Method, path: string, options: AskOptions = {}): Promise<T> {
  const { status, body } = await send(method, path, options)
  if (status !== 202) return contents<T>(body)
  const { job_id } = contents<{ job_id: number }>(body)
  for (;;) {
    await new Promise((resolve) => window.setTimeout(resolve, pollEveryMs))
    const job = await ask<Job>('GET', `/api/jobs/${job_id}`, { signal: options.signal })
    if (job.status === 'succeeded') return contents<T>(job.result)
    if (job.status === 'dead' || (job.status === 'failed' && job.finished_at !== null)) throw new ApiError(500, job.error ?? 'The job failed without an explanation.')
  }
}

function parse(text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text)
  } catch {
    return undefined
  }
}

export interface Envelope<T> {
  success: boolean
  data: T
}

export interface Page<T> extends Envelope<T[]> {
  next_cursor: string | null
}

/** What an envelope holds; what came without one, as it is. */
function contents<T>(body: unknown): T {
  return ((body as Partial<Envelope<T>> | null)?.data ?? body) as T
}
