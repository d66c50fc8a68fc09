import { useMutation, useQueryClient } from '@tanstack/react-query'

import { ask } from '@/shared/api/ask'

export interface SegmentDraft {
  name: string
  expected_api_calls: number
}

function saveSegment({ name, expected_api_calls }: SegmentDraft): Promise<unknown> {
  return ask('PUT', `/api/segments/${encodeURIComponent(name)}`, { body: { expected_api_calls } })
}

function removeSegment(name: string): Promise<unknown> {
  return ask('DELETE', `/api/segments/${encodeURIComponent(name)}`)
}

function useThenReload<Input>(mutationFn: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['segments'] }) })
}

export const useSaveSegment = () => useThenReload(saveSegment)
export const useRemoveSegment = () => useThenReload(removeSegment)
