import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { AccountHealth } from '@/shared/api/types'

function getAccountHealth(id: number, signal?: AbortSignal): Promise<AccountHealth> {
  return unwrap(api.GET('/accounts/{id}/health', { params: { path: { id } }, signal }))
}

export const accountHealthOptions = (id: number) =>
  queryOptions({ queryKey: ['accounts', id, 'health'], queryFn: ({ signal }) => getAccountHealth(id, signal) })

export const useAccountHealth = (id: number) => useQuery(accountHealthOptions(id))
