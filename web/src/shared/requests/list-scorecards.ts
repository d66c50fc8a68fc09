import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Scorecard } from '@/shared/api/scorecard'

async function listScorecards(signal?: AbortSignal): Promise<Scorecard[]> {
  return (await unwrap(api.GET('/api/scorecards', { signal }))).data
}

export const scorecardListOptions = () => queryOptions({ queryKey: ['scorecards', 'list'], queryFn: ({ signal }) => listScorecards(signal) })

export const useScorecardList = () => useQuery(scorecardListOptions())
