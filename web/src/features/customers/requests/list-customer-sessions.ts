import { infiniteQueryOptions, useInfiniteQuery } from '@tanstack/react-query'

import { ask, type Page } from '@/shared/api/ask'
import type { CustomerSession } from '@/shared/api/customer'

const pageSize = 10

function listCustomerSessions(id: number, cursor: string | null, signal?: AbortSignal): Promise<Page<CustomerSession>> {
  return ask<Page<CustomerSession>>('GET', `/api/customers/${id}/sessions`, { query: { cursor, limit: pageSize }, signal })
}

export const customerSessionsOptions = (id: number) =>
  infiniteQueryOptions({
    queryKey: ['customers', id, 'sessions'],
    queryFn: ({ pageParam, signal }) => listCustomerSessions(id, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
  })

export const useCustomerSessions = (id: number) => useInfiniteQuery(customerSessionsOptions(id))
