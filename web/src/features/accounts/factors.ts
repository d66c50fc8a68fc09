import type { FactorScore } from '@/shared/api/types'
import { roundToSum } from '@/shared/model/round-to-sum'

export interface WaterfallStep {
  factor: FactorScore
  /** Where the bar begins and ends, in points of the score. */
  from: number
  to: number
  /** The most that this factor could have brought. */
  possible: number
  /** What is written beside the bar; the steps' numbers add up to the rounded score. */
  points: number
}

/**
 * The factors as steps that climb from 0 to the score. Rounding every step by itself could miss the rounded
 * score by a hundredth; the steps that lost most to rounding get such hundredths.
 */
export function waterfallSteps(factors: readonly FactorScore[]): WaterfallStep[] {
  const total = factors.reduce((sum, factor) => sum + factor.contribution, 0)
  const weights = factors.filter(counts).reduce((sum, factor) => sum + factor.weight, 0)
  const points = roundToSum(factors.map((factor) => factor.contribution))
  let from = 0
  return factors.map((factor, index) => {
    const to = index === factors.length - 1 ? total : from + factor.contribution
    const step = {
      factor,
      from,
      to,
      possible: counts(factor) && weights > 0 ? (factor.weight / weights) * 100 : 0,
      points: points[index] ?? 0,
    }
    from = to
    return step
  })
}

/** The step with the most points still missing; none when nothing is missing. */
export function mostToGain(factors: readonly FactorScore[]): WaterfallStep | undefined {
  const missing = (step: WaterfallStep) => step.possible - step.factor.contribution
  const [first] = waterfallSteps(factors).sort((one, other) => missing(other) - missing(one))
  return first && missing(first) > 0.005 ? first : undefined
}

/** A factor without data either stays out of the sum, or brings neutral points. */
function counts(factor: FactorScore): boolean {
  return factor.score !== null || factor.contribution !== 0
}
