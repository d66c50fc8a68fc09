import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Job } from '@/shared/api/types'

const pollEveryMs = 700

function getJob(id: number, signal?: AbortSignal): Promise<Job> {
  return unwrap(api.GET('/api/jobs/{id}', { params: { path: { id } }, signal }))
}

/** A failed job is tried again, unless it has been given up. */
export const hasEnded = (job: Job): boolean =>
  job.status === 'succeeded' || job.status === 'dead' || (job.status === 'failed' && job.finished_at !== null)

export const jobOptions = (id: number) =>
  queryOptions({
    queryKey: ['jobs', id],
    queryFn: ({ signal }) => getJob(id, signal),
    refetchInterval: ({ state }) => (state.data && hasEnded(state.data) ? false : pollEveryMs),
  })

export const useJob = (id: number | undefined) => useQuery({ ...jobOptions(id ?? 0), enabled: id !== undefined })
