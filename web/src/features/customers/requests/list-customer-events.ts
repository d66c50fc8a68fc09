import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'

import { ask, type Page } from '@/shared/api/ask'
import type { CustomerEvent } from '@/shared/api/event'

const pageSize = 25

function listCustomerEvents(id: number, type: string, cursor: string | null, signal?: AbortSignal): Promise<Page<CustomerEvent>> {
  return ask<Page<CustomerEvent>>('GET', `/api/customers/${id}/events`, { query: { type, cursor, limit: pageSize }, signal })
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
