import type { HealthStatus } from './health'
import type { Direction } from './types'

export interface Customer {
  id: number
  name: string
  email: string | null
  company: string | null
  segment: string
  region: string
  plan: string | null
  mrr: number | null
  arr: number
  signup_date: string | null
  external_id: string | null
  scorecard: string | null
  health_score: number | null
  health_status: HealthStatus | null
  /** Between 0 and 1: how much of the score's weight has data. */
  coverage?: number | null
  /** Against the score of 30 days before. */
  health_trend?: Direction | null
  /** Between 0 and 1. */
  churn_risk: number | null
  nps_score: number | null
  support_tickets: number | null
  feature_usage: Record<string, number>
  last_login: string | null
  last_activity: string | null
  is_active: boolean
  churned_at: string | null
  custom: Record<string, string>
  version: number
  created_at: string
  updated_at: string
}

/** What may be given for a customer; only the name has to be. */
export interface CustomerDraft {
  name: string
  email?: string
  company?: string
  segment?: string
  region?: string
  plan?: string
  mrr?: number
  signup_date?: string
  external_id?: string
}

export type CustomerSort = CustomerSortField | `-${CustomerSortField}`
export type CustomerSortField = 'id' | 'name' | 'health_score' | 'arr' | 'updated_at' | 'segment' | 'region'

export interface CustomerQuery {
  health_status?: string
  segment?: string
  plan?: string
  region?: string
  scorecard?: string
  search?: string
  sort?: CustomerSort
  limit?: number
}

export interface CustomerPage {
  data: Customer[]
  next_cursor: string | null
  total: number
}

export interface DashboardStats {
  total_customers: number
  healthy_customers: number
  at_risk_customers: number
  critical_customers: number
  insufficient_data_customers: number
  distribution: { healthy_percent: number; at_risk_percent: number; critical_percent: number; insufficient_data_percent: number }
  /** 0 when nobody has a score. */
  average_health_score: number
  last_updated: string
}

export interface CustomerSession {
  id: number
  /** Empty when the login did not say who. */
  user: string
  started_at: string
  last_seen_at: string
  ended_at: string | null
  page_views: number
  feature_uses: number
  duration_seconds: number
}

/** Events per day and type. */
export interface CustomerActivity {
  from: string
  until: string
  days: { date: string; events: Record<string, number> }[]
}

export interface Segment {
  name: string
  folded_name: string
  /** Per 30 days. */
  expected_api_calls: number
}
