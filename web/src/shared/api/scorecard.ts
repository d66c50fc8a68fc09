import type { HealthStatus } from './health'

export type MissingPolicy = 'exclude' | 'neutral' | 'zero' | 'carry_forward'
export type CurveKind = 'built_in' | 'bands' | 'linear' | 'segment_relative'
export type Comparison = '<' | '<=' | '>=' | '>'

export interface CurvePoint {
  value: number
  score: number
}

export interface Curve {
  kind: CurveKind
  points: CurvePoint[]
  /** What a segment is expected to reach. */
  expected: Record<string, number>
  expected_otherwise: number
}

export interface ScorecardFactor {
  factor: string
  weight: number
  /** The weight as a share of all, between 0 and 1. */
  share?: number
  missing: MissingPolicy
  half_life_days: number
  curve: Curve
}

export interface ScoreCap {
  name: string
  reason: string
  /** A fact, or `<factor>.score` or `<factor>.value`. */
  subject: string
  comparison: Comparison
  threshold: number
  maximum: number
  expires: string | null
}

/** What a person writes of a scorecard. */
export interface ScorecardDraft {
  name: string
  description: string
  factors: ScorecardFactor[]
  bands: { healthy_from: number; at_risk_from: number }
  minimum_coverage: number
  caps: ScoreCap[]
}

export interface Scorecard extends ScorecardDraft {
  version: number
  author: string
  retired: boolean
  created_at: string
  customers: number
}

export interface Factor {
  name: string
  summary: string
  default_weight: number
  unit: string
  needs: { metrics: boolean; activity: boolean; raw_events: boolean; window_days: number }
  plugin: string | null
}

export interface RuleCondition {
  field: string
  operation: string
  value: string
}

export interface AssignmentRule {
  scorecard: string
  conditions: RuleCondition[]
}

export type StatusCounts = Record<HealthStatus, number>

export interface ScorecardPreview {
  customers: number
  average_before: number | null
  average_after: number | null
  before: StatusCounts
  after: StatusCounts
  moves: { from: HealthStatus; to: HealthStatus; customers: number }[]
  movers: {
    customer_id: number
    customer_name: string
    score_before: number | null
    score_after: number | null
    status_before: HealthStatus
    status_after: HealthStatus
  }[]
}

export interface Backtest {
  scorecard: string
  version: number
  from: string
  until: string
  horizon_days: number
  observations: number
  customers: number
  churned: number
  verdict: string
  enough_data: boolean
  auc: number | null
  lift_at_10_percent: number | null
  bands: { status: HealthStatus; observations: number; churned: number; churn_rate: number | null }[]
  median_lead_time_days: number | null
  factors: { factor: string; weight: number; suggested_weight: number | null; auc: number | null }[]
}
