import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, finish, unwrap } from '@/shared/api/client'

export interface SegmentDraft {
  name: string
  expected_api_calls: number
}

function saveSegment({ name, expected_api_calls }: SegmentDraft): Promise<unknown> {
  return unwrap(api.PUT('/api/segments/{name}', { params: { path: { name } }, body: { expected_api_calls } }))
}

function removeSegment(name: string): Promise<unknown> {
  return finish(api.DELETE('/api/segments/{name}', { params: { path: { name } } }))
}

function useThenReload<Input>(mutationFn: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['segments'] }) })
}

export const useSaveSegment = () => useThenReload(saveSegment)
export const useRemoveSegment = () => useThenReload(removeSegment)
