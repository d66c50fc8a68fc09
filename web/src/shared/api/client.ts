import createClient from 'openapi-fetch'

import { ApiError, toApiError } from './api-error'
import type { paths } from './schema'

const http = createClient<paths>({
  baseUrl: window.location.origin,
  // Filters that are not set stay out of the address: the server refuses what it does not know.
  querySerializer: (query) =>
    new URLSearchParams(
      Object.entries(query ?? {}).flatMap(([name, value]) =>
        value === undefined || value === '' ? [] : [[name, String(value)]],
      ),
    ).toString(),
})

/** The typed door to the server; every path, parameter and answer comes from the contract. */
export const api = http

export interface Answer<T> {
  data?: T
  error?: unknown
  response: Response
}

/** The answer as it came; throws as `unwrap` does. */
export async function answerOf<T>(request: Promise<Answer<T>>): Promise<Answer<T>> {
  let answer: Answer<T>
  try {
    answer = await request
  } catch (failure) {
    if (failure instanceof DOMException && failure.name === 'AbortError') throw failure
    throw ApiError.unreachable()
  }
  if (answer.error !== undefined || !answer.response.ok) throw toApiError(answer.response.status, answer.error)
  return answer
}

/** The data of an answer; throws ApiError for a refusal and for a server that cannot be reached. */
export async function unwrap<T>(request: Promise<Answer<T>>): Promise<T> {
  const { data, response } = await answerOf(request)
  if (data === undefined) throw toApiError(response.status, undefined)
  return data
}

/** Waits for an answer that has no data; throws as `unwrap` does. */
export async function finish(request: Promise<Answer<unknown>>): Promise<void> {
  await answerOf(request)
}
