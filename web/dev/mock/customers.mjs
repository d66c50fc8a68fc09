import { builtInEventTypes } from './event-types.mjs'
import { builtInScorecards, calculate } from './calculator.mjs'

const dayMs = 86_400_000
/** How long a recalculation takes, so that waiting for it can be seen. */
const recalculationMs = 600
export const today = () => new Date().toISOString().slice(0, 10)
export const dayBefore = (day, days) => new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10)

/** The accounts of a store as customers with events, scores and overrides, and what they are scored by. */
export class Customers {
  eventTypes = builtInEventTypes()
  /** Every version, newest last. */
  scorecards = builtInScorecards(new Date(Date.now() - 40 * dayMs).toISOString())
  rules = []
  segments = [['enterprise', 1000], ['mid-market', 500], ['smb', 500], ['startup', 200], ['other', 300]].map(([name, expected_api_calls]) => ({ name, folded_name: fold(name), expected_api_calls }))
  jobs = []
  #eventId = 0
  #overrideId = 0

  constructor(store) {
    this.store = store
  }

  card(name, version) {
    return this.scorecards.filter((card) => card.name === name && (version === undefined || card.version === version)).at(-1)
  }

  newestCards() {
    return [...new Set(this.scorecards.map((card) => card.name))].sort().map((name) => this.card(name))
  }

  /** The customer behind an account; made when it is asked for the first time. */
  of(account) {
    account.customer ??= { email: null, company: '', plan: '', mrr: 0, signup_date: null, external_id: null, is_active: true, churned_at: null, custom: {}, version: 1, scorecard: account.metrics.length > 0 ? 'metrics' : 'activity', events: [], overrides: [], dirtySince: 0, health: null }
    return { ...account, ...account.customer }
  }

  all() {
    return this.store.accounts.map((account) => this.of(account))
  }

  create(draft) {
    const now = new Date().toISOString()
    const account = { id: this.store.accounts.length + 1, account_name: draft.name, segment: draft.segment ?? '', region: draft.region ?? '', arr: draft.arr ?? (draft.mrr ?? 0) * 12, created_at: now, updated_at: now, metrics: [] }
    this.store.accounts.push(account)
    this.of(account)
    for (const field of ['email', 'company', 'plan', 'mrr', 'signup_date', 'external_id']) account.customer[field] = draft[field] ?? account.customer[field]
    return account
  }

