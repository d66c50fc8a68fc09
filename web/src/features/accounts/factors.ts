import type { FactorScore } from '@/shared/api/types'
import { formatDecimal, formatShare, noValue, roundHalfUp } from '@/shared/model/format'

const titles: Record<string, string> = {
  daily_active_users: 'Daily active users',
  feature_adoption_rate: 'Feature adoption',
  support_tickets_open: 'Open support tickets',
  nps: 'NPS',
  login_rate: 'Login frequency',
}

const shares = new Set(['feature_adoption_rate', 'login_rate'])

/** A factor that a scorecard has added is named after its own name. */
export function factorTitle(name: string): string {
  const words = name.replaceAll('_', ' ')
  return titles[name] ?? words.charAt(0).toUpperCase() + words.slice(1)
}

export function factorValue(factor: FactorScore): string {
  if (factor.value === null) return noValue
  if (shares.has(factor.name)) return formatShare(factor.value)
  return formatDecimal(factor.value, Number.isInteger(factor.value) ? 0 : 2)
}

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

/** The values in hundredths such that their sum is the rounded sum of the values. */
export function roundToSum(values: readonly number[]): number[] {
  const target = Math.round(roundHalfUp(values.reduce((sum, value) => sum + value, 0)) * 100)
  const rows = values.map((value, index) => {
    const exact = Number((value * 100).toPrecision(12))
    const floor = Math.floor(exact)
    return { index, floor, rest: exact - floor }
  })
  const missing = target - rows.reduce((sum, row) => sum + row.floor, 0)
  const lifted = new Set(
    [...rows]
      .sort((one, other) => other.rest - one.rest)
      .slice(0, Math.max(missing, 0))
      .map((row) => row.index),
  )
  return rows.map((row) => (row.floor + (lifted.has(row.index) ? 1 : 0)) / 100)
}
