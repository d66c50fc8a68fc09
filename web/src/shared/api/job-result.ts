import { ApiError } from './api-error'
import { answerOf, api, unwrap, type Answer } from './client'
import type { JobAccepted } from './types'

const pollEveryMs = 700

/** The data of an answer; where the server answers with a job, because it takes longer, those of its result. */
export async function resultOf<T>(request: Promise<Answer<{ data: T } | JobAccepted>>): Promise<T> {
  const { data: answer } = await answerOf(request)
  if (answer && 'data' in answer) return answer.data
  if (!answer) throw new ApiError(0, 'The server answered with nothing.')
  for (;;) {
    await new Promise((resolve) => window.setTimeout(resolve, pollEveryMs))
    const job = await unwrap(api.GET('/api/jobs/{id}', { params: { path: { id: answer.job_id } } }))
    if (job.status === 'succeeded') return (job.result as unknown as { data: T }).data
    if (job.status === 'dead' || (job.status === 'failed' && job.finished_at !== null)) {
      throw new ApiError(500, job.error ?? 'The job failed without an explanation.')
    }
  }
}
