import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Plugin } from '@/shared/api/types'

async function listPlugins(signal?: AbortSignal): Promise<Plugin[]> {
  return (await unwrap(api.GET('/api/plugins', { signal }))).data
}

export const pluginListOptions = () => queryOptions({ queryKey: ['plugins'], queryFn: ({ signal }) => listPlugins(signal) })

export const usePluginList = () => useQuery(pluginListOptions())
