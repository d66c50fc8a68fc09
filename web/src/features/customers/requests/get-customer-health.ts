import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { CustomerHealth } from '@/shared/api/health'

export async function getCustomerHealth(id: number, signal?: AbortSignal): Promise<CustomerHealth> {
  return (await unwrap(api.GET('/api/customers/{id}/health', { params: { path: { id } }, signal }))).data
}

export const customerHealthOptions = (id: number) =>
  queryOptions({ queryKey: ['customers', id, 'health'], queryFn: ({ signal }) => getCustomerHealth(id, signal) })

export const useCustomerHealth = (id: number) => useQuery(customerHealthOptions(id))
