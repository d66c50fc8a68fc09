import type { AccountDetail, Trend } from '@/shared/api/types'
import { formatChange, formatMoneyChange } from '@/shared/model/format'
import { changeDirection, TrendMark } from '@/shared/ui/trend-mark'

const inks = { improving: 'text-healthy-ink', stable: 'text-ink', declining: 'text-critical-ink' }

export function TrendCards({ account }: { account: AccountDetail }) {
  const spans: [number, Trend | null][] = [
    [30, account.trend_30d],
    [60, account.trend_60d],
    [90, account.trend_90d],
  ]
  return (
    <section aria-label="Trends" className="grid gap-3 sm:grid-cols-3">
      {spans.map(([days, trend]) => (
        <div key={days} className="rounded-2xl border border-line bg-surface p-4 shadow-card">
          <h2 className="text-xs font-medium text-ink-soft">Last {days} days</h2>
          {trend ? <TrendNumbers trend={trend} /> : <p className="mt-2 text-xs text-ink-faint">Fewer than two days of metrics in this span.</p>}
        </div>
      ))}
    </section>
  )
}

function TrendNumbers({ trend }: { trend: Trend }) {
  return (
    <>
      <p className={`number mt-1 text-xl font-bold tracking-tight ${inks[changeDirection(trend.health_score_change)]}`}>
        {formatChange(trend.health_score_change)}
        <span className="ml-1.5 text-xs font-normal text-ink-faint">points</span>
      </p>
      <dl className="mt-2 space-y-1 text-xs">
        <div className="flex justify-between gap-2">
          <dt className="text-ink-faint">Engagement</dt>
          <dd>
            <TrendMark direction={trend.engagement_trend} />
          </dd>
        </div>
        <div className="flex justify-between gap-2">
          <dt className="text-ink-faint">ARR</dt>
          <dd className={`number font-medium ${inks[changeDirection(trend.arr_change)]}`}>{formatMoneyChange(trend.arr_change)}</dd>
        </div>
      </dl>
    </>
  )
}
