import { ChartSpline } from 'lucide-react'
import { useSearchParams } from 'react-router-dom'

import type { Metrics } from '@/shared/api/types'
import { LineChart, type ChartBand, type ChartPoint } from '@/shared/charts/line-chart'
import { atRiskFrom, healthyFrom } from '@/shared/model/buckets'
import { formatCount, formatDecimal, formatShare, roundHalfUp } from '@/shared/model/format'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { Loading, Skeleton } from '@/shared/ui/skeleton'

import { useHealthHistory } from './requests/list-health-history'
import { useMetricsHistory } from './requests/list-metrics-history'

/** Half a year of daily rows. */
export const historyLimit = 180

interface Measure {
  key: string
  label: string
  read: (row: Metrics) => number | null
  format: (value: number) => string
  domain?: [number, number]
}

const plain = (value: number) => (Number.isInteger(value) ? formatCount(value) : formatDecimal(roundHalfUp(value), 1))

const measures: Measure[] = [
  { key: 'active-users', label: 'Active users', read: (row) => row.daily_active_users, format: plain },
  { key: 'adoption', label: 'Adoption', read: (row) => row.feature_adoption_rate, format: (value) => formatShare(value), domain: [0, 1] },
  { key: 'tickets', label: 'Open tickets', read: (row) => row.support_tickets_open, format: plain },
  { key: 'nps', label: 'NPS', read: (row) => row.nps_score, format: plain },
  { key: 'logins', label: 'Logins', read: (row) => row.login_frequency, format: (value) => formatShare(value), domain: [0, 1] },
]

const bands: ChartBand[] = [
  { from: 0, to: atRiskFrom, fill: 'fill-critical' },
  { from: atRiskFrom, to: healthyFrom, fill: 'fill-at-risk' },
  { from: healthyFrom, to: 100, fill: 'fill-healthy' },
]

/** How the score and each metric went; which one is shown lives in the address. */
export function HistoryCard({ id }: { id: number }) {
  const [parameters, setParameters] = useSearchParams()
  const measure = measures.find((candidate) => candidate.key === parameters.get('chart'))

  function choose(key: string | undefined) {
    setParameters(key ? { chart: key } : {}, { replace: true, preventScrollReset: true })
  }

  return (
    <Card title="History">
      <div role="group" aria-label="What the chart shows" className="mb-4 flex flex-wrap gap-1 rounded-xl bg-surface-sunken p-1">
        <Choice label="Health score" pressed={!measure} onClick={() => choose(undefined)} />
        {measures.map((candidate) => (
          <Choice key={candidate.key} label={candidate.label} pressed={candidate === measure} onClick={() => choose(candidate.key)} />
        ))}
      </div>
      {measure ? <MetricChart id={id} measure={measure} /> : <HealthChart id={id} />}
    </Card>
  )
}

function HealthChart({ id }: { id: number }) {
  const history = useHealthHistory(id, historyLimit)
  if (history.isPending) return <ChartSkeleton />
  if (history.isError) {
    return <ErrorState title="The history could not be loaded" error={history.error} retry={() => void history.refetch()} />
  }
  const points = history.data.history.map((entry) => ({ day: entry.date, value: entry.health_score }))
  return <Chart label="Health score" points={points} format={(value) => formatDecimal(value, Number.isInteger(value) ? 0 : 2)} domain={[0, 100]} bands={bands} />
}

function MetricChart({ id, measure }: { id: number; measure: Measure }) {
  const history = useMetricsHistory(id, historyLimit)
  if (history.isPending) return <ChartSkeleton />
  if (history.isError) {
    return <ErrorState title="The history could not be loaded" error={history.error} retry={() => void history.refetch()} />
  }
  const points = history.data.history.map((row) => ({ day: row.date, value: measure.read(row) }))
  return <Chart label={measure.label} points={points} format={measure.format} {...(measure.domain && { domain: measure.domain })} />
}

interface ChartProps {
  label: string
  points: ChartPoint[]
  format: (value: number) => string
  domain?: [number, number]
  bands?: ChartBand[]
}

function Chart({ points, ...rest }: ChartProps) {
  if (!points.some((point) => point.value !== null)) {
    return (
      <EmptyState icon={ChartSpline} title="Nothing to draw yet">
        Import metrics of this account, and its history appears here.
      </EmptyState>
    )
  }
  return <LineChart points={points} {...rest} />
}

function ChartSkeleton() {
  return (
    <Loading label="Loading the history">
      <Skeleton className="h-64" />
    </Loading>
  )
}

function Choice({ label, pressed, onClick }: { label: string; pressed: boolean; onClick: () => void }) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={`h-8 flex-auto whitespace-nowrap rounded-lg px-2.5 text-xs font-medium transition-colors ${
        pressed ? 'bg-surface text-brand-ink shadow-card' : 'text-ink-soft hover:text-ink'
      }`}
    >
      {label}
    </button>
  )
}
