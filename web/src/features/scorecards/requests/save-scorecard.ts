import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Scorecard, ScorecardDraft } from '@/shared/api/scorecard'

export interface ScorecardSave {
  draft: ScorecardDraft
  /** The version that was edited; none for a new scorecard. */
  version?: number
}

async function saveScorecard({ draft, version }: ScorecardSave): Promise<Scorecard> {
  // A scorecard that is edited is meant to be used: a retired one comes back.
  const body = { ...draft, retired: false }
  if (version === undefined) return (await unwrap(api.POST('/api/scorecards', { body }))).data
  const params = { path: { name: draft.name }, header: { 'If-Match': `"${version}"` } }
  return (await unwrap(api.PUT('/api/scorecards/{name}', { params, body }))).data
}

/** Saves the next version; refused when somebody else has saved one meanwhile. */
export function useSaveScorecard() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: saveScorecard,
    onSuccess: () => Promise.all(['scorecards', 'customers'].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  })
}
