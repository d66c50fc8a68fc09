import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { DashboardStats } from '@/shared/api/customer'

async function getDashboardStats(signal?: AbortSignal): Promise<DashboardStats> {
  return (await unwrap(api.GET('/api/dashboard/stats', { signal }))).data
}

export const dashboardStatsOptions = () =>
  queryOptions({ queryKey: ['customers', 'stats'], queryFn: ({ signal }) => getDashboardStats(signal) })

export const useDashboardStats = () => useQuery(dashboardStatsOptions())
