import { changes, countStatuses } from './calculator.mjs'
import { dayBefore, today } from './customers.mjs'
import { mistakesIn } from './event-types.mjs'

const sortFields = ['id', 'name', 'health_score', 'arr', 'updated_at', 'segment', 'region']
const order = (one, other) => (typeof one === 'string' ? one.localeCompare(other) : one - other)

/** The routes of customers, their events and their health. */
export function customerRoutes(customers, { json, Refusal, account }) {
  const data = (value, status, headers) => json({ success: true, data: value }, status, headers)
  const refuseFields = (mistakes) => {
    if (mistakes.length > 0) throw new Refusal(422, mistakes.map(({ pointer, message }) => `${pointer.replace(/^\//, '')}: ${message}`).join('; '), mistakes)
  }
  const read = (body) => {
    try {
      return JSON.parse(body)
    } catch {
      throw new Refusal(400, 'The body is not JSON')
    }
  }
  /** One page of a list, by a cursor that is the place where it begins. */
  const page = (rows, query) => {
    const begin = Number(query.get('cursor') ?? 0)
    const limit = Number(query.get('limit') ?? 50)
    return { data: rows.slice(begin, begin + limit), next_cursor: begin + limit < rows.length ? String(begin + limit) : null }
  }

  function list(query) {
    const sort = query.get('sort') ?? 'id'
    const field = sort.replace(/^-/, '')
    if (!sortFields.includes(field)) refuseFields([{ pointer: 'sort', message: `must be one of ${sortFields.join(', ')}` }])
      const search = (query.get('search') ?? '').toLowerCase()
    const rows = customers.store.accounts
      .map((entry) => customers.view(entry))
      .filter((row) => ['segment', 'plan', 'region', 'health_status', 'scorecard'].every((name) => !query.get(name) || row[name] === query.get(name)))
      .filter((row) => !search || row.name.toLowerCase().includes(search))
      .sort((one, other) => {
        if (one[field] === null || other[field] === null) return (one[field] === null) - (other[field] === null)
        return sort.startsWith('-') ? order(other[field], one[field]) : order(one[field], other[field])
      })
    return json({ success: true, ...page(rows, query), total: rows.length })
  }

  function mistakesInDraft(draft) {
    const found = []
    if (!draft.name?.trim()) found.push({ pointer: '/name', message: 'is required' })
    if (draft.email && !draft.email.includes('@')) found.push({ pointer: '/email', message: 'is not an email address' })
    if (draft.mrr < 0) found.push({ pointer: '/mrr', message: 'must be at least 0' })
    if (draft.signup_date > today()) found.push({ pointer: '/signup_date', message: 'must not be in the future' })
    return found
  }

  function create(body) {
    const draft = read(body)
    refuseFields(mistakesInDraft(draft))
    const met = customers.store.accounts.find((entry) => entry.account_name === draft.name.trim())
    const entry = met ?? customers.create({ ...draft, name: draft.name.trim() })
    return data(customers.view(entry), met ? 200 : 201, { location: `/api/customers/${entry.id}` })
  }

  function record(entry, body) {
    const event = read(body)
    const known = customers.eventTypes.find((candidate) => candidate.name === event.event_type)
    const mistakes = known ? mistakesIn(known, event.event_data ?? {}) : []
    if (mistakes.length > 0) throw new Refusal(400, mistakes.map(({ pointer, message }) => `${pointer.split('/').pop()} ${message}`).join('; '), mistakes, 'Invalid event data')
    const before = customers.health(entry)
    const stored = customers.addEvent(entry, event)
    return json({ success: true, data: { event_id: stored.id, customer_id: entry.id, customer_name: entry.account_name, event_type: stored.event_type, timestamp: stored.timestamp, message: 'Event recorded', duplicate: false, new_health_score: before.overall_score, new_health_status: before.status }, message: 'Event recorded successfully' })
  }

  function activity(entry, query) {
    const until = today()
    const count = Number(query.get('days') ?? 90)
    const { events } = customers.of(entry)
    const days = Array.from({ length: count }, (_, index) => ({ date: dayBefore(until, count - 1 - index), events: {} }))
    const byDate = new Map(days.map((day) => [day.date, day]))
    for (const event of events) {
      const day = byDate.get(event.timestamp.slice(0, 10))
      if (day) day.events[event.event_type] = (day.events[event.event_type] ?? 0) + 1
    }
    return data({ from: days[0].date, until, days: days.filter((day) => Object.keys(day.events).length > 0) })
  }

  function sessions(entry, query) {
    const rows = customers.of(entry).events.filter((event) => event.event_type === 'login').reverse().map((event) => {
      const duration_seconds = 300 + (event.id % 40) * 45
      const end = new Date(event.at + duration_seconds * 1000).toISOString()
      return { id: event.id, user: event.event_data.user ?? '', started_at: event.timestamp, last_seen_at: end, ended_at: end, page_views: event.id % 12, feature_uses: event.id % 5, duration_seconds }
    })
    return json({ success: true, ...page(rows, query) })
  }

  function history(entry, query) {
    const limit = Number(query.get('limit') ?? 90)
    const rows = Array.from({ length: limit }, (_, back) => customers.healthOn(entry, dayBefore(today(), back))).filter((row) => row.overall_score !== null)
    return data(rows.map(({ as_of, overall_score, raw_score, status, coverage, scorecard, scorecard_version, calculated_at }) => ({ date: as_of, overall_score, raw_score, status, coverage, scorecard, scorecard_version, calculated_at })))
  }

  function override(entry, body) {
    const { score, reason, expires_at } = read(body)
    const mistakes = []
    if (!(score >= 0 && score <= 100)) mistakes.push({ pointer: '/score', message: 'must be between 0 and 100' })
    if (!reason?.trim()) mistakes.push({ pointer: '/reason', message: 'is required' })
    if (expires_at && Date.parse(expires_at) < Date.now()) mistakes.push({ pointer: '/expires_at', message: 'must be in the future' })
    refuseFields(mistakes)
    customers.of(entry)
    customers.setOverride(entry, { score, reason, expires_at })
    return data(customers.health(entry))
  }

  function stats() {
    const views = customers.store.accounts.map((entry) => customers.view(entry))
    const counts = countStatuses(views.map((view) => view.health_status))
    const percent = (count) => (views.length ? Math.round((count / views.length) * 1000) / 10 : 0)
    const scored = views.filter((view) => view.health_score !== null)
    return data({
      total_customers: views.length,
      healthy_customers: counts.healthy,
      at_risk_customers: counts.at_risk,
      critical_customers: counts.critical,
      insufficient_data_customers: counts.insufficient_data,
      distribution: { healthy_percent: percent(counts.healthy), at_risk_percent: percent(counts.at_risk), critical_percent: percent(counts.critical), insufficient_data_percent: percent(counts.insufficient_data) },
      average_health_score: scored.length ? Math.round((scored.reduce((sum, view) => sum + view.health_score, 0) / scored.length) * 100) / 100 : 0,
      last_updated: new Date().toISOString(),
    })
  }

  const events = (entry, query) => {
    const rows = customers.of(entry).events.filter((event) => !query.get('type') || event.event_type === query.get('type')).reverse()
    const shown = page(rows, query)
    return json({ success: true, ...shown, data: shown.data.map(({ at: _at, ...event }) => event) })
  }

  function change(entry, body) {
    const wish = read(body)
    refuseFields(mistakesInDraft({ name: entry.account_name, ...wish }))
    customers.of(entry)
    if (wish.scorecard && !customers.card(wish.scorecard)) refuseFields([{ pointer: '/scorecard', message: 'there is no such scorecard' }])
    for (const [name, value] of Object.entries(wish)) {
      if (name === 'name') entry.account_name = value
      else if (['segment', 'region', 'arr'].includes(name)) entry[name] = value ?? ''
      else entry.customer[name] = value
    }
    entry.customer.health = null
    entry.customer.version += 1
    entry.updated_at = new Date().toISOString()
    return data(customers.view(entry))
  }

  const one = (handle) => ([id], query, body) => handle(account(id, 'Customer not found'), query, body)
  return [
    ['GET', /^\/api\/dashboard\/stats$/, stats],
    ['GET', /^\/api\/customers$/, (_, query) => list(query)],
    ['POST', /^\/api\/customers$/, (_, _query, body) => create(body)],
    ['GET', /^\/api\/customers\/(\d+)$/, one((entry) => data(customers.view(entry)))],
    ['PATCH', /^\/api\/customers\/(\d+)$/, one((entry, _, body) => change(entry, body))],
    ['GET', /^\/api\/customers\/(\d+)\/sessions$/, one(sessions)],
    ['GET', /^\/api\/customers\/(\d+)\/activity$/, one(activity)],
    ['GET', /^\/api\/customers\/(\d+)\/events$/, one(events)],
    ['POST', /^\/api\/customers\/(\d+)\/events$/, one((entry, _, body) => record(entry, body))],
    ['GET', /^\/api\/customers\/(\d+)\/health$/, one((entry, query) => data(query.get('as_of') ? customers.healthOn(entry, query.get('as_of')) : customers.health(entry)))],
    ['GET', /^\/api\/customers\/(\d+)\/health\/history$/, one(history)],
    ['GET', /^\/api\/customers\/(\d+)\/health\/changes$/, one((entry, query) => data(changes(customers.healthOn(entry, query.get('from')), customers.healthOn(entry, query.get('to')))))],
    ['PUT', /^\/api\/customers\/(\d+)\/health\/override$/, one((entry, _, body) => override(entry, body))],
    ['DELETE', /^\/api\/customers\/(\d+)\/health\/override$/, one((entry) => {
      customers.removeOverride(entry)
      return data(customers.health(entry))
    })],
    ['GET', /^\/api\/customers\/(\d+)\/health\/overrides$/, one((entry) => data(customers.of(entry).overrides))],
  ]
}
