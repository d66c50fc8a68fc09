import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'

const pageSize = 25

function listCustomerEvents(id: number, type: string, cursor: string | null, signal?: AbortSignal) {
  const query = { ...(type && { type }), ...(cursor && { cursor }), limit: pageSize }
  return unwrap(api.GET('/api/customers/{id}/events', { params: { path: { id }, query }, signal }))
}

export const customerEventsOptions = (id: number, type: string) =>
  infiniteQueryOptions({
    queryKey: ['customers', id, 'events', type],
    queryFn: ({ pageParam, signal }) => listCustomerEvents(id, type, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  })

export const useCustomerEvents = (id: number, type: string) => useInfiniteQuery(customerEventsOptions(id, type))
