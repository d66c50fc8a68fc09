import type { Problem } from './types'

/** One mistake in what was sent: where, as a JSON pointer or a parameter's name, and what. */
export interface FieldMistake {
  pointer: string
  message: string
}

/** A refusal or failure, in words that the server chose for people. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly detail: string,
    readonly requestId?: string,
    readonly mistakes: readonly FieldMistake[] = [],
  ) {
    super(detail)
    this.name = 'ApiError'
  }

  static unreachable(): ApiError {
    return new ApiError(0, 'The server cannot be reached. Is it running, and is the network up?')
  }

  /** Whether asking again may help. */
  get isTemporary(): boolean {
    return this.status === 0 || this.status === 429 || this.status >= 500
  }
}

function isProblem(body: unknown): body is Problem {
  return typeof body === 'object' && body !== null && 'detail' in body && typeof body.detail === 'string'
}

export function toApiError(status: number, body: unknown): ApiError {
  if (isProblem(body)) return new ApiError(status, body.detail, body.request_id, body.errors)
  return new ApiError(status, `The server answered with status ${status} and no explanation.`)
}
