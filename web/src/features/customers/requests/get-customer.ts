import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { Customer } from '@/shared/api/customer'

async function getCustomer(id: number, signal?: AbortSignal): Promise<Customer> {
  return (await ask<Envelope<Customer>>('GET', `/api/customers/${id}`, { signal })).data
}

export const customerOptions = (id: number) =>
  queryOptions({ queryKey: ['customers', id], queryFn: ({ signal }) => getCustomer(id, signal) })

export const useCustomer = (id: number) => useQuery(customerOptions(id))
