import { CircleCheckBig, Lightbulb } from 'lucide-react'

import type { CustomerHealth, FactorStep, SmallestChange } from '@/shared/api/health'
import { statusBucket } from '@/shared/model/buckets'
import { factorTitle, formatFactorValue } from '@/shared/model/factor-text'
import { formatDecimal } from '@/shared/model/format'
import { Card } from '@/shared/ui/card'

const healthy: CustomerHealth['status'] = 'healthy'

/** What would lift the score into the next band, and what to do about it. */
export function NextStepsCard({ health }: { health: CustomerHealth }) {
  const { smallest_change: change, recommendations } = health
  return (
    <Card title={change ? `What would make it ${statusBucket(change.target).toLowerCase()}` : 'What to do'} {...(change && { hint: `${formatDecimal(change.points_missing)} points are missing` })}>
      {change && <Change change={change} />}
      {!change && health.status === healthy && (
        <p className="flex items-center gap-2 text-xs text-healthy-ink">
          <CircleCheckBig aria-hidden className="size-4" />
          Healthy already.
        </p>
      )}
      {!change && health.cap && <p className="text-xs text-ink-soft">A cap holds the score down: {health.cap.reason}. As long as it holds, no factor can lift the score above it.</p>}
      {!change && health.status === 'insufficient_data' && <p className="text-xs text-ink-soft">Connect more sources first: with so little data nothing can be said about what would help.</p>}
      {recommendations.length > 0 && (
        <>
          <h3 className="mb-2 mt-4 text-xs font-semibold text-ink-soft">Recommendations</h3>
          <ul aria-label="Recommendations" className="space-y-2">
            {recommendations.map((text) => (
              <li key={text} className="flex items-start gap-2 text-xs">
                <Lightbulb aria-hidden className="mt-px size-3.5 shrink-0 text-at-risk" />
                {text}
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  )
}

function Change({ change }: { change: SmallestChange }) {
  const single = change.any_of.length > 0
  const steps = single ? change.any_of : change.all_of
  if (steps.length === 0) return <p className="text-xs text-ink-soft">No change of the factors alone would suffice.</p>
  const several = steps.length > 1
  return (
    <>
      {several && <p className="mb-2 text-xs font-medium text-ink-soft">{single ? 'Any one of these suffices:' : 'All of these together:'}</p>}
      <ul className="space-y-2.5">
        {steps.map((step) => (
          <li key={step.factor}>
            <Step step={step} />
          </li>
        ))}
      </ul>
    </>
  )
}

function Step({ step }: { step: FactorStep }) {
  const values = step.value_now !== null && step.value_needed !== null
  return (
    <div className="rounded-lg bg-surface-sunken/60 px-3 py-2">
      <div className="flex items-baseline justify-between gap-3">
        <span className="min-w-0 truncate font-medium">{factorTitle(step.factor)}</span>
        <span className="number whitespace-nowrap text-xs">
          {formatDecimal(step.score_now, 0)} → <span className="font-semibold text-healthy-ink">{formatDecimal(step.score_needed, 0)}</span>
        </span>
      </div>
      <span aria-hidden className="relative mt-1.5 block h-1.5 overflow-hidden rounded-full bg-surface-sunken">
        <span className="absolute inset-y-0 left-0 bg-healthy/45" style={{ width: `${Math.min(step.score_needed, 100)}%` }} />
        <span className="absolute inset-y-0 left-0 bg-ink-faint" style={{ width: `${step.score_now}%` }} />
      </span>
      <p className="mt-1.5 text-xs text-ink-faint">
        {values && (
          <span className="number font-medium text-ink-soft">
            {formatFactorValue(step.factor, step.value_now)} → {formatFactorValue(step.factor, step.value_needed)}.{' '}
          </span>
        )}
        {step.description}
      </p>
    </div>
  )
}
