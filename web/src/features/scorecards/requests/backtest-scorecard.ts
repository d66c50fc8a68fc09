import { useMutation } from '@tanstack/react-query'

import { askForResult } from '@/shared/api/ask'
import type { Backtest } from '@/shared/api/scorecard'

export interface BacktestWish {
  name: string
  horizonDays: number
}

function backtestScorecard({ name, horizonDays }: BacktestWish): Promise<Backtest> {
  return askForResult<Backtest>('POST', `/api/scorecards/${encodeURIComponent(name)}/backtest`, { body: { horizon_days: horizonDays } })
}

export const useBacktestScorecard = () => useMutation({ mutationFn: backtestScorecard })
