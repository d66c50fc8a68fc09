import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { EventType } from '@/shared/api/event'

async function listEventTypes(signal?: AbortSignal): Promise<EventType[]> {
  return (await unwrap(api.GET('/api/event-types', { signal }))).data
}

export const eventTypeListOptions = () => queryOptions({ queryKey: ['event-types'], queryFn: ({ signal }) => listEventTypes(signal) })

export const useEventTypeList = () => useQuery(eventTypeListOptions())
