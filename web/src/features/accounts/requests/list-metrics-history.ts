import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { MetricsHistory } from '@/shared/api/types'

function listMetricsHistory(id: number, limit: number, signal?: AbortSignal): Promise<MetricsHistory> {
  return unwrap(api.GET('/accounts/{id}/metrics-history', { params: { path: { id }, query: { limit } }, signal }))
}

export const metricsHistoryOptions = (id: number, limit: number) =>
  queryOptions({
    queryKey: ['accounts', id, 'metrics-history', limit],
    queryFn: ({ signal }) => listMetricsHistory(id, limit, signal),
  })

export const useMetricsHistory = (id: number, limit: number) => useQuery(metricsHistoryOptions(id, limit))
