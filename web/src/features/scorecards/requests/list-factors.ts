import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { Factor } from '@/shared/api/scorecard'

async function listFactors(signal?: AbortSignal): Promise<Factor[]> {
  return (await ask<Envelope<Factor[]>>('GET', '/api/factors', { signal })).data
}

export const factorListOptions = () => queryOptions({ queryKey: ['factors'], queryFn: ({ signal }) => listFactors(signal) })

export const useFactorList = () => useQuery(factorListOptions())
