import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { EventType } from '@/shared/api/event'

async function listEventTypes(signal?: AbortSignal): Promise<EventType[]> {
  return (await ask<Envelope<EventType[]>>('GET', '/api/event-types', { signal })).data
}

export const eventTypeListOptions = () => queryOptions({ queryKey: ['event-types'], queryFn: ({ signal }) => listEventTypes(signal) })

export const useEventTypeList = () => useQuery(eventTypeListOptions())
