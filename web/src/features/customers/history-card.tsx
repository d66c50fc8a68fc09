import { ChartSpline } from 'lucide-react'
import { useState } from 'react'

import { LineChart } from '@/shared/charts/line-chart'
import { accountBands } from '@/shared/model/buckets'
import { formatDecimal } from '@/shared/model/format'
import { useScorecard } from '@/shared/requests/get-scorecard'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { Loading, Skeleton } from '@/shared/ui/skeleton'

import { useCustomerHealthHistory } from './requests/list-customer-health-history'

const spans = [30, 90, 180]

/** The score over time, above the bands of its scorecard. */
export function HistoryCard({ id }: { id: number }) {
  const [span, setSpan] = useState(90)
  return (
    <Card
      title="History"
      action={
        <div role="group" aria-label="How far back" className="flex gap-1 rounded-lg bg-surface-sunken p-0.5">
          {spans.map((days) => (
            <button
              key={days}
              type="button"
              aria-pressed={span === days}
              onClick={() => setSpan(days)}
              className={`h-7 rounded-md px-2.5 text-xs font-medium ${span === days ? 'bg-surface text-brand-ink shadow-card' : 'text-ink-soft hover:text-ink'}`}
            >
              {days} days
            </button>
          ))}
        </div>
      }
    >
      <Content id={id} limit={span} />
    </Card>
  )
}

function Content({ id, limit }: { id: number; limit: number }) {
  const history = useCustomerHealthHistory(id, limit)
  const newest = history.data?.[0]
  const scorecard = useScorecard(newest?.scorecard ?? '', newest?.scorecard_version || undefined)
  if (history.isPending) {
    return (
      <Loading label="Loading the history">
        <Skeleton className="h-64" />
      </Loading>
    )
  }
  if (history.isError) {
    return <ErrorState title="The history could not be loaded" error={history.error} retry={() => void history.refetch()} />
  }
  const points = [...history.data].reverse().map((entry) => ({ day: entry.date, value: entry.overall_score }))
  if (!points.some((point) => point.value !== null)) {
    return (
      <EmptyState icon={ChartSpline} title="No score on any day yet">
        The first calculated score begins the history.
      </EmptyState>
    )
  }
  const { at_risk_from, healthy_from } = scorecard.data?.bands ?? accountBands
  return (
    <LineChart
      label="Health score"
      points={points}
      format={(value) => formatDecimal(value, Number.isInteger(value) ? 0 : 2)}
      domain={[0, 100]}
      bands={[
        { from: 0, to: at_risk_from, fill: 'fill-critical' },
        { from: at_risk_from, to: healthy_from, fill: 'fill-at-risk' },
        { from: healthy_from, to: 100, fill: 'fill-healthy' },
      ]}
    />
  )
}
