import type { FactorScore } from '@/shared/api/types'
import { atRiskFrom, bucketTone, healthyFrom, scoreBucket, toneClasses } from '@/shared/model/buckets'
import { factorTitle, formatFactorValue } from '@/shared/model/factor-text'
import { formatDecimal, formatScore } from '@/shared/model/format'
import { TrendMark } from '@/shared/ui/trend-mark'

import { waterfallSteps, type WaterfallStep } from './factors'

/** How the factors climb, one above the other, to the score. */
export function Waterfall({ factors, score }: { factors: FactorScore[]; score: number }) {
  const tone = toneClasses[bucketTone(scoreBucket(score))]
  return (
    <div>
      <ol className="space-y-1">
        {waterfallSteps(factors).map((step) => (
          <Step key={step.factor.name} step={step} />
        ))}
      </ol>
      <div className="mt-2 border-t border-line pt-3 sm:grid sm:grid-cols-[13rem_1fr_7rem] sm:items-center sm:gap-4">
        <span className="font-semibold">Health score</span>
        <Track>
          <span className={`absolute inset-y-0 left-0 rounded ${tone.bar}`} style={{ width: `${score}%` }} />
        </Track>
        <span data-testid="waterfall-total" className={`number block text-right text-base font-bold ${tone.ink}`}>
          {formatScore(score)}
        </span>
      </div>
      <div aria-hidden className="mt-1 hidden sm:grid sm:grid-cols-[13rem_1fr_7rem] sm:gap-4">
        <span />
        <span className="number relative h-4 text-2xs text-ink-faint">
          {[0, atRiskFrom, healthyFrom, 100].map((at) => (
            <span key={at} className="absolute -translate-x-1/2" style={{ left: `${at}%` }}>
              {at}
            </span>
          ))}
        </span>
      </div>
    </div>
  )
}

function Step({ step }: { step: WaterfallStep }) {
  const { factor } = step
  const share = step.possible > 0 ? (step.to - step.from) / step.possible : 0
  const tone = toneClasses[factor.has_data ? bucketTone(scoreBucket(share * 100)) : 'insufficient']
  return (
    <li className="rounded-xl py-2 sm:grid sm:grid-cols-[13rem_1fr_7rem] sm:items-center sm:gap-4">
      <div className="min-w-0">
        <div className="flex items-center justify-between gap-2 sm:justify-start">
          <span className="truncate font-medium">{factorTitle(factor.name)}</span>
          <span className="number text-ink-soft">{formatFactorValue(factor.name, factor.value)}</span>
        </div>
        <p className="text-xs text-ink-faint">{factor.has_data ? factor.description : `No data yet, ${factor.contribution > 0 ? 'counted as neutral' : 'left out'}`}</p>
      </div>
      <Track>
        <span
          className="absolute inset-y-0 rounded border border-dashed border-ink-faint/50"
          style={{ left: `${step.from}%`, width: `${Math.min(step.possible, 100 - step.from)}%` }}
        />
        <span className={`absolute inset-y-0 rounded ${tone.bar}`} style={{ left: `${step.from}%`, width: `${step.to - step.from}%` }} />
      </Track>
      <div className="flex items-center justify-between gap-2 sm:flex-col sm:items-end sm:gap-0">
        <span className="number">
          <span data-testid="contribution" className={`font-semibold ${tone.ink}`}>
            {formatDecimal(step.points)}
          </span>{' '}
          <span className="text-xs text-ink-faint">of {formatDecimal(step.possible, Number.isInteger(step.possible) ? 0 : 1)}</span>
        </span>
        {factor.trend && <TrendMark direction={factor.trend} />}
      </div>
    </li>
  )
}

/** The axis from 0 to 100, with the band borders marked. */
function Track({ children }: { children: React.ReactNode }) {
  return (
    <span aria-hidden className="relative my-2 block h-5 rounded bg-surface-sunken/70 sm:my-0">
      {[atRiskFrom, healthyFrom].map((border) => (
        <span key={border} className="absolute -inset-y-1.5 w-px bg-line" style={{ left: `${border}%` }} />
      ))}
      {children}
    </span>
  )
}
