import type { ScorecardFactor } from '@/shared/api/scorecard'

/** The shares of weights, between 0 and 1; what is no usable weight counts as 0. */
export function sharesOf(weights: readonly number[]): number[] {
  const usable = weights.map((weight) => (Number.isFinite(weight) && weight > 0 ? weight : 0))
  const sum = usable.reduce((total, weight) => total + weight, 0)
  return usable.map((weight) => (sum > 0 ? weight / sum : 0))
}

/** The weight that gives one factor a share while all others keep theirs among themselves. */
export function weightForShare(weights: readonly number[], index: number, share: number): number {
  const others = weights.reduce((sum, weight, at) => (at === index || !(weight > 0) ? sum : sum + weight), 0)
  if (others === 0) return weights[index] ?? 1
  const bounded = Math.min(Math.max(share, 0.01), 0.99)
  return Number(((bounded / (1 - bounded)) * others).toPrecision(4))
}

export type WeightedFactor = Pick<ScorecardFactor, 'factor' | 'weight'>

export interface WeightSlice {
  factor: string
  share: number
  fill: string
}

const fills = ['bg-series-1', 'bg-series-2', 'bg-series-3', 'bg-series-4', 'bg-series-5', 'bg-series-6']

export const weightFill = (index: number): string => fills[index % fills.length] ?? 'bg-series-6'

export function weightSlices(factors: readonly WeightedFactor[]): WeightSlice[] {
  const shares = sharesOf(factors.map((factor) => factor.weight))
  return factors.map(({ factor }, index) => ({ factor, share: shares[index] ?? 0, fill: weightFill(index) }))
}
