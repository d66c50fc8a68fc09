import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { PortfolioSummary } from '@/shared/api/types'

function getPortfolioSummary(signal?: AbortSignal): Promise<PortfolioSummary> {
  return unwrap(api.GET('/portfolio/summary', { signal }))
}

export const portfolioSummaryOptions = () =>
  queryOptions({ queryKey: ['portfolio', 'summary'], queryFn: ({ signal }) => getPortfolioSummary(signal) })

export const usePortfolioSummary = () => useQuery(portfolioSummaryOptions())
