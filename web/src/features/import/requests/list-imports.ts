import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Import, ImportList } from '@/shared/api/types'

const pollEveryMs = 2000

function listImports(signal?: AbortSignal): Promise<ImportList> {
  return unwrap(api.GET('/api/imports', { signal }))
}

const isUnderWay = ({ status }: Import): boolean => status === 'queued' || status === 'running'

export const importListOptions = () =>
  queryOptions({
    queryKey: ['imports'],
    queryFn: ({ signal }) => listImports(signal),
    refetchInterval: ({ state }) => (state.data?.imports.some(isUnderWay) ? pollEveryMs : false),
  })

export const useImportList = () => useQuery(importListOptions())
