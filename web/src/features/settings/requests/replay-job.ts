import { useMutation, useQueryClient } from '@tanstack/react-query'

import { ask } from '@/shared/api/ask'

function replayJob(id: number): Promise<unknown> {
  return ask('POST', `/api/jobs/${id}/replay`)
}

export function useReplayJob() {
  const queries = useQueryClient()
  return useMutation({ mutationFn: replayJob, onSuccess: () => queries.invalidateQueries({ queryKey: ['jobs'] }) })
}
