import { keepPreviousData, queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { AccountList, AccountQuery } from '@/shared/api/types'

function listAccounts(query: AccountQuery, signal?: AbortSignal): Promise<AccountList> {
  return unwrap(api.GET('/accounts', { params: { query }, signal }))
}

export const accountListOptions = (query: AccountQuery) =>
  queryOptions({
    queryKey: ['accounts', 'list', query],
    queryFn: ({ signal }) => listAccounts(query, signal),
    placeholderData: keepPreviousData,
  })

export const useAccountList = (query: AccountQuery) => useQuery(accountListOptions(query))
