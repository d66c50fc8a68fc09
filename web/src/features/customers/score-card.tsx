import { PenLine } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'

import type { CustomerHealth } from '@/shared/api/health'
import { Gauge } from '@/shared/charts/gauge'
import { statusBucket, type Bands } from '@/shared/model/buckets'
import { formatDay, formatMoment, formatScore, formatShare } from '@/shared/model/format'
import { formatRelative } from '@/shared/model/relative-time'
import { BucketBadge } from '@/shared/ui/bucket-badge'
import { Card } from '@/shared/ui/card'

import { ScorecardChoice } from './scorecard-choice'

export function ScoreCard({ health, bands }: { health: CustomerHealth; bands: Bands }) {
  const bucket = statusBucket(health.status)
  return (
    <Card title="Health score" action={<BucketBadge bucket={bucket} />}>
      <Gauge score={health.overall_score} bands={bands} bucket={bucket} />
      {health.override && (
        <p className="mt-5 flex items-start gap-2 rounded-lg bg-brand-soft px-3 py-2 text-xs text-brand-ink">
          <PenLine aria-hidden className="mt-px size-3.5 shrink-0" />
          <span>
            <span className="font-semibold">Set by hand</span> until {formatDay(health.override.expires_at)}: {health.override.reason}. Calculated: {formatScore(health.computed_score)}.
          </span>
        </p>
      )}
      <dl className="mt-5 space-y-2.5 text-xs">
        <Fact name="Coverage">
          <span className="flex items-center gap-2">
            <span aria-hidden className="h-1.5 w-16 overflow-hidden rounded-full bg-surface-sunken">
              <span className="block h-full rounded-full bg-brand" style={{ width: `${health.coverage * 100}%` }} />
            </span>
            {formatShare(health.coverage)}
          </span>
        </Fact>
        <Fact name="Scorecard">
          <span className="flex items-center gap-2">
            <Link to={`/scorecards/${encodeURIComponent(health.scorecard)}`} className="rounded text-brand-ink hover:underline">
              version {health.scorecard_version}
            </Link>
            <ScorecardChoice id={health.customer_id} chosen={health.scorecard} />
          </span>
        </Fact>
        <Fact name="As of">{formatDay(health.as_of)}</Fact>
        <Fact name="Calculated">
          <time dateTime={health.calculated_at} title={formatMoment(health.calculated_at)}>
            {formatRelative(health.calculated_at)}
          </time>
        </Fact>
        <Fact name="Events looked at">{health.data_summary.events_analyzed}</Fact>
      </dl>
    </Card>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex items-center justify-between gap-4">
      <dt className="text-ink-soft">{name}</dt>
      <dd className="number min-w-0 truncate font-medium">{children}</dd>
    </div>
  )
}
