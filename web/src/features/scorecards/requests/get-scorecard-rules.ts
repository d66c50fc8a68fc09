import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { AssignmentRule } from '@/shared/api/scorecard'

async function getScorecardRules(signal?: AbortSignal): Promise<AssignmentRule[]> {
  const { rules } = (await unwrap(api.GET('/api/scorecard-rules', { signal }))).data
  return rules.map(({ scorecard, conditions = [] }) => ({ scorecard, conditions }))
}

export const scorecardRulesOptions = () => queryOptions({ queryKey: ['scorecards', 'rules'], queryFn: ({ signal }) => getScorecardRules(signal) })

export const useScorecardRules = () => useQuery(scorecardRulesOptions())
