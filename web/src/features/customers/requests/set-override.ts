import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { CustomerHealth } from '@/shared/api/health'

export interface OverrideDraft {
  score: number
  reason: string
  expires_at?: string
}

async function setOverride(id: number, draft: OverrideDraft | null): Promise<CustomerHealth> {
  const params = { path: { id } }
  const path = '/api/customers/{id}/health/override'
  return (await unwrap(draft ? api.PUT(path, { params, body: draft }) : api.DELETE(path, { params }))).data
}

/** Sets the score by hand, or removes what was set. */
export function useSetOverride(id: number) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (draft: OverrideDraft | null) => setOverride(id, draft),
    onSuccess: () => Promise.all([['customers'], ['accounts']].map((queryKey) => queries.invalidateQueries({ queryKey }))),
  })
}
