import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { AssignmentRule } from '@/shared/api/scorecard'

function saveScorecardRules(rules: AssignmentRule[]): Promise<unknown> {
  return unwrap(api.PUT('/api/scorecard-rules', { body: { rules } }))
}

export function useSaveScorecardRules() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: saveScorecardRules,
    onSuccess: () => Promise.all(['scorecards', 'customers'].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  })
}
