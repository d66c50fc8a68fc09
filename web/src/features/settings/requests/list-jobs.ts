import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Job, JobStatus } from '@/shared/api/types'

const pollEveryMs = 2000

function listJobs(state: JobStatus | '', cursor: string | null, signal?: AbortSignal) {
  return unwrap(api.GET('/api/jobs', { params: { query: { ...(state && { state }), ...(cursor && { cursor }) } }, signal }))
}

const isUnderWay = ({ status }: Job): boolean => status === 'queued' || status === 'running'

export const jobListOptions = (state: JobStatus | '') =>
  infiniteQueryOptions({
    queryKey: ['jobs', 'list', state],
    queryFn: ({ pageParam, signal }) => listJobs(state, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: stored }) => (stored.data?.pages.some((page) => page.data.some(isUnderWay)) ? pollEveryMs : false),
  })

export const useJobList = (state: JobStatus | '') => useInfiniteQuery(jobListOptions(state))
