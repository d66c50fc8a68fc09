// A stand-in for the server: the same routes over made-up data in memory, for work on the web app alone.
import { readFileSync, statSync } from 'node:fs'
import { createServer } from 'node:http'
import { fileURLToPath } from 'node:url'

import { fileOf, parse } from './csv.mjs'
import { customerRoutes } from './customer-routes.mjs'
import { Customers } from './customers.mjs'
import { playbooks, recommend } from './playbooks.mjs'
import { bucket, factors, risks } from './scoring.mjs'
import { scorecardRoutes } from './scorecard-routes.mjs'

const dist = fileURLToPath(new URL('../../dist/', import.meta.url))
const types = { html: 'text/html', js: 'text/javascript', css: 'text/css', svg: 'image/svg+xml', woff2: 'font/woff2', txt: 'text/plain' }
const appPolicy = "default-src 'self'; frame-ancestors 'none'; base-uri 'none'"
const docsPolicy = "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:"

const page = (title, body) => `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${title}</title><link rel="icon" href="/app/favicon.svg"><link rel="stylesheet" href="/docs/assets/docs.css">${body}</html>`
const docs = page('Keepwell API', '<link rel="stylesheet" href="/docs/assets/swagger-ui.css"></head><body><div id="swagger-ui"></div><script src="/docs/assets/swagger-ui-bundle.js"></script><script src="/docs/assets/swagger-start.js"></script></body>')
const redoc = page('Keepwell API', '</head><body><div id="redoc"></div><script src="/docs/assets/redoc.standalone.js"></script><script src="/docs/assets/redoc-start.js"></script></body>')

class Refusal extends Error {
  constructor(status, detail, errors, error = detail) {
    super(detail)
    this.status = status
    this.errors = errors
    this.error = error
  }
}

