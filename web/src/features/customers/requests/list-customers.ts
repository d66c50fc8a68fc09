import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'

import { ask } from '@/shared/api/ask'
import type { CustomerPage, CustomerQuery } from '@/shared/api/customer'

function listCustomers(query: CustomerQuery, cursor: string | null, signal?: AbortSignal): Promise<CustomerPage> {
  return ask<CustomerPage>('GET', '/api/customers', { query: { ...query, cursor }, signal })
}

export const customerListOptions = (query: CustomerQuery) =>
  infiniteQueryOptions({
    queryKey: ['customers', 'list', query],
    queryFn: ({ pageParam, signal }) => listCustomers(query, pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next_cursor,
    placeholderData: keepPreviousData,
  })

export const useCustomerList = (query: CustomerQuery) => useInfiniteQuery(customerListOptions(query))
