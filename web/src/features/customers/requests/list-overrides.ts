import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { HealthOverride } from '@/shared/api/health'

async function listOverrides(id: number, signal?: AbortSignal): Promise<HealthOverride[]> {
  return (await ask<Envelope<HealthOverride[]>>('GET', `/api/customers/${id}/health/overrides`, { signal })).data
}

export const overrideListOptions = (id: number) =>
  queryOptions({ queryKey: ['customers', id, 'health', 'overrides'], queryFn: ({ signal }) => listOverrides(id, signal) })

export const useOverrideList = (id: number) => useQuery(overrideListOptions(id))
