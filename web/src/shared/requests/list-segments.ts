import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Segment } from '@/shared/api/customer'

async function listSegments(signal?: AbortSignal): Promise<Segment[]> {
  return (await unwrap(api.GET('/api/segments', { signal }))).data
}

export const segmentListOptions = () => queryOptions({ queryKey: ['segments'], queryFn: ({ signal }) => listSegments(signal) })

export const useSegmentList = () => useQuery(segmentListOptions())
