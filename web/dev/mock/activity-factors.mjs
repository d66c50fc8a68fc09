// The factors over events, just well enough for the mock server.
import { factors as metricsFactors } from './scoring.mjs'

const dayMs = 86_400_000
const clamp = (value) => Math.min(Math.max(value, 0), 1)
const expectedCalls = { enterprise: 60, midmarket: 40, smb: 30, startup: 20 }
const late = new Set(['paid_late', 'failed', 'overdue'])
const nothing = (description) => ({ score: null, value: null, description, trend: null, details: {} })

function trendOf(events, from, to) {
  const middle = (from + to) / 2
  const early = events.filter((event) => event.at < middle).length
  const recent = events.length - early
  if (events.length < 4) return 'stable'
  if (recent > early * 1.1) return 'improving'
  return recent < early * 0.9 ? 'declining' : 'stable'
}

/** Every factor of `metrics` and `activity` for one customer at the end of a day. */
export function measure(customer, asOf) {
  const end = Date.parse(`${asOf}T00:00:00Z`) + dayMs
  const from = end - 30 * dayMs
  const known = customer.events.filter((event) => event.at < end)
  const inWindow = known.filter((event) => event.at >= from)
  const of = (type) => inWindow.filter((event) => event.event_type === type)
  const result = {}
  const count = (type, unit, score, describe, absent) => {
    if (!known.some((event) => event.event_type === type)) return nothing(absent)
    const events = of(type)
    return { value: events.length, unit, trend: trendOf(events, from, end), ...score(events), description: describe(events) }
  }

  const expected = expectedCalls[customer.segment.toLowerCase().replace(/[^a-z]/g, '')] ?? 30
  result.api_usage = count('api_call', 'calls in 30 days', (events) => {
    const endpoints = new Set(events.map((event) => event.event_data.endpoint)).size
    const errors = events.length ? events.filter((event) => event.event_data.status_code >= 400).length / events.length : 0
    return { score: 100 * (0.8 * clamp(events.length / expected) + 0.2 * clamp(endpoints / 5)) * (1 - 0.5 * clamp(errors / 0.2)), details: { calls: events.length, expected_calls: expected, distinct_endpoints: endpoints, error_rate: errors } }
  }, (events) => `${events.length} calls in 30 days, where ${expected} are expected`, 'No source of API calls is connected')
  result.login_frequency = count('login', 'logins in 30 days', (events) => {
    const active_days = new Set(events.map((event) => Math.floor(event.at / dayMs))).size
    return { score: 100 * (0.7 * clamp(events.length / 20) + 0.3 * clamp(active_days / 12)), details: { logins: events.length, active_days } }
  }, (events) => `${events.length} logins in 30 days`, 'No source of logins is connected')
  result.payment_timeliness = count('payment', 'payments on time', (events) => {
    const on_time = events.filter((event) => !late.has(event.event_data.status)).length
    return events.length ? { score: (100 * on_time) / events.length, value: on_time, details: { payments: events.length, on_time } } : { score: null, value: null, details: {} }
  }, (events) => (events.length ? `${events.filter((event) => !late.has(event.event_data.status)).length} of ${events.length} payments were on time` : 'No payment in the last 90 days'), 'No payments are connected')
  result.feature_adoption = count('feature_use', 'features', (events) => {
    const features = new Set(events.map((event) => event.event_data.feature_name)).size
    return { score: 100 * clamp(features / 8), value: features, details: { features } }
  }, (events) => `${new Set(events.map((event) => event.event_data.feature_name)).size} different features used in 30 days`, 'No source of feature use is connected')
  result.support_tickets = count('support_ticket', 'tickets in 30 days', (events) => ({ score: Math.max(100 - 10 * events.length, 10), details: { tickets: events.length, open: events.filter((event) => event.event_data.status !== 'resolved').length } }), (events) => `${events.length} tickets in 30 days`, 'No source of support tickets is connected')

  const row = customer.metrics.filter((metric) => metric.date <= asOf).at(-1)
  for (const factor of row ? metricsFactors(row) : []) {
    result[factor.name] = { score: factor.has_data ? factor.score : null, value: factor.value, unit: '', description: factor.description, trend: factor.trend, details: { measured_on: row.date } }
  }
  return result
}

export const knownFactors = [
  ['api_usage', 'Calls of your API against what the segment expects', 30, 'calls in 30 days', 'activity'],
  ['daily_active_users', 'How many people use the product on a day', 25, 'users', 'metrics'],
  ['feature_adoption', 'How many different features are used', 15, 'features', 'activity'],
  ['feature_adoption_rate', 'The share of features that are in use', 25, '', 'metrics'],
  ['login_frequency', 'How often people sign in', 20, 'logins in 30 days', 'activity'],
  ['login_rate', 'The share of days with a login', 15, '', 'metrics'],
  ['nps', 'How likely people are to recommend you', 15, '', 'metrics'],
  ['payment_timeliness', 'Whether invoices are paid on time', 25, 'payments on time', 'activity'],
  ['support_tickets', 'How many support tickets there are', 10, 'tickets in 30 days', 'activity'],
  ['support_tickets_open', 'How many support tickets are open', 20, 'tickets', 'metrics'],
].map(([name, summary, default_weight, unit, source]) => ({ name, summary, default_weight, unit, needs: { metrics: source === 'metrics', activity: source === 'activity', raw_events: false, window_days: name === 'payment_timeliness' ? 90 : 30 }, plugin: null }))
