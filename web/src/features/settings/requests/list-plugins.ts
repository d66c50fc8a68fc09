import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { Plugin } from '@/shared/api/scorecard'

async function listPlugins(signal?: AbortSignal): Promise<Plugin[]> {
  return (await ask<Envelope<Plugin[]>>('GET', '/api/plugins', { signal })).data
}

export const pluginListOptions = () => queryOptions({ queryKey: ['plugins'], queryFn: ({ signal }) => listPlugins(signal) })

export const usePluginList = () => useQuery(pluginListOptions())
