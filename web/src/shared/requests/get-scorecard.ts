import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { Scorecard } from '@/shared/api/scorecard'

async function getScorecard(name: string, version: number | undefined, signal?: AbortSignal): Promise<Scorecard> {
  return (await ask<Envelope<Scorecard>>('GET', `/api/scorecards/${encodeURIComponent(name)}`, { query: { version }, signal })).data
}

/** The newest version if none is named. */
export const scorecardOptions = (name: string, version?: number) =>
  queryOptions({ queryKey: ['scorecards', name, version ?? 'newest'], queryFn: ({ signal }) => getScorecard(name, version, signal) })

export const useScorecard = (name: string, version?: number) => useQuery({ ...scorecardOptions(name, version), enabled: name !== '' })
