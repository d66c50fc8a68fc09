import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { CustomerHealth } from '@/shared/api/health'

export async function getCustomerHealth(id: number, signal?: AbortSignal): Promise<CustomerHealth> {
  return (await ask<Envelope<CustomerHealth>>('GET', `/api/customers/${id}/health`, { signal })).data
}

export const customerHealthOptions = (id: number) =>
  queryOptions({ queryKey: ['customers', id, 'health'], queryFn: ({ signal }) => getCustomerHealth(id, signal) })

export const useCustomerHealth = (id: number) => useQuery(customerHealthOptions(id))
