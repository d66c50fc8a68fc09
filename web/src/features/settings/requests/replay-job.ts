import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'

function replayJob(id: number): Promise<unknown> {
  return unwrap(api.POST('/api/jobs/{id}/replay', { params: { path: { id } } }))
}

export function useReplayJob() {
  const queries = useQueryClient()
  return useMutation({ mutationFn: replayJob, onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }) })
}
