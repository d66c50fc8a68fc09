import { useMutation } from '@tanstack/react-query'

import { askForResult } from '@/shared/api/ask'
import type { ScorecardDraft, ScorecardPreview } from '@/shared/api/scorecard'

function previewScorecard(draft: ScorecardDraft): Promise<ScorecardPreview> {
  return askForResult<ScorecardPreview>('POST', `/api/scorecards/${encodeURIComponent(draft.name)}/preview`, { body: { scorecard: draft } })
}

export const usePreviewScorecard = () => useMutation({ mutationFn: previewScorecard })