  addEvent(account, { event_type, event_data = {}, timestamp = new Date().toISOString(), message_id = null }) {
    this.of(account)
    this.#eventId += 1
    const event = { id: this.#eventId, event_type, event_data, timestamp, received_at: new Date().toISOString(), message_id, at: Date.parse(timestamp) }
    account.customer.events.push(event)
    account.customer.events.sort((one, other) => one.at - other.at)
    account.customer.dirtySince ||= Date.now()
    return event
  }

  setOverride(account, { score, reason, expires_at }) {
    this.removeOverride(account)
    this.#overrideId += 1
    const now = new Date()
    account.customer.overrides.unshift({ id: this.#overrideId, score, author: 'local', reason, created_at: now.toISOString(), expires_at: expires_at ?? new Date(now.getTime() + 30 * dayMs).toISOString(), removed_at: null })
    account.customer.health = null
  }

  removeOverride(account) {
    this.of(account)
    for (const entry of account.customer.overrides) entry.removed_at ??= new Date().toISOString()
    account.customer.health = null
  }

  /** The stored score; calculated anew some time after an event. */
  health(account) {
    this.of(account)
    const own = account.customer
    const due = own.dirtySince > 0 && Date.now() - own.dirtySince > recalculationMs
    const stale = own.health && own.health.metrics !== account.metrics.length
    if (!own.health || due || stale) {
      own.health = { metrics: account.metrics.length, stored: this.healthOn(account, today()) }
      own.dirtySince = 0
    }
    return own.health.stored
  }

  healthOn(account, day) {
    const customer = this.of(account)
    return calculate(customer, this.card(customer.scorecard), day)
  }

  view(account) {
    const customer = this.of(account)
    const health = this.health(account)
    const latest = customer.metrics.at(-1)
    const last = (type) => customer.events.filter((event) => event.event_type === type).at(-1)
    const uses = {}
    for (const event of customer.events) if (event.event_type === 'feature_use') uses[event.event_data.feature_name] = (uses[event.event_data.feature_name] ?? 0) + 1
    const { email, company, segment, region, plan, mrr, arr, signup_date, external_id, scorecard, is_active, churned_at, custom, version, created_at, updated_at } = customer
    const tickets = health.factors.support_tickets?.open ?? latest?.support_tickets_open ?? null
    const nps = last('nps_response')?.event_data.score ?? latest?.nps_score ?? null
    const fields = { id: customer.id, name: customer.account_name, email, company, segment, region, plan, mrr, arr, signup_date, external_id, scorecard, health_score: health.overall_score, health_status: health.status, churn_risk: null, nps_score: nps, support_tickets: tickets, feature_usage: uses, last_login: last('login')?.timestamp ?? null, last_activity: customer.events.at(-1)?.timestamp ?? null, is_active, churned_at, custom, version, created_at, updated_at }
    const camel = (name) => name.replace(/_(.)/g, (_, letter) => letter.toUpperCase())
    for (const name of ['signup_date', 'health_score', 'health_status', 'churn_risk', 'nps_score', 'support_tickets', 'feature_usage', 'last_login', 'last_activity', 'is_active', 'created_at', 'updated_at']) fields[camel(name)] = fields[name]
    return fields
  }
}

export const fold = (name) => name.toLowerCase().replace(/[^a-z]/g, '')

const endpoints = ['/v1/orders', '/v1/items', '/v1/users', '/v1/reports', '/v1/search', '/v1/export']
const features = ['dashboards', 'alerts', 'exports', 'sso', 'api_keys', 'playbooks', 'segments', 'reports', 'webhooks']
const people = ['ana', 'bo', 'chris', 'dana']

/** Events of 70 days for two of three accounts, so that both scorecards and all states can be seen. */
export function fillWithActivity(customers, random) {
  const pick = (list) => list[Math.floor(random() * list.length)]
  const now = Date.now()
  for (const account of customers.store.accounts) {
    const own = customers.of(account)
    const slug = account.account_name.toLowerCase().replaceAll(' ', '-')
    Object.assign(account.customer, { email: `success@${slug}.example`, company: account.account_name, plan: pick(['starter', 'growth', 'scale']), mrr: Math.round(own.arr / 12), signup_date: dayBefore(today(), 90 + Math.floor(random() * 700)), external_id: `CUST${String(own.id).padStart(4, '0')}` })
    if (own.id % 3 === 0) continue
    account.customer.scorecard = 'activity'
    if (own.id % 17 === 0) continue
    const mood = 0.2 + random() * 0.9
    const drift = (random() - 0.5) * 0.8
    const at = (daysAgo) => new Date(now - Math.max(daysAgo * dayMs - random() * dayMs, 60_000)).toISOString()
    for (let day = 70; day >= 1; day -= 1) {
      const level = Math.max(mood + drift * (0.5 - day / 70), 0.02)
      const event = (event_type, event_data) => customers.addEvent(account, { event_type, event_data, timestamp: at(day) })
      for (let call = 0; call < Math.round(level * 2.4 * random() * 1.4); call += 1) event('api_call', { endpoint: pick(endpoints), method: 'GET', status_code: random() < 0.04 ? 500 : 200 })
      if (random() < level * 0.8) event('login', { ip_address: '198.51.100.7', user: pick(people) })
      if (random() < level * 0.6) event('feature_use', { feature_name: features[Math.floor(random() * (2 + level * 7)) % features.length], usage_duration: 40 })
      if (day % 30 === 7 && own.id % 5 !== 0) event('payment', { amount: Math.round(own.arr / 12) || 10, currency: 'USD', status: random() < 0.2 + level * 0.7 ? 'paid_on_time' : 'paid_late' })
      if (random() < 0.03) event('support_ticket', { ticket_id: `T-${own.id}-${day}`, priority: pick(['low', 'medium', 'high']), status: random() < 0.6 ? 'resolved' : 'open' })
      if (day % 45 === 3) event('nps_response', { score: Math.min(Math.round(level * 9), 10) })
    }
    account.customer.dirtySince = 0
  }
}
