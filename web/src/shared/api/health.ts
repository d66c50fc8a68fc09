import type { Direction, HealthStatus } from './types'

export type { HealthStatus }

/** Further members are details of the factor. */
export interface FactorHealth {
  score: number | null
  value: number | null
  unit: string
  description: string
  trend: Direction | null
  weight: number
  contribution: number
  error?: string
  [detail: string]: unknown
}

export interface HealthOverride {
  id: number
  score: number
  author: string
  reason: string
  created_at: string
  expires_at: string
  removed_at?: string | null
}

export interface FactorStep {
  factor: string
  score_now: number
  score_needed: number
  value_now: number | null
  value_needed: number | null
  description: string
}

export interface SmallestChange {
  target: HealthStatus
  points_missing: number
  any_of: FactorStep[]
  all_of: FactorStep[]
}

export interface CustomerHealth {
  customer_id: number
  customer_name: string
  overall_score: number | null
  raw_score: number | null
  /** What the calculation says without the override. */
  computed_score: number | null
  status: HealthStatus
  coverage: number
  scorecard: string
  scorecard_version: number
  as_of: string
  calculated_at: string
  factors: Record<string, FactorHealth>
  cap: { name: string; reason: string; points: number } | null
  override: (HealthOverride & { points: number }) | null
  recommendations: string[]
  smallest_change: SmallestChange | null
  data_summary: { events_analyzed: number; customer_segment: string; first_event_day: string | null; window_days: number }
}

export interface HealthEntry {
  date: string
  overall_score: number | null
  raw_score: number | null
  status: HealthStatus
  coverage: number
  scorecard: string
  scorecard_version: number
  calculated_at: string
}

export interface ChangeLine {
  kind: 'factor' | 'weights' | 'cap' | 'override'
  name: string
  points: number
  score_before: number | null
  score_after: number | null
  value_before: number | null
  value_after: number | null
  description: string
}

export interface ChangeEnd {
  date: string
  overall_score: number | null
  status: HealthStatus
}

export interface HealthChanges {
  from: ChangeEnd
  to: ChangeEnd
  difference: number
  lines: ChangeLine[]
}