/** Serves `store` on `port` (0: any free one); `openapi` is the contract as JSON text for the documentation pages. */
export function startMockServer(store, { port = 0, openapi = '{}', customers = new Customers(store) } = {}) {
  const json = (body, status = 200, headers = {}) => ({ status, type: 'application/json', body: JSON.stringify(body), headers })
  const html = (body) => ({ status: 200, type: 'text/html', body, headers: { 'content-security-policy': docsPolicy } })

  function file(path, policy) {
    const full = dist + path
    if (path.includes('..') || !statSync(full, { throwIfNoEntry: false })?.isFile()) return undefined
    return { status: 200, type: types[path.split('.').pop()] ?? 'text/plain', body: readFileSync(full), headers: { 'content-security-policy': policy } }
  }

  function account(id, otherwise = 'Account not found') {
    const found = store.accounts.find((candidate) => candidate.id === Number(id))
    if (!found) throw new Refusal(404, otherwise)
    return found
  }

  function explain(found) {
    const latest = found.metrics.at(-1)
    const health = latest?.health_score ?? null
    const list = latest ? factors(latest) : []
    const measured = list.filter((factor) => factor.has_data).reduce((total, factor) => total + factor.weight, 0)
    return {
      overall_score: health,
      status: bucket(health).toLowerCase().replace(/[- ]/g, '_'),
      coverage: measured / 100,
      scorecard: 'metrics',
      scorecard_version: 1,
      factors: list,
      calculated_at: found.updated_at,
      as_of: new Date().toISOString().slice(0, 10),
      risk_factors: latest ? risks(health, latest) : [],
    }
  }

  function ingest(body, dryRun, later) {
    const upload = fileOf(body)
    if (!upload) throw new Refusal(422, 'file: is required')
    if (!upload.name.endsWith('.csv')) throw new Refusal(400, 'File must be a CSV')
    const parsed = parse(upload.text)
    if (parsed.missing) throw new Refusal(400, `The column "${parsed.missing}" is missing`)
    const now = new Date().toISOString()
    const outcomes = dryRun ? [] : parsed.rows.map((row) => store.upsert(row, now))
    const created = new Set(outcomes.filter((outcome) => outcome.accountCreated).map((outcome) => outcome.account.id))
    const touched = new Set(outcomes.map((outcome) => outcome.account.id))
    const import_id = dryRun ? null : store.imports.length + 1
    const metrics_created = outcomes.filter((outcome) => outcome.metricCreated).length
    const result = {
      message: 'CSV processed successfully',
      accounts_created: created.size,
      accounts_updated: touched.size - created.size,
      metrics_created,
      metrics_updated: outcomes.length - metrics_created,
      errors: parsed.errors.slice(0, 100).map((error) => `Line ${error.line}, column ${error.column}: ${error.message}`),
      row_errors: parsed.errors.slice(0, 100),
      rows_read: parsed.read,
      rows_rejected: parsed.errors.length,
      duration_ms: 7,
      import_id,
      report_url: parsed.errors.length > 0 && !dryRun ? `/api/imports/${import_id}/errors` : null,
    }
    const job = later && { id: store.jobs.length + 1, started: Date.now(), result, created_at: now }
    if (job) store.jobs.push(job)
    if (!dryRun) {
      const { rows_read, rows_rejected, accounts_created } = result
      store.imports.unshift({ id: import_id, filename: upload.name, status: 'succeeded', bytes_total: upload.text.length, bytes_done: upload.text.length, rows_read, rows_rejected, accounts_created, metrics_created, created_at: now, finished_at: now, job_id: job?.id ?? null, errors: parsed.errors })
    }
    return job ? json({ job_id: job.id, import_id, status: 'queued' }, 202, { location: `/api/jobs/${job.id}` }) : json(result)
  }

  /** A job takes some seconds, so that its progress can be seen. */
  function jobView(id) {
    const job = store.jobs.find((candidate) => candidate.id === Number(id))
    if (!job) throw new Refusal(404, 'Job not found')
    const progress = Math.min((Date.now() - job.started) / 30, 100)
    const ended = progress === 100
    return { id: job.id, type: 'csv_import', status: ended ? 'succeeded' : 'running', progress, attempts: 1, rows_read: Math.round((job.result.rows_read * progress) / 100), rows_rejected: 0, created_at: job.created_at, started_at: job.created_at, finished_at: ended ? new Date().toISOString() : null, error: null, result: ended ? job.result : null }
  }

  const routes = [
    ['GET', /^\/$/, () => ({ status: 302, type: 'text/html', body: '', headers: { location: '/app/' } })],
    ['GET', /^\/docs$/, () => html(docs)],
    ['GET', /^\/redoc$/, () => html(redoc)],
    ['GET', /^\/openapi\.json$/, () => ({ status: 200, type: 'application/json', body: openapi, headers: {} })],
    ['GET', /^\/docs\/assets\/([^/]+)$/, ([name]) => file(`docs-assets/${name}`, docsPolicy)],
    ['GET', /^\/app\/(.*)$/, ([path]) => file(path, appPolicy) ?? (path.includes('.') ? undefined : file('index.html', appPolicy))],
    ['GET', /^\/portfolio\/summary$/, () => json(store.summary())],
    ['GET', /^\/playbooks$/, () => json(playbooks)],
    ['POST', /^\/actions\/recommend$/, (_, query) => {
      const found = account(query.get('account_id'))
      return json({ account_id: found.id, recommendations: recommend(explain(found).risk_factors) })
    }],
    ['GET', /^\/accounts$/, (_, query) => {
      const page = Number(query.get('page') ?? 1)
      const page_size = Number(query.get('page_size') ?? 50)
      if (!(page >= 1) || !(page_size >= 1 && page_size <= 100)) throw new Refusal(422, 'page_size: must be between 1 and 100')
      const text = (name) => query.get(name) ?? ''
      return json(store.list({ page, page_size, segment: text('segment'), bucket: text('bucket'), region: text('region'), search: text('search'), sort: query.get('sort') ?? 'id' }))
    }],
    ['GET', /^\/accounts\/(\d+)$/, ([id]) => json(store.detail(account(id)))],
    ['GET', /^\/accounts\/(\d+)\/health$/, ([id]) => json(explain(account(id)))],
    ['GET', /^\/accounts\/(\d+)\/health-history$/, ([id], query) => json({ account_id: Number(id), history: account(id).metrics.slice(-Number(query.get('limit') ?? 365)).map((row) => ({ date: row.date, health_score: row.health_score, bucket: bucket(row.health_score) })) })],
    ['GET', /^\/accounts\/(\d+)\/metrics-history$/, ([id], query) => json({ account_id: Number(id), history: account(id).metrics.slice(-Number(query.get('limit') ?? 365)) })],
    ['GET', /^\/api\/imports$/, () => json({ imports: store.imports.map(({ errors: _errors, ...entry }) => entry) })],
    ['GET', /^\/api\/imports\/(\d+)\/errors$/, ([id]) => {
      const entry = store.imports.find((candidate) => candidate.id === Number(id))
      if (!entry) throw new Refusal(404, 'Import not found')
      return { status: 200, type: 'text/csv', headers: {}, body: ['line,column,code,message', ...entry.errors.map((error) => `${error.line},${error.column},${error.code},"${error.message.replaceAll('"', '""')}"`)].join('\r\n') }
    }],
    ['GET', /^\/api\/jobs\/(\d+)$/, ([id]) => json(jobView(id))],
    ...customerRoutes(customers, { json, Refusal, account }),
    ...scorecardRoutes(customers, { json, Refusal }),
    ['POST', /^\/ingest\/csv$/, (_, query, body, headers) => ingest(body, query.get('dry_run') === 'true', headers.prefer === 'respond-async')],
  ]

  function answer(request, body) {
    const url = new URL(request.url, 'http://mock')
    for (const [method, pattern, handle] of routes) {
      const match = request.method === method && pattern.exec(url.pathname)
      const response = match && handle(match.slice(1), url.searchParams, body, request.headers)
      if (response) return response
    }
    throw new Refusal(404, 'Not Found')
  }

  function refuse({ status = 500, message, errors, error = message }) {
    const body = { type: 'about:blank', title: 'Refused', status, detail: message, code: 'refused', errors, success: false, error, message }
    return { ...json(body, status), type: 'application/problem+json' }
  }

  const server = createServer((request, response) => {
    const chunks = []
    request.on('data', (chunk) => chunks.push(chunk))
    request.on('end', () => {
      let result
      try {
        result = answer(request, Buffer.concat(chunks).toString('utf8'))
      } catch (error) {
        result = refuse(error)
      }
      response.writeHead(result.status, { 'content-type': result.type, 'x-content-type-options': 'nosniff', ...result.headers })
      response.end(result.body)
    })
  })
  return new Promise((resolve) => {
    server.listen(port, '127.0.0.1', () => resolve({ url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() }))
  })
}
