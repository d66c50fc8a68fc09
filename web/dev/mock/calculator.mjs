// Scorecards, health and its explanations, just well enough for the mock server.
import { knownFactors, measure } from './activity-factors.mjs'

const curve = () => ({ kind: 'built_in', points: [], expected: {}, expected_otherwise: 1 })
const factor = (name, weight, missing = 'exclude') => ({ factor: name, weight, missing, half_life_days: 30, curve: curve() })
const statuses = ['healthy', 'at_risk', 'critical', 'insufficient_data']

export function builtInScorecards(now) {
  const card = (name, description, factors, bands, caps) => ({ name, version: 1, description, factors, bands, minimum_coverage: 0.5, caps, author: '', retired: false, created_at: now })
  return [
    card('activity', 'Scores customers by their events', [factor('api_usage', 0.3), factor('login_frequency', 0.2), factor('payment_timeliness', 0.25), factor('feature_adoption', 0.15), factor('support_tickets', 0.1)], { healthy_from: 75, at_risk_from: 50 }, [
      { name: 'unpaid', reason: 'Fewer than half of the payments were on time', subject: 'payment_timeliness.score', comparison: '<', threshold: 50, maximum: 45, expires: null },
    ]),
    card('metrics', 'Scores accounts by their daily metrics', [factor('daily_active_users', 25), factor('feature_adoption_rate', 25), factor('support_tickets_open', 20), factor('nps', 15, 'neutral'), factor('login_rate', 15)], { healthy_from: 70, at_risk_from: 40 }, []),
  ]
}

export const band = (card, score) => (score >= card.bands.healthy_from ? 'healthy' : score >= card.bands.at_risk_from ? 'at_risk' : 'critical')

function curved({ kind, points, expected, expected_otherwise }, value, segment) {
  const x = kind === 'segment_relative' ? value / (expected[segment] ?? expected_otherwise) : value
  const above = points.findIndex((point) => point.value > x)
  const last = above < 0 ? points.at(-1) : points[above - 1]
  if (kind === 'bands') return last?.score ?? 0
  if (!last) return points[0]?.score ?? 0
  const next = points[above]
  return next ? last.score + ((x - last.value) / (next.value - last.value)) * (next.score - last.score) : last.score
}

const compare = { '<': (a, b) => a < b, '<=': (a, b) => a <= b, '>=': (a, b) => a >= b, '>': (a, b) => a > b }

/** A customer's health by a scorecard at the end of a day, explained. */
export function calculate(customer, card, asOf) {
  const measured = measure(customer, asOf)
  const segment = customer.segment.toLowerCase().replace(/[^a-z]/g, '')
  const rows = card.factors.map((entry) => {
    const found = measured[entry.factor] ?? { score: null, value: null, unit: '', description: 'This factor has no data yet', trend: null, details: {} }
    const own = found.score !== null && entry.curve.kind !== 'built_in' ? curved(entry.curve, found.value, segment) : found.score
    const counted = own ?? { neutral: 50, zero: 0 }[entry.missing] ?? null
    return { entry, found: { ...found, score: own }, counted }
  })
  const weights = rows.filter((row) => row.counted !== null).reduce((sum, row) => sum + row.entry.weight, 0)
  const withData = rows.filter((row) => row.found.score !== null)
  const coverage = withData.reduce((sum, row) => sum + row.entry.weight, 0) / rows.reduce((sum, row) => sum + row.entry.weight, 0)
  const factors = {}
  for (const { entry, found, counted } of rows) {
    const contribution = counted === null || weights === 0 ? 0 : (counted * entry.weight) / weights
    factors[entry.factor] = { score: found.score, value: found.value, unit: found.unit ?? '', description: found.description, trend: found.trend, weight: entry.weight, contribution, ...found.details }
  }
  const raw = withData.length === 0 ? null : Object.values(factors).reduce((sum, { contribution }) => sum + contribution, 0)
  const held = raw === null ? undefined : card.caps.filter((cap) => {
    const [name, member] = cap.subject.split('.')
    const value = cap.subject === 'coverage' ? coverage : factors[name]?.[member]
    return typeof value === 'number' && compare[cap.comparison](value, cap.threshold) && cap.maximum < raw
  }).sort((one, other) => one.maximum - other.maximum)[0]
  const computed = held ? held.maximum : raw
  const override = customer.overrides.find((entry) => !entry.removed_at && entry.created_at.slice(0, 10) <= asOf && entry.expires_at > `${asOf}T00:00:00Z`)
  const overall = override ? override.score : computed
  const status = override ? band(card, overall) : overall === null || coverage < card.minimum_coverage ? 'insufficient_data' : band(card, overall)
  return {
    customer_id: customer.id,
    customer_name: customer.account_name,
    overall_score: overall,
    raw_score: raw,
    computed_score: computed,
    status,
    coverage,
    scorecard: card.name,
    scorecard_version: card.version,
    as_of: asOf,
    calculated_at: new Date().toISOString(),
    factors,
    cap: held ? { name: held.name, reason: held.reason, points: held.maximum - raw } : null,
    override: override ? { ...override, points: override.score - (computed ?? 0) } : null,
    recommendations: recommend(factors),
    smallest_change: override || held ? null : smallestChange(factors, card, overall, weights),
    data_summary: { events_analyzed: customer.events.length, customer_segment: segment, first_event_day: customer.events[0]?.timestamp.slice(0, 10) ?? null, window_days: 30 },
  }
}

