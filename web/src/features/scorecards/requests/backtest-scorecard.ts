import { useMutation } from '@tanstack/react-query'

import { api } from '@/shared/api/client'
import { resultOf } from '@/shared/api/job-result'
import type { Backtest } from '@/shared/api/scorecard'

export interface BacktestWish {
  name: string
  horizonDays: number
}

function backtestScorecard({ name, horizonDays }: BacktestWish): Promise<Backtest> {
  const params = { path: { name } }
  return resultOf(api.POST('/api/scorecards/{name}/backtest', { params, body: { horizon_days: horizonDays } }))
}

export const useBacktestScorecard = () => useMutation({ mutationFn: backtestScorecard })
