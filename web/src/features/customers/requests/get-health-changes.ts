import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { HealthChanges } from '@/shared/api/health'

async function getHealthChanges(id: number, from: string, to: string, signal?: AbortSignal): Promise<HealthChanges> {
  return (await unwrap(api.GET('/api/customers/{id}/health/changes', { params: { path: { id }, query: { from, to } }, signal }))).data
}

export const healthChangesOptions = (id: number, from: string, to: string) =>
  queryOptions({
    queryKey: ['customers', id, 'health', 'changes', from, to],
    queryFn: ({ signal }) => getHealthChanges(id, from, to, signal),
    placeholderData: keepPreviousData,
  })

export const useHealthChanges = (id: number, from: string, to: string) => useQuery(healthChangesOptions(id, from, to))
