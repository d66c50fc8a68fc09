import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { AssignmentRule } from '@/shared/api/scorecard'

async function getScorecardRules(signal?: AbortSignal): Promise<AssignmentRule[]> {
  return (await ask<Envelope<{ rules: AssignmentRule[] }>>('GET', '/api/scorecard-rules', { signal })).data.rules
}

export const scorecardRulesOptions = () => queryOptions({ queryKey: ['scorecards', 'rules'], queryFn: ({ signal }) => getScorecardRules(signal) })

export const useScorecardRules = () => useQuery(scorecardRulesOptions())
