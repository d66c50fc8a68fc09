import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Recommendations } from '@/shared/api/types'

/** A POST that changes nothing, so it is cached like a read. */
function recommendActions(accountId: number, signal?: AbortSignal): Promise<Recommendations> {
  return unwrap(api.POST('/actions/recommend', { params: { query: { account_id: accountId } }, signal }))
}

export const recommendationsOptions = (accountId: number) =>
  queryOptions({
    queryKey: ['accounts', accountId, 'recommendations'],
    queryFn: ({ signal }) => recommendActions(accountId, signal),
  })

export const useRecommendations = (accountId: number) => useQuery(recommendationsOptions(accountId))
