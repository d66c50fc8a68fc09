import { useMutation } from '@tanstack/react-query'

import { api } from '@/shared/api/client'
import { resultOf } from '@/shared/api/job-result'
import type { ScorecardDraft, ScorecardPreview } from '@/shared/api/scorecard'

function previewScorecard(draft: ScorecardDraft): Promise<ScorecardPreview> {
  const params = { path: { name: draft.name } }
  return resultOf(api.POST('/api/scorecards/{name}/preview', { params, body: { scorecard: { ...draft, retired: false } } }))
}

export const usePreviewScorecard = () => useMutation({ mutationFn: previewScorecard })
