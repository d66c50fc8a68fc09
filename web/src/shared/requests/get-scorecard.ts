import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Scorecard } from '@/shared/api/scorecard'

async function getScorecard(name: string, version: number | undefined, signal?: AbortSignal): Promise<Scorecard> {
  const query = version === undefined ? {} : { version }
  return (await unwrap(api.GET('/api/scorecards/{name}', { params: { path: { name }, query }, signal }))).data
}

/** The newest version if none is named. */
export const scorecardOptions = (name: string, version?: number) =>
  queryOptions({ queryKey: ['scorecards', name, version ?? 'newest'], queryFn: ({ signal }) => getScorecard(name, version, signal) })

export const useScorecard = (name: string, version?: number) => useQuery({ ...scorecardOptions(name, version), enabled: name !== '' })
