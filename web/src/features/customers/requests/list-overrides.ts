import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'

async function listOverrides(id: number, signal?: AbortSignal) {
  return (await unwrap(api.GET('/api/customers/{id}/health/overrides', { params: { path: { id } }, signal }))).data
}

export const overrideListOptions = (id: number) =>
  queryOptions({ queryKey: ['customers', id, 'health', 'overrides'], queryFn: ({ signal }) => listOverrides(id, signal) })

export const useOverrideList = (id: number) => useQuery(overrideListOptions(id))
