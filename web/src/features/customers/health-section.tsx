import { Activity, CircleDashed } from 'lucide-react'

import { ApiError } from '@/shared/api/api-error'
import type { CustomerHealth } from '@/shared/api/health'
import { WaterfallChart } from '@/shared/charts/waterfall-chart'
import { accountBands, type Bands } from '@/shared/model/buckets'
import { factorTitle } from '@/shared/model/factor-text'
import { formatShare } from '@/shared/model/format'
import { useScorecard } from '@/shared/requests/get-scorecard'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { Loading, Skeleton } from '@/shared/ui/skeleton'

import { explanationRows } from './explanation'
import { FactorTable } from './factor-table'
import { NextStepsCard } from './next-steps-card'
import { ScoreCard } from './score-card'
import { useCustomerHealth } from './requests/get-customer-health'

/** The score, why it is what it is, and what would help. */
export function HealthSection({ id }: { id: number }) {
  const health = useCustomerHealth(id)
  const scorecard = useScorecard(health.data?.scorecard ?? '', health.data?.scorecard_version || undefined)

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
        {cannotBeScored(health.error) ? (
          <EmptyState icon={CircleDashed} title="This customer has no score">
            {health.error.message}
          </EmptyState>
        ) : (
          <ErrorState title="The health score could not be loaded" error={health.error} retry={() => void health.refetch()} />
        )}
      </Card>
    )
  }
  const bands = scorecard.data?.bands ?? accountBands
  return (
    <>
      <div className="grid items-start gap-4 lg:grid-cols-[minmax(17rem,1fr)_2.6fr]">
        <div className="grid min-w-0 gap-4">
          <ScoreCard health={health.data} bands={bands} />
          <NextStepsCard health={health.data} />
        </div>
        <div className="grid min-w-0 gap-4">
          <WhyCard health={health.data} bands={bands} />
          <FactorTable factors={health.data.factors} bands={bands} />
        </div>
      </div>
    </>
  )
}

/** A customer may have nothing to be scored by; that is no failure. */
const cannotBeScored = (error: Error) => error instanceof ApiError && error.status === 409

function WhyCard({ health, bands }: { health: CustomerHealth; bands: Bands }) {
  return (
    <Card title="Why" hint="Each factor adds points; the outline is what it could bring at most">
      {health.overall_score === null ? (
        <EmptyState icon={Activity} title="No score yet">
          None of the factors has data. Record an activity or import metrics, and the score appears here.
        </EmptyState>
      ) : (
        <WaterfallChart label="How the score comes about" rows={explanationRows(health, bands)} domain={[0, 100]} borders={[bands.at_risk_from, bands.healthy_from]} />
      )}
      <Missing health={health} />
    </Card>
  )
}

/** Admits what is not known, in the colour of nothing. */
function Missing({ health }: { health: CustomerHealth }) {
  const missing = Object.entries(health.factors).filter(([, factor]) => factor.score === null)
  if (missing.length === 0) return null
  const names = missing.map(([name]) => factorTitle(name)).join(', ')
  return (
    <p className="mt-3 flex items-start gap-2 rounded-lg bg-insufficient-soft px-3 py-2 text-xs text-insufficient-ink">
      <CircleDashed aria-hidden className="mt-px size-3.5 shrink-0" />
      <span>
        No data for {names}: {formatShare(health.coverage)} of the score’s weight is covered.
        {health.status === 'insufficient_data' && ' That is too little to call this customer healthy or at risk.'}
      </span>
    </p>
  )
}
