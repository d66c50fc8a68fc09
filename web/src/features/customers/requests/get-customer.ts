import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Customer } from '@/shared/api/customer'

async function getCustomer(id: number, signal?: AbortSignal): Promise<Customer> {
  return (await unwrap(api.GET('/api/customers/{id}', { params: { path: { id } }, signal }))).data
}

export const customerOptions = (id: number) =>
  queryOptions({ queryKey: ['customers', id], queryFn: ({ signal }) => getCustomer(id, signal) })

export const useCustomer = (id: number) => useQuery(customerOptions(id))
