import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'

import { ask, type Page } from '@/shared/api/ask'
import type { Job } from '@/shared/api/types'

const pollEveryMs = 2000

function listJobs(state: string, cursor: string | null, signal?: AbortSignal): Promise<Page<Job>> {
  return ask<Page<Job>>('GET', '/api/jobs', { query: { state, cursor }, signal })
}

const isUnderWay = ({ status }: Job): boolean => status === 'queued' || status === 'running'

export const jobListOptions = (state: string) =>
  infiniteQueryOptions({
    queryKey: ['jobs', 'list', state],
    queryFn: ({ pageParam, signal }) => listJobs(state, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: stored }) => (stored.data?.pages.some((page) => page.data.some(isUnderWay)) ? pollEveryMs : false),
  })

export const useJobList = (state: string) => useInfiniteQuery(jobListOptions(state))
