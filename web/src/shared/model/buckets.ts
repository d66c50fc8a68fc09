import type { AccountHealth, Bucket } from '@/shared/api/types'

export type BucketTone = 'healthy' | 'at-risk' | 'critical' | 'insufficient'

/** From the best to the worst; every chart and legend uses this order. */
export const buckets: readonly Bucket[] = ['Healthy', 'At-Risk', 'Critical', 'Insufficient Data']

/** Where the bands begin, in points of the score. */
export const healthyFrom = 70
export const atRiskFrom = 40

const tones: Record<Bucket, BucketTone> = {
  Healthy: 'healthy',
  'At-Risk': 'at-risk',
  Critical: 'critical',
  'Insufficient Data': 'insufficient',
}

export function isBucket(value: string | null): value is Bucket {
  return value !== null && value in tones
}

export function bucketTone(bucket: Bucket): BucketTone {
  return tones[bucket]
}

/** Where a scorecard's bands begin, in points of the score. */
export interface Bands {
  healthy_from: number
  at_risk_from: number
}

/** The bands of accounts. */
export const accountBands: Bands = { healthy_from: healthyFrom, at_risk_from: atRiskFrom }

/** The bucket that a score falls into; compares the unrounded score. */
export function scoreBucket(score: number | null, bands: Bands = accountBands): Bucket {
  if (score === null) return 'Insufficient Data'
  if (score >= bands.healthy_from) return 'Healthy'
  return score >= bands.at_risk_from ? 'At-Risk' : 'Critical'
}

const statusBuckets: Record<AccountHealth['status'], Bucket> = {
  healthy: 'Healthy',
  at_risk: 'At-Risk',
  critical: 'Critical',
  insufficient_data: 'Insufficient Data',
}

export function statusBucket(status: AccountHealth['status']): Bucket {
  return statusBuckets[status]
}

/** Written out, because Tailwind looks for whole class names in the source. */
export const toneClasses: Record<BucketTone, { fill: string; stroke: string; bar: string; ink: string; badge: string; dot: string }> = {
  healthy: {
    fill: 'fill-healthy',
    stroke: 'stroke-healthy',
    bar: 'bg-healthy',
    ink: 'text-healthy-ink',
    badge: 'bg-healthy-soft text-healthy-ink',
    dot: 'text-healthy',
  },
  'at-risk': {
    fill: 'fill-at-risk',
    stroke: 'stroke-at-risk',
    bar: 'bg-at-risk',
    ink: 'text-at-risk-ink',
    badge: 'bg-at-risk-soft text-at-risk-ink',
    dot: 'text-at-risk',
  },
  critical: {
    fill: 'fill-critical',
    stroke: 'stroke-critical',
    bar: 'bg-critical',
    ink: 'text-critical-ink',
    badge: 'bg-critical-soft text-critical-ink',
    dot: 'text-critical',
  },
  insufficient: {
    fill: 'fill-insufficient',
    stroke: 'stroke-insufficient',
    bar: 'bg-insufficient',
    ink: 'text-insufficient-ink',
    badge: 'bg-insufficient-soft text-insufficient-ink',
    dot: 'text-insufficient',
  },
}
