import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { HealthEntry } from '@/shared/api/health'

async function listCustomerHealthHistory(id: number, limit: number, signal?: AbortSignal): Promise<HealthEntry[]> {
  return (await unwrap(api.GET('/api/customers/{id}/health/history', { params: { path: { id }, query: { limit } }, signal }))).data
}

/** Newest first. */
export const customerHealthHistoryOptions = (id: number, limit: number) =>
  queryOptions({
    queryKey: ['customers', id, 'health', 'history', limit],
    queryFn: ({ signal }) => listCustomerHealthHistory(id, limit, signal),
  })

export const useCustomerHealthHistory = (id: number, limit: number) => useQuery(customerHealthHistoryOptions(id, limit))
