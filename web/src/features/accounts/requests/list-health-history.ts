import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { HealthHistory } from '@/shared/api/types'

function listHealthHistory(id: number, limit: number, signal?: AbortSignal): Promise<HealthHistory> {
  return unwrap(api.GET('/accounts/{id}/health-history', { params: { path: { id }, query: { limit } }, signal }))
}

export const healthHistoryOptions = (id: number, limit: number) =>
  queryOptions({
    queryKey: ['accounts', id, 'health-history', limit],
    queryFn: ({ signal }) => listHealthHistory(id, limit, signal),
  })

export const useHealthHistory = (id: number, limit: number) => useQuery(healthHistoryOptions(id, limit))
