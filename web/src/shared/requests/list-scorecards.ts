import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { Scorecard } from '@/shared/api/scorecard'

async function listScorecards(signal?: AbortSignal): Promise<Scorecard[]> {
  return (await ask<Envelope<Scorecard[]>>('GET', '/api/scorecards', { signal })).data
}

export const scorecardListOptions = () => queryOptions({ queryKey: ['scorecards', 'list'], queryFn: ({ signal }) => listScorecards(signal) })

export const useScorecardList = () => useQuery(scorecardListOptions())
