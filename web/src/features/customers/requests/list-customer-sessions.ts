import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'

const pageSize = 10

function listCustomerSessions(id: number, cursor: string | null, signal?: AbortSignal) {
  const query = { ...(cursor && { cursor }), limit: pageSize }
  return unwrap(api.GET('/api/customers/{id}/sessions', { params: { path: { id }, query }, signal }))
}

export const customerSessionsOptions = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['customers', id, 'sessions'],
    queryFn: ({ pageParam, signal }) => listCustomerSessions(id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })

export const useCustomerSessions = (id: number) => useInfiniteQuery(customerSessionsOptions(id))
