import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Scorecard } from '@/shared/api/scorecard'

async function listScorecardVersions(name: string, signal?: AbortSignal): Promise<Scorecard[]> {
  return (await unwrap(api.GET('/api/scorecards/{name}/versions', { params: { path: { name } }, signal }))).data
}

/** Newest first. */
export const scorecardVersionsOptions = (name: string) =>
  queryOptions({ queryKey: ['scorecards', name, 'versions'], queryFn: ({ signal }) => listScorecardVersions(name, signal) })

export const useScorecardVersions = (name: string) => useQuery(scorecardVersionsOptions(name))
