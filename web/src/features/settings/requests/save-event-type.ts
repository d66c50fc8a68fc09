import { useMutation, useQueryClient } from '@tanstack/react-query'

import { ask } from '@/shared/api/ask'
import type { EventType } from '@/shared/api/event'

function saveEventType({ name, description, attributes }: EventType): Promise<unknown> {
  return ask('PUT', `/api/event-types/${encodeURIComponent(name)}`, { body: { description, attributes } })
}

function removeEventType(name: string): Promise<unknown> {
  return ask('DELETE', `/api/event-types/${encodeURIComponent(name)}`)
}

function useThenReload<Input>(mutationFn: (input: Input) => Promise<unknown>) {
  const queries = useQueryClient()
  return useMutation({ mutationFn, onSuccess: () => queries.invalidateQueries({ queryKey: ['event-types'] }) })
}

export const useSaveEventType = () => useThenReload(saveEventType)
export const useRemoveEventType = () => useThenReload(removeEventType)
