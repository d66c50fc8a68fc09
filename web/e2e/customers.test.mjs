// What a customer success manager does with customers, their health and its scorecards, in real Chromium.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'

import { assertAccessible } from './accessibility.mjs'
import { eventually, openBrowser, openPage, openServer } from './browser.mjs'

describe('customers and their health', () => {
  let server
  let browser
  let base
  // Of this run alone, so that it can be repeated against a server that has seen one before.
  const run = Date.now().toString(36)
  const name = `Juniper Works ${run}`
  let id

  before(async () => {
    server = await openServer()
    base = server.url
    browser = await openBrowser()
    id = (await send('POST', '/api/customers', { name, segment: 'smb', plan: `plan-${run}`, mrr: 250, signup_date: '2025-01-15' })).data.id
    for (let day = 1; day <= 12; day += 1) {
      const timestamp = new Date(Date.now() - day * 86_400_000).toISOString()
      await send('POST', `/api/customers/${id}/events`, { event_type: 'login', event_data: { ip_address: '203.0.113.7', user: 'ana' }, timestamp })
      await send('POST', `/api/customers/${id}/events`, { event_type: 'feature_use', event_data: { feature_name: `feature_${day % 4}` }, timestamp })
    }
    await eventually(async () => assert.notEqual((await send('GET', `/api/customers/${id}/health`)).data.overall_score, null))
  })
  after(async () => {
    await browser?.close()
    await server?.close()
  })

  async function send(method, path, body) {
    const response = await fetch(base + path, { method, headers: { 'content-type': 'application/json' }, ...(body && { body: JSON.stringify(body) }) })
    assert.ok(response.ok, `${method} ${path} answered ${response.status}: ${response.ok ? '' : await response.clone().text()}`)
    return response.status === 204 ? undefined : response.json()
  }

  async function visit(path, work, options) {
    const { page, close } = await openPage(browser, base, options)
    await page.goto(`${base}/app${path}`)
    await work(page)
    await close()
  }
  const hundredths = (text) => Math.round(Number(text.replace('−', '-').replace('+', '')) * 100)
  const field = (page, label) => page.getByRole('dialog').getByLabel(label)
  const score = (page) => page.getByTestId('score')

  it('tells a new user how to get customers in', () =>
    visit('/', async (page) => {
      const empty = { success: true, data: [], next_cursor: null, total: 0 }
      await page.route(/\/api\/customers\?/, (route) => route.fulfill({ json: empty }))
      await page.getByRole('link', { name: 'Customers', exact: true }).first().click()
      await page.getByText('No customers yet').waitFor()
      await page.getByRole('link', { name: 'Import a CSV file' }).waitFor()
      assert.match(await page.locator('code').innerText(), /^curl -X POST 'http.+\/api\/events\/batch\?create_customers=true'/)
    }))

  it('keeps every filter and the order in the address', () =>
    visit(`/customers?search=${run}`, async (page) => {
      const rows = page.getByRole('table', { name: 'Customers' }).locator('tbody th a')
      await eventually(async () => assert.deepEqual(await rows.allInnerTexts(), [name]))
      await page.getByLabel('Plan').selectOption(`plan-${run}`)
      await page.waitForURL(/plan=plan-/)
      await page.getByRole('button', { name: 'ARR' }).click()
      await page.waitForURL(/sort=arr/)
      await page.reload()
      await eventually(async () => assert.deepEqual(await rows.allInnerTexts(), [name]))
      assert.equal(await page.getByLabel('Plan').inputValue(), `plan-${run}`)
      await page.getByRole('searchbox').fill('nobody at all')
      await page.getByText('No customer matches').waitFor()
      await page.getByRole('button', { name: 'Clear the filters' }).click()
      await page.waitForURL(/customers\?sort=arr$/)
    }))

  it('loads more when asked to', () =>
    visit('/customers', async (page) => {
      const answer = (entry, next) => ({ success: true, data: [{ ...entry, id: next ? 1 : 2, name: next ? 'First' : 'Second' }], next_cursor: next, total: 2 })
      const { data } = await send('GET', `/api/customers/${id}`)
      await page.route(/\/api\/customers\?/, (route) => route.fulfill({ json: answer(data, route.request().url().includes('cursor=next') ? null : 'next') }))
      await page.reload()
      await page.getByText('1 of 2 shown').waitFor()
      await page.getByRole('button', { name: 'Load more' }).click()
      await page.getByText('2 of 2 shown').waitFor()
      assert.equal(await page.getByRole('button', { name: 'Load more' }).count(), 0)
    }))

  it('shows what the server refuses at its field, and opens the new customer', () =>
    visit(
      '/customers',
      async (page) => {
        await page.getByRole('button', { name: 'New customer' }).first().click()
        await field(page, 'Name').fill('   ')
        await field(page, 'MRR').fill('120')
        await page.getByRole('button', { name: 'Add customer' }).click()
        await eventually(async () => assert.equal(await field(page, 'Name').getAttribute('aria-invalid'), 'true'))
        await field(page, 'Name').fill(`Larch Bakery ${run}`)
        await field(page, 'Plan').fill('growth')
        await page.getByRole('button', { name: 'Add customer' }).click()
        await page.waitForURL(/\/customers\/\d+$/)
        await page.getByRole('heading', { level: 1, name: `Larch Bakery ${run}` }).waitFor()
        await page.getByText('No score yet').waitFor()
        assert.equal(await page.locator('[data-bucket="Critical"]').count(), 0, 'what is unknown is never painted red')
        await page.getByText(/^No data for/).waitFor()
      },
      { allow: /422/ },
    ))

  it('explains a score by steps that add up to it', () =>
    visit(`/customers/${id}`, async (page) => {
      await score(page).waitFor()
      const why = page.getByRole('list', { name: 'How the score comes about' })
      const steps = (await why.getByTestId('waterfall-step').allInnerTexts()).filter((text) => text !== '–')
      assert.ok(steps.length >= 2)
      const [total] = await why.getByTestId('waterfall-sum').allInnerTexts()
      assert.equal(steps.reduce((sum, text) => sum + hundredths(text), 0), hundredths(total))
      assert.equal(await score(page).innerText(), total)
    }))

  it('shows the details of a factor', () =>
    visit(`/customers/${id}`, async (page) => {
      const factor = page.getByRole('table', { name: 'Factors of the score' }).getByRole('button', { name: /login frequency/i })
      await factor.click()
      assert.equal(await factor.getAttribute('aria-expanded'), 'true')
      await page.locator('#factor-login_frequency dl dd').first().waitFor()
    }))

  it('tells why a score moved between two days of the address', () =>
    visit(`/customers/${id}?from=${new Date(Date.now() - 20 * 86_400_000).toISOString().slice(0, 10)}`, async (page) => {
      const moved = page.getByRole('list', { name: 'What moved the score' })
      await moved.waitFor()
      const [from, to] = await moved.getByTestId('waterfall-sum').allInnerTexts()
      const steps = await moved.getByTestId('waterfall-step').allInnerTexts()
      const start = from === '–' ? 0 : hundredths(from)
      assert.equal(steps.reduce((sum, text) => sum + hundredths(text), start), hundredths(to))
      await page.getByLabel('From', { exact: true }).fill(new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10))
      await page.waitForURL((url) => url.searchParams.get('from') === new Date(Date.now() - 5 * 86_400_000).toISOString().slice(0, 10))
    }))

  it('records an activity by a form made from its type, and waits for the score', () =>
    visit(`/customers/${id}`, async (page) => {
      await score(page).waitFor()
      await page.getByRole('button', { name: 'Record activity' }).click()
      await field(page, 'Type').selectOption('payment')
      await page.getByRole('button', { name: 'Record', exact: true }).click()
      await page.getByRole('dialog').getByText('is required').waitFor()
      await field(page, 'Amount').fill('0')
      await page.getByRole('button', { name: 'Record', exact: true }).click()
      await page.getByRole('dialog').getByText('must be above 0').waitFor()
      await field(page, 'Amount').fill('250')
      await field(page, 'Status').selectOption('paid_on_time')
      await page.getByRole('button', { name: 'Record', exact: true }).click()
      const outcome = page.getByTestId('recorded')
      await outcome.waitFor()
      const [, after] = /→ ([\d.]+)/.exec(await outcome.innerText())
      await page.getByRole('button', { name: 'Close' }).last().click()
      await eventually(async () => assert.equal(await score(page).innerText(), after))
      await page.getByLabel('Type of event').selectOption('payment')
      await eventually(async () => assert.deepEqual(await page.getByRole('list', { name: 'Events' }).getByText('Payment').count(), 1))
    }))

  it('sets a score by hand beside the calculated one, and removes it again', () =>
    visit(`/customers/${id}`, async (page) => {
      await score(page).waitFor()
      const calculated = await score(page).innerText()
      await page.getByRole('button', { name: 'Set score by hand' }).click()
      await field(page, 'Score').fill('88.5')
      await field(page, 'Reason').fill('They renew next week')
      await page.getByRole('button', { name: 'Save' }).click()
      await eventually(async () => assert.equal(await score(page).innerText(), '88.50'))
      await page.getByText(`They renew next week. Calculated: ${calculated}.`).waitFor()
      await page.getByRole('button', { name: 'Change override' }).click()
      await page.getByRole('button', { name: 'Remove override' }).click()
      await eventually(async () => assert.equal(await score(page).innerText(), calculated))
    }))

  it('leads to the daily metrics and back', () =>
    visit(`/customers/${id}`, async (page) => {
      await page.getByRole('link', { name: 'Daily metrics' }).click()
      await page.waitForURL(new RegExp(`/accounts/${id}$`))
      await page.getByRole('link', { name: 'Customer page' }).click()
      await page.getByRole('heading', { level: 1, name }).waitFor()
    }))

  it('says so when there is no such customer', () =>
    visit('/customers/999999999', (page) => page.getByText('There is no such customer').waitFor(), { allow: /404/ }))

  const card = `card_${run}`

  it('makes a scorecard and shows mistakes at their fields', () =>
    visit(
      '/scorecards',
      async (page) => {
        await page.getByRole('link', { name: 'New scorecard' }).click()
        await page.getByLabel('Name', { exact: false }).first().fill(card)
        await page.getByLabel('Add a factor').selectOption('login_frequency')
        await page.getByLabel('Add a factor').selectOption('feature_adoption')
        await page.getByLabel('At risk from').fill('90')
        await page.getByRole('button', { name: 'Create' }).click()
        await eventually(async () => assert.ok((await page.locator('[aria-invalid="true"]').count()) >= 1))
        await page.getByLabel('At risk from').fill('50')
        await page.getByRole('button', { name: 'Create' }).click()
        await page.waitForURL(new RegExp(`/scorecards/${card}$`))
        await page.getByRole('button', { name: 'Save as version 2' }).waitFor()
      },
      { allow: /422/ },
    ))

  it('previews a change, saves it as the next version and tells in words what it was', () =>
    visit(`/scorecards/${card}`, async (page) => {
      await send('PATCH', `/api/customers/${id}`, { scorecard: card })
      await page.getByLabel('Share of Login frequency').fill('80')
      await page.getByRole('list', { name: 'Changes' }).getByText(/^Login frequency weighs 80\.\d% instead of/).waitFor()
      await page.getByRole('button', { name: 'Preview' }).click()
      await page.getByTestId('preview').getByRole('img', { name: /^Then: / }).waitFor()
      await page.getByRole('button', { name: 'Save as version 2' }).click()
      await page.getByRole('button', { name: 'Save as version 3' }).waitFor()
      await page.getByText(/^Login frequency weighs 80\.\d% instead of/).waitFor()
      await page.getByRole('button', { name: 'Edit from here' }).waitFor()
    }))

  it('draws a curve as it is edited', () =>
    visit(`/scorecards/${card}`, async (page) => {
      await page.getByRole('button', { name: /^Login frequency/ }).click()
      await page.getByLabel('Curve of Login frequency').selectOption('linear')
      await page.getByLabel('Value of point 2').fill('20')
      await page.getByRole('img', { name: 'Curve: 0 gives 0, 20 gives 100' }).waitFor()
      await page.getByRole('button', { name: 'Undo' }).click()
      await page.getByText('Nothing has changed yet.').waitFor()
    }))

  it('runs a backtest and says what came of it', () =>
    visit(`/scorecards/${card}`, async (page) => {
      await page.getByRole('button', { name: 'Run' }).click()
      await page.getByTestId('backtest').waitFor()
    }))

  it('edits the rules of who gets which scorecard', () =>
    visit('/scorecards', async (page) => {
      await page.getByRole('button', { name: 'Add a rule' }).click()
      await page.getByLabel(/^Scorecard of rule/).last().selectOption(card)
      await page.getByLabel('Field').last().selectOption('plan')
      await page.getByLabel('Value').last().fill(`plan-${run}`)
      await page.getByRole('button', { name: 'Save the rules' }).click()
      await eventually(async () => assert.equal(await page.getByRole('button', { name: 'Save the rules' }).count(), 0))
      await page.reload()
      await eventually(async () => assert.equal(await page.getByLabel('Value').last().inputValue(), `plan-${run}`))
      await page.getByRole('button', { name: /^Remove rule/ }).last().click()
      await page.getByRole('button', { name: 'Save the rules' }).click()
      await eventually(async () => assert.equal(await page.getByRole('button', { name: 'Save the rules' }).count(), 0))
    }))

  it('adds an event type, which the activity form then offers', () =>
    visit('/settings/event-types', async (page) => {
      const type = `visit_${run}`
      await page.getByRole('button', { name: 'Add a type' }).click()
      await field(page, 'Name').first().fill(type)
      await field(page, 'Name of the attribute').fill('place')
      await field(page, 'required').check()
      await page.getByRole('button', { name: 'Save' }).click()
      await page.getByRole('button', { name: `Extend ${type}` }).waitFor()
      await page.goto(`${base}/app/customers/${id}`)
      await page.getByRole('button', { name: 'Record activity' }).click()
      await field(page, 'Type').selectOption(type)
      await field(page, 'Place').waitFor()
      await send('DELETE', `/api/event-types/${type}`)
    }))

  it('lists segments, plugins and jobs', () =>
    visit('/settings', async (page) => {
      await page.waitForURL(/settings\/event-types$/)
      const sections = page.getByRole('navigation', { name: 'Settings' })
      await sections.getByRole('link', { name: 'Segments' }).click()
      await page.getByLabel('Expected calls of enterprise').waitFor()
      await sections.getByRole('link', { name: 'Plugins' }).click()
      await page.getByRole('region', { name: 'Plugins' }).waitFor()
      await sections.getByRole('link', { name: 'Jobs' }).click()
      await page.getByLabel('State').selectOption('dead')
      await page.waitForURL(/state=dead/)
    }))

  it('counts customers by health and leads to them', () =>
    visit('/', async (page) => {
      const region = page.getByRole('region', { name: 'Customers by health' })
      await region.getByRole('link', { name: /insufficient data/i }).click()
      await page.waitForURL(/customers\?health_status=insufficient_data$/)
      await page.getByRole('button', { name: /insufficient data/i, pressed: true }).waitFor()
    }))

  const pages = ['/customers', '/customers/:id', '/scorecards', '/scorecards/activity', '/settings/event-types', '/settings/segments', '/settings/plugins', '/settings/jobs']
  for (const path of pages) {
    for (const colorScheme of ['light', 'dark']) {
      it(`is accessible in the ${colorScheme} and fits a narrow screen: ${path}`, () =>
        visit(
          path.replace(':id', String(id)),
          async (page) => {
            await page.getByRole('heading', { level: 1 }).waitFor()
            await page.waitForLoadState('networkidle')
            await assertAccessible(page)
            await page.setViewportSize({ width: 390, height: 844 })
            await eventually(async () => assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390))
          },
          { colorScheme },
        ))
    }
  }
})
