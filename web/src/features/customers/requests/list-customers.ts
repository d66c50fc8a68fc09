import { infiniteQueryOptions, keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { CustomerPage, CustomerQuery } from '@/shared/api/customer'

async function listCustomers(query: CustomerQuery, cursor: string | null, signal?: AbortSignal): Promise<CustomerPage> {
  const answer = await unwrap(api.GET('/api/customers', { params: { query: { ...query, ...(cursor && { cursor }) } }, signal }))
  // A bare array comes only with `shape=bare`, which is not asked for.
  return answer as CustomerPage
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
