import { knownFactors } from './activity-factors.mjs'
import { calculate, countStatuses, mistakesInScorecard } from './calculator.mjs'
import { fold, today } from './customers.mjs'

/** The routes of scorecards, event types, segments, plugins and jobs. */
export function scorecardRoutes(customers, { json, Refusal }) {
  const data = (value, status, headers) => json({ success: true, data: value }, status, headers)
  const refuse = (mistakes) => {
    if (mistakes.length > 0) throw new Refusal(422, mistakes.map(({ pointer, message }) => `${pointer}: ${message}`).join('; '), mistakes)
  }
  const view = (card) => {
    const sum = card.factors.reduce((total, entry) => total + entry.weight, 0)
    return { ...card, factors: card.factors.map((entry) => ({ ...entry, share: entry.weight / sum })), customers: customers.all().filter((customer) => customer.scorecard === card.name).length }
  }
  const find = (name, version) => {
    const card = customers.card(name, version)
    if (!card) throw new Refusal(404, 'Scorecard not found')
    return card
  }

  function save(name, body, headers) {
    const wish = { ...JSON.parse(body), ...(name && { name }) }
    refuse(mistakesInScorecard(wish))
    const newest = customers.card(wish.name)
    if (!name && newest) throw new Refusal(409, `There is a scorecard named "${wish.name}" already`)
    if (name && !newest) throw new Refusal(404, 'Scorecard not found')
    if (headers['if-match'] && headers['if-match'] !== `"${newest.version}"`) throw new Refusal(412, 'Somebody has saved another version meanwhile')
    const { description, factors, bands, minimum_coverage, caps } = wish
    const card = { name: wish.name, version: (newest?.version ?? 0) + 1, description, factors, bands, minimum_coverage, caps, author: 'local', retired: false, created_at: new Date().toISOString() }
    customers.scorecards.push(card)
    for (const account of customers.store.accounts) if (account.customer) account.customer.health = null
    return data(view(card), name ? 200 : 201, { etag: `"${card.version}"`, location: `/api/scorecards/${card.name}` })
  }

  function preview(name, body) {
    const wish = { ...JSON.parse(body).scorecard, name }
    refuse(mistakesInScorecard(wish).map((mistake) => ({ ...mistake, pointer: `/scorecard${mistake.pointer}` })))
    const now = find(name)
    const rows = customers.all().filter((customer) => customer.scorecard === name).map((customer) => ({ before: calculate(customer, now, today()), after: calculate(customer, { ...now, ...wish }, today()) }))
    const mean = (list) => (list.length ? list.reduce((sum, value) => sum + value, 0) / list.length : null)
    const scores = (side) => rows.flatMap((row) => (row[side].overall_score === null ? [] : [row[side].overall_score]))
    const moves = new Map()
    for (const { before, after } of rows) if (before.status !== after.status) moves.set(`${before.status} ${after.status}`, (moves.get(`${before.status} ${after.status}`) ?? 0) + 1)
    const distance = ({ before, after }) => Math.abs((after.overall_score ?? 0) - (before.overall_score ?? 0))
    return data({
      customers: rows.length,
      average_before: mean(scores('before')),
      average_after: mean(scores('after')),
      before: countStatuses(rows.map((row) => row.before.status)),
      after: countStatuses(rows.map((row) => row.after.status)),
      moves: [...moves].map(([key, count]) => ({ from: key.split(' ')[0], to: key.split(' ')[1], customers: count })),
      movers: rows.filter((row) => distance(row) > 0.005).sort((one, other) => distance(other) - distance(one)).slice(0, 20).map(({ before, after }) => ({ customer_id: before.customer_id, customer_name: before.customer_name, score_before: before.overall_score, score_after: after.overall_score, status_before: before.status, status_after: after.status })),
    })
  }

  function backtest(name, body) {
    const card = find(name)
    const wish = body ? JSON.parse(body) : {}
    const sum = card.factors.reduce((total, entry) => total + entry.weight, 0)
    const suggested = card.factors.map((_, index) => 1 / (index + 1.5))
    const total = suggested.reduce((all, value) => all + value, 0)
    const factors = card.factors.map((entry, index) => ({ factor: entry.factor, weight: entry.weight / sum, suggested_weight: suggested[index] / total, auc: 0.78 - index * 0.05 }))
    return data({ scorecard: name, version: card.version, from: '2026-01-01', until: '2026-08-24', horizon_days: wish.horizon_days ?? 90, observations: 1240, customers: 155, churned: 31, verdict: 'The score separates customers that left from those that stayed well.', enough_data: true, auc: 0.81, lift_at_10_percent: 4.2, bands: [['healthy', 700, 5], ['at_risk', 380, 21], ['critical', 120, 38], ['insufficient_data', 40, 2]].map(([status, observations, churned]) => ({ status, observations, churned, churn_rate: churned / observations })), median_lead_time_days: 41, factors })
  }

  const plugins = [
    { file: 'libnps_trend.so', name: 'nps_trend', version: '1.0.0', status: 'loaded', reason: null, factors: ['nps_trend'], errors: 0 },
    { file: 'librenewal.so', name: 'renewal', version: '0.3.0', status: 'disabled', reason: 'It took longer than 100 ms three times in a row', factors: ['renewal_proximity'], errors: 3 },
    { file: 'notes.so', name: '', version: '', status: 'refused', reason: 'The file is not an ELF object', factors: [], errors: 0 },
  ]
  customers.jobs = [
    { id: 9001, type: 'recompute', status: 'dead', progress: 0, attempts: 5, rows_read: 0, rows_rejected: 0, created_at: new Date(Date.now() - 7_200_000).toISOString(), started_at: new Date(Date.now() - 7_100_000).toISOString(), finished_at: new Date(Date.now() - 3_600_000).toISOString(), error: 'The database went away', result: null },
    { id: 9000, type: 'backtest', status: 'succeeded', progress: 100, attempts: 1, rows_read: 0, rows_rejected: 0, created_at: new Date(Date.now() - 9_200_000).toISOString(), started_at: new Date(Date.now() - 9_200_000).toISOString(), finished_at: new Date(Date.now() - 9_190_000).toISOString(), error: null, result: null },
  ]
  function replay(id) {
    const job = customers.jobs.find((candidate) => candidate.id === Number(id))
    if (!job) throw new Refusal(404, 'Job not found')
    Object.assign(job, { status: 'queued', attempts: 0, error: null, finished_at: null })
    return data(job, 202)
  }

  const put = (list, key, entry) => {
    const at = list.findIndex((candidate) => candidate[key] === entry[key])
    if (at < 0) list.push(entry)
    else list[at] = entry
    return data(entry, at < 0 ? 201 : 200)
  }
  const remove = (list, key, value, kept) => {
    const at = list.findIndex((candidate) => candidate[key] === value)
    if (at < 0) throw new Refusal(404, 'Not Found')
    if (kept(list[at])) throw new Refusal(409, `"${value}" cannot be removed`)
    list.splice(at, 1)
    return { status: 204, type: 'application/json', body: '', headers: {} }
  }
  function putEventType(name, body) {
    const wish = JSON.parse(body)
    const mistakes = wish.attributes.flatMap((entry, index) => (/^[a-z0-9_.]+$/.test(entry.name) ? [] : [{ pointer: `/attributes/${index}/name`, message: 'must consist of small letters, digits, _ and .' }]))
    if (!/^[a-z0-9_.]+$/.test(name)) mistakes.push({ pointer: 'name', message: 'must consist of small letters, digits, _ and .' })
    refuse(mistakes)
    const known = customers.eventTypes.find((candidate) => candidate.name === name)
    const missing = known?.built_in ? known.attributes.filter((entry) => entry.required && !wish.attributes.some((other) => other.name === entry.name && other.required)) : []
    if (missing.length > 0) refuse([{ pointer: '/attributes', message: `${missing[0].name} stays required` }])
    return put(customers.eventTypes, 'name', { name, description: wish.description ?? '', built_in: known?.built_in ?? false, attributes: wish.attributes })
  }

  const named = (handle) => ([name], query, body, headers) => handle(decodeURIComponent(name), query, body, headers)
  return [
    ['GET', /^\/api\/factors$/, () => data(knownFactors)],
    ['GET', /^\/api\/plugins$/, () => data(plugins)],
    ['GET', /^\/api\/scorecards$/, () => data(customers.newestCards().filter((card) => !card.retired).map(view))],
    ['POST', /^\/api\/scorecards$/, (_, _query, body, headers) => save('', body, headers)],
    ['GET', /^\/api\/scorecards\/([^/]+)$/, named((name, query) => data(view(find(name, query.get('version') ? Number(query.get('version')) : undefined))))],
    ['PUT', /^\/api\/scorecards\/([^/]+)$/, named((name, _, body, headers) => save(name, body, headers))],
    ['DELETE', /^\/api\/scorecards\/([^/]+)$/, named((name) => {
      find(name).retired = true
      return { status: 204, type: 'application/json', body: '', headers: {} }
    })],
    ['GET', /^\/api\/scorecards\/([^/]+)\/versions$/, named((name) => data(customers.scorecards.filter((card) => card.name === name).reverse().map(view)))],
    ['POST', /^\/api\/scorecards\/([^/]+)\/preview$/, named((name, _, body) => preview(name, body))],
    ['POST', /^\/api\/scorecards\/([^/]+)\/backtest$/, named((name, _, body) => backtest(name, body))],
    ['GET', /^\/api\/scorecard-rules$/, () => data({ rules: customers.rules })],
    ['PUT', /^\/api\/scorecard-rules$/, (_, _query, body) => {
      const { rules } = JSON.parse(body)
      refuse(rules.flatMap((rule, index) => (customers.card(rule.scorecard) ? [] : [{ pointer: `/rules/${index}/scorecard`, message: 'there is no such scorecard' }])))
      customers.rules = rules
      return data({ rules })
    }],
    ['GET', /^\/api\/event-types$/, () => data(customers.eventTypes)],
    ['PUT', /^\/api\/event-types\/([^/]+)$/, named((name, _, body) => putEventType(name, body))],
    ['DELETE', /^\/api\/event-types\/([^/]+)$/, named((name) => remove(customers.eventTypes, 'name', name, (entry) => entry.built_in))],
    ['GET', /^\/api\/segments$/, () => data(customers.segments)],
    ['PUT', /^\/api\/segments\/([^/]+)$/, named((name, _, body) => {
      const { expected_api_calls } = JSON.parse(body)
      if (!(expected_api_calls > 0)) refuse([{ pointer: '/expected_api_calls', message: 'must be greater than 0' }])
      return put(customers.segments, 'folded_name', { name, folded_name: fold(name), expected_api_calls })
    })],
    ['DELETE', /^\/api\/segments\/([^/]+)$/, named((name) => remove(customers.segments, 'folded_name', fold(name), (entry) => entry.name === 'other'))],
    ['GET', /^\/api\/jobs$/, (_, query) => json({ success: true, data: customers.jobs.filter((job) => !query.get('state') || job.status === query.get('state')), next_cursor: null })],
    ['POST', /^\/api\/jobs\/(\d+)\/replay$/, ([id]) => replay(id)],
  ]
}
