import { useMutation, useQueryClient } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { Scorecard, ScorecardDraft } from '@/shared/api/scorecard'

export interface ScorecardSave {
  draft: ScorecardDraft
  /** The version that was edited; none for a new scorecard. */
  version?: number
}

async function saveScorecard({ draft, version }: ScorecardSave): Promise<Scorecard> {
  if (version === undefined) return (await ask<Envelope<Scorecard>>('POST', '/api/scorecards', { body: draft })).data
  const headers = { 'if-match': `"${version}"` }
  return (await ask<Envelope<Scorecard>>('PUT', `/api/scorecards/${encodeURIComponent(draft.name)}`, { body: draft, headers })).data
}

/** Saves the next version; refused when somebody else has saved one meanwhile. */
export function useSaveScorecard() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: saveScorecard,
    onSuccess: () => Promise.all(['scorecards', 'customers'].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  })
}
