import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { Segment } from '@/shared/api/customer'

async function listSegments(signal?: AbortSignal): Promise<Segment[]> {
  return (await ask<Envelope<Segment[]>>('GET', '/api/segments', { signal })).data
}

export const segmentListOptions = () => queryOptions({ queryKey: ['segments'], queryFn: ({ signal }) => listSegments(signal) })

export const useSegmentList = () => useQuery(segmentListOptions())
