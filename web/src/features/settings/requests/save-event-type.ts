import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, finish, unwrap } from '@/shared/api/client'
import type { EventType } from '@/shared/api/event'

function saveEventType({ name, description, attributes }: EventType): Promise<unknown> {
  return unwrap(api.PUT('/api/event-types/{name}', { params: { path: { name } }, body: { description, attributes } }))
}

function removeEventType(name: string): Promise<unknown> {
  return finish(api.DELETE('/api/event-types/{name}', { params: { path: { name } } }))
}

function useThenReload<Input>(mutationFn: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['event-types'] }) })
}

export const useSaveEventType = () => useThenReload(saveEventType)
export const useRemoveEventType = () => useThenReload(removeEventType)
