import { ApiError, toApiError } from './api-error'

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

/**
 * The answer's body; nothing for an answer without one. Throws ApiError for a refusal and for a server that
 * cannot be reached.
 */
export async function ask<T>(method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, options: AskOptions = {}): Promise<T> {
  const { query, body, headers, signal } = options
  let response: Response
  try {
    response = await fetch(address(path, query), {
      method,
      headers: { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal ? { signal } : {}),
    })
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure
    throw ApiError.unreachable()
  }
  const text = await response.text()
  const parsed = parse(text)
  if (!response.ok) throw toApiError(response.status, parsed)
  return parsed as T
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
