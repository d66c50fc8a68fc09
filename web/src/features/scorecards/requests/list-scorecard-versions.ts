import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { Scorecard } from '@/shared/api/scorecard'

async function listScorecardVersions(name: string, signal?: AbortSignal): Promise<Scorecard[]> {
  return (await ask<Envelope<Scorecard[]>>('GET', `/api/scorecards/${encodeURIComponent(name)}/versions`, { signal })).data
}

/** Newest first. */
export const scorecardVersionsOptions = (name: string) =>
  queryOptions({ queryKey: ['scorecards', name, 'versions'], queryFn: ({ signal }) => listScorecardVersions(name, signal) })

export const useScorecardVersions = (name: string) => useQuery(scorecardVersionsOptions(name))
