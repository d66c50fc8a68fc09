import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { AccountDetail } from '@/shared/api/types'

function getAccount(id: number, signal?: AbortSignal): Promise<AccountDetail> {
  return unwrap(api.GET('/accounts/{id}', { params: { path: { id } }, signal }))
}

export const accountOptions = (id: number) =>
  queryOptions({ queryKey: ['accounts', id], queryFn: ({ signal }) => getAccount(id, signal) })

export const useAccount = (id: number) => useQuery(accountOptions(id))
