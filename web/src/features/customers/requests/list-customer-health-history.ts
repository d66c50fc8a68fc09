import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { HealthEntry } from '@/shared/api/health'

async function listCustomerHealthHistory(id: number, limit: number, signal?: AbortSignal): Promise<HealthEntry[]> {
  return (await ask<Envelope<HealthEntry[]>>('GET', `/api/customers/${id}/health/history`, { query: { limit }, signal })).data
}

/** Newest first. */
export const customerHealthHistoryOptions = (id: number, limit: number) =>
  queryOptions({
    queryKey: ['customers', id, 'health', 'history', limit],
    queryFn: ({ signal }) => listCustomerHealthHistory(id, limit, signal),
  })

export const useCustomerHealthHistory = (id: number, limit: number) => useQuery(customerHealthHistoryOptions(id, limit))
