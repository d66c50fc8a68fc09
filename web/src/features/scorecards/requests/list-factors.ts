import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Factor } from '@/shared/api/scorecard'

async function listFactors(signal?: AbortSignal): Promise<Factor[]> {
  return (await unwrap(api.GET('/api/factors', { signal }))).data
}

export const factorListOptions = () => queryOptions({ queryKey: ['factors'], queryFn: ({ signal }) => listFactors(signal) })

export const useFactorList = () => useQuery(factorListOptions())
