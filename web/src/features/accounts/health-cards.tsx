import { Activity } from 'lucide-react'

import type { AccountHealth } from '@/shared/api/types'
import { Gauge } from '@/shared/charts/gauge'
import { statusBucket } from '@/shared/model/buckets'
import { factorTitle } from '@/shared/model/factor-text'
import { formatChange, formatDay, formatShare } from '@/shared/model/format'
import { BucketBadge } from '@/shared/ui/bucket-badge'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { Loading, Skeleton } from '@/shared/ui/skeleton'

import { mostToGain } from './factors'
import { useAccountHealth } from './requests/get-account-health'
import { Waterfall } from './waterfall'

/** The score, and how it comes about. */
export function HealthCards({ id }: { id: number }) {
  const health = useAccountHealth(id)

  if (health.isPending) {
    return (
      <Loading label="Loading the health score">
        <div className="grid gap-4 xl:grid-cols-[1fr_2fr]">
          <Skeleton className="h-80" />
          <Skeleton className="h-80" />
        </div>
      </Loading>
    )
  }
  if (health.isError) {
    return (
      <Card title="Health score">
        <ErrorState title="The health score could not be loaded" error={health.error} retry={() => void health.refetch()} />
      </Card>
    )
  }
  return (
    <div className="grid gap-4 lg:grid-cols-[1fr_2fr]">
      <ScoreCard health={health.data} />
      <Card title="What makes the score" hint="Each factor adds points; the outline is what it could bring at most">
        {health.data.overall_score === null ? (
          <EmptyState icon={Activity} title="No score yet">
            None of the factors has data. Import metrics of this account to score it.
          </EmptyState>
        ) : (
          <Waterfall factors={health.data.factors} score={health.data.overall_score} />
        )}
      </Card>
    </div>
  )
}

function ScoreCard({ health }: { health: AccountHealth }) {
  const bucket = statusBucket(health.status)
  const toGain = mostToGain(health.factors)
  return (
    <Card title="Health score" action={<BucketBadge bucket={bucket} />}>
      <Gauge score={health.overall_score} />
      <dl className="mt-7 space-y-3.5 text-xs">
        <div className="flex flex-wrap justify-between gap-y-1.5">
          <dt className="text-ink-soft">Data coverage</dt>
          <dd className="number font-semibold">{formatShare(health.coverage)}</dd>
          <dd aria-hidden className="h-1.5 w-full overflow-hidden rounded-full bg-surface-sunken">
            <div className="h-full rounded-full bg-brand" style={{ width: `${health.coverage * 100}%` }} />
          </dd>
        </div>
        {toGain && <Fact name="Most to gain" value={`${factorTitle(toGain.factor.name)}, ${formatChange(toGain.possible - toGain.factor.contribution)}`} />}
        <Fact name="As of" value={formatDay(health.as_of)} />
        <Fact name="Scorecard" value={`${health.scorecard}, version ${health.scorecard_version}`} />
      </dl>
    </Card>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div className="flex justify-between gap-4">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="number truncate font-medium">{value}</dd>
    </div>
  )
}
