import { useMutation, useQueryClient } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { CustomerHealth } from '@/shared/api/health'

export interface OverrideDraft {
  score: number
  reason: string
  expires_at?: string
}

async function setOverride(id: number, draft: OverrideDraft | null): Promise<CustomerHealth> {
  const path = `/api/customers/${id}/health/override`
  return (await (draft ? ask<Envelope<CustomerHealth>>('PUT', path, { body: draft }) : ask<Envelope<CustomerHealth>>('DELETE', path))).data
}

/** Sets the score by hand, or removes what was set. */
export function useSetOverride(id: number) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (draft: OverrideDraft | null) => setOverride(id, draft),
    onSuccess: () => Promise.all([['customers'], ['accounts']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}
