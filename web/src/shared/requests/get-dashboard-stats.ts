import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { DashboardStats } from '@/shared/api/customer'

async function getDashboardStats(signal?: AbortSignal): Promise<DashboardStats> {
  return (await ask<Envelope<DashboardStats>>('GET', '/api/dashboard/stats', { signal })).data
}

export const dashboardStatsOptions = () =>
  queryOptions({ queryKey: ['customers', 'stats'], queryFn: ({ signal }) => getDashboardStats(signal) })

export const useDashboardStats = () => useQuery(dashboardStatsOptions())