function recommend(factors) {
  const advice = { api_usage: 'Offer help with the integration: calls are below what the segment expects', login_frequency: 'Invite the team to a training: few people sign in', payment_timeliness: 'Talk about the open invoices before the renewal', feature_adoption: 'Show two features that similar customers rely on', support_tickets: 'Find the common cause behind the tickets', daily_active_users: 'Run an engagement campaign', feature_adoption_rate: 'Show two features that similar customers rely on', nps: 'Ask what disappointed them', login_rate: 'Invite the team to a training: few people sign in', support_tickets_open: 'Bring the open tickets to an end' }
  return Object.entries(factors).filter(([, { score }]) => score !== null && score < 60).map(([name]) => advice[name] ?? `Look at ${name}`)
}

function smallestChange(factors, card, score, weights) {
  if (score === null || score >= card.bands.healthy_from) return null
  const target = score >= card.bands.at_risk_from ? 'healthy' : 'at_risk'
  const points_missing = (target === 'healthy' ? card.bands.healthy_from : card.bands.at_risk_from) - score
  const steps = Object.entries(factors).filter(([, entry]) => entry.score !== null && entry.score < 100).map(([name, entry]) => {
    const needed = entry.score + (points_missing * weights) / entry.weight
    const title = name.replaceAll('_', ' ')
    return { factor: name, score_now: entry.score, score_needed: needed, value_now: entry.value, value_needed: null, description: `Lift ${title} from ${entry.score.toFixed(0)} to ${Math.min(needed, 100).toFixed(0)} points` }
  }).sort((one, other) => one.score_needed - one.score_now - (other.score_needed - other.score_now))
  const any_of = steps.filter((step) => step.score_needed <= 100)
  return { target, points_missing, any_of, all_of: any_of.length > 0 ? [] : steps.slice(0, 2).map((step) => ({ ...step, score_needed: 100 })) }
}

/** Lines whose points add up to the difference of two scores. */
export function changes(before, after) {
  const lines = []
  const kept = Object.keys(after.factors).filter((name) => before.factors[name] && before.scorecard_version === after.scorecard_version)
  for (const name of kept) {
    const [old, now] = [before.factors[name], after.factors[name]]
    if (old.score === null || now.score === null || old.score === now.score) continue
    const share = old.score === 0 ? now.contribution / (now.score || 1) : old.contribution / old.score
    lines.push({ kind: 'factor', name, points: (now.score - old.score) * share, score_before: old.score, score_after: now.score, value_before: old.value, value_after: now.value, description: now.description })
  }
  const plain = (kind, name, points, description) => Math.abs(points) > 1e-12 && lines.push({ kind, name, points, score_before: null, score_after: null, value_before: null, value_after: null, description })
  const factorPoints = lines.reduce((sum, line) => sum + line.points, 0)
  plain('weights', '', (after.raw_score ?? 0) - (before.raw_score ?? 0) - factorPoints, 'Factors that gained or lost data, or another version of the scorecard')
  plain('cap', after.cap?.name ?? before.cap?.name ?? '', (after.cap?.points ?? 0) - (before.cap?.points ?? 0), after.cap?.reason ?? 'The cap no longer holds')
  plain('override', '', (after.override?.points ?? 0) - (before.override?.points ?? 0), after.override ? `Set by hand: ${after.override.reason}` : 'The score set by hand no longer holds')
  lines.sort((one, other) => Math.abs(other.points) - Math.abs(one.points))
  const end = ({ as_of, overall_score, status }) => ({ date: as_of, overall_score, status })
  return { from: end(before), to: end(after), difference: (after.overall_score ?? 0) - (before.overall_score ?? 0), lines }
}

/** Every mistake in a scorecard that somebody wants to save. */
export function mistakesInScorecard(card) {
  const found = []
  const say = (pointer, message) => found.push({ pointer, message })
  const names = new Set(knownFactors.map(({ name }) => name))
  if (!/^[a-z0-9_-]+$/.test(card.name ?? '')) say('/name', 'must consist of small letters, digits, - and _')
  if (!card.factors?.length) say('/factors', 'must name at least one factor')
  card.factors?.forEach((entry, index) => {
    if (!names.has(entry.factor)) say(`/factors/${index}/factor`, `there is no factor named "${entry.factor}"`)
    if (!(entry.weight > 0)) say(`/factors/${index}/weight`, 'must be greater than 0')
    if (entry.curve.kind !== 'built_in' && entry.curve.points.length < (entry.curve.kind === 'bands' ? 1 : 2)) say(`/factors/${index}/curve/points`, 'needs more points')
    entry.curve.points.forEach((point, at) => {
      if (!(point.score >= 0 && point.score <= 100)) say(`/factors/${index}/curve/points/${at}/score`, 'must be between 0 and 100')
      if (at > 0 && !(point.value > entry.curve.points[at - 1].value)) say(`/factors/${index}/curve/points/${at}/value`, 'must be greater than the value before')
    })
  })
  if (!(card.bands?.at_risk_from < card.bands?.healthy_from)) say('/bands/at_risk_from', 'must be below healthy_from')
  if (!(card.bands?.healthy_from <= 100)) say('/bands/healthy_from', 'must be at most 100')
  card.caps?.forEach((cap, index) => {
    if (!cap.reason) say(`/caps/${index}/reason`, 'is required')
    if (!(cap.maximum >= 0 && cap.maximum <= 100)) say(`/caps/${index}/maximum`, 'must be between 0 and 100')
  })
  return found
}

export const countStatuses = (list) => Object.fromEntries(statuses.map((status) => [status, list.filter((entry) => entry === status).length]))
