// What a customer success manager does in a first session, in real Chromium.
import assert from 'node:assert/strict'
import { after, before, describe, it } from 'node:test'

import { accountsFile, flawedFile } from './accounts-file.mjs'
import { computed, eventually, openBrowser, openPage, openServer, tokenColour } from './browser.mjs'

describe('the web app', () => {
  let server
  let browser
  let base
  let imported

  before(async () => {
    server = await openServer()
    base = server.url
    browser = await openBrowser()
    imported = await importThroughThePage()
  })
  after(async () => {
    await browser?.close()
    await server?.close()
  })

  async function importThroughThePage() {
    const { page, close } = await openPage(browser, base)
    await page.goto(`${base}/app/import`)
    await page.getByLabel('CSV file', { exact: true }).setInputFiles(accountsFile)
    const result = page.getByTestId('import-result')
    await result.waitFor()
    const text = await result.innerText()
    const past = await page.getByRole('table', { name: /past imports/i }).getByRole('row', { name: /accounts\.csv/ }).first().innerText()
    await close()
    return { text, past }
  }

  async function visit(path, work, options) {
    const { page, close } = await openPage(browser, base, options)
    await page.goto(`${base}/app${path}`)
    await work(page)
    await close()
  }

  const listed = (page, names) =>
    eventually(async () => {
      const table = page.getByRole('table', { name: 'Accounts', exact: true })
      assert.deepEqual(await table.locator('tbody th a').allInnerTexts(), names)
    })
  const byHealth = ['Dogwood Labs', 'Birch Foods', 'Cypress Media', 'Elm Logistics', 'Alder Bank']
  const hundredths = (text) => Math.round(Number(text) * 100)

  it('says what an import has done', () => {
    assert.match(imported.text, /15 rows imported/)
    assert.match(imported.text, /Rows read\s+15/)
    assert.match(imported.text, /Rows rejected\s+0/)
    assert.match(imported.text, /Accounts (created|updated)\s+5/)
    assert.match(imported.text, /Metrics (created|updated)\s+15/)
    assert.match(imported.past, /Done\s+15\s+0/)
  })

  it('shows the average and every bucket in its colour', () =>
    visit('/', async (page) => {
      const average = page.getByRole('link', { name: /average health/i })
      await average.waitFor()
      assert.match(await average.innerText(), /61\.00/)
      assert.match(await average.innerText(), /At-Risk/)
      assert.equal(await computed(average.getByText('61.00'), 'color'), await tokenColour(page, 'at-risk-ink'))

      assert.match(await page.getByRole('link', { name: /^accounts 5/i }).innerText(), /5/)
      assert.match(await page.getByRole('link', { name: /total arr/i }).innerText(), /\$1\.07M/)

      const donut = page.getByRole('img', { name: 'Accounts by health: Healthy 3, At-Risk 1, Critical 1' })
      await donut.waitFor()
      const strokes = await donut.locator('circle[stroke-dasharray]').evaluateAll((rings) => rings.map((ring) => getComputedStyle(ring).stroke))
      const expected = []
      for (const token of ['healthy', 'at-risk', 'critical']) expected.push(await tokenColour(page, token))
      assert.deepEqual(strokes, expected)

      const attention = page.getByRole('table', { name: /need attention/i })
      await attention.getByText('Birch Foods').waitFor()
      assert.equal(await attention.locator('tbody tr').count(), 2)
    }))

  it('leads from a bucket to its accounts', () =>
    visit('/', async (page) => {
      await page.getByRole('region', { name: 'Health of your accounts' }).getByRole('link', { name: /critical/i }).click()
      await page.waitForURL(/\/app\/accounts\?bucket=Critical$/)
      await listed(page, ['Dogwood Labs'])
    }))

  it('keeps filter, search and order in the address', () =>
    visit('/accounts', async (page) => {
      await listed(page, byHealth)

      await page.getByRole('button', { name: 'ARR' }).click()
      await page.getByRole('button', { name: 'ARR' }).click()
      await page.waitForURL(/sort=-arr/)
      await page.getByRole('columnheader', { name: 'ARR' }).and(page.locator('[aria-sort=descending]')).waitFor()
      await page.getByRole('group', { name: 'Bucket' }).getByRole('button', { name: /healthy/i }).click()
      await page.waitForURL(/bucket=Healthy/)
      await page.getByText('3 accounts').waitFor()
      await page.reload()
      await listed(page, ['Alder Bank', 'Elm Logistics', 'Cypress Media'])

      await page.getByRole('searchbox').fill('elm')
      await page.waitForURL(/search=elm/)
      await page.getByText('1 account', { exact: true }).waitFor()
      await listed(page, ['Elm Logistics'])

      await page.getByRole('button', { name: 'Clear' }).click()
      await page.getByText('5 accounts').waitFor()
      assert.equal(await page.getByRole('searchbox').inputValue(), '')
    }))

  it('offers a way out when nothing matches', () =>
    visit('/accounts?search=nobody', async (page) => {
      await page.getByText('No account matches').waitFor()
      await page.getByRole('button', { name: 'Clear the filters' }).click()
      await listed(page, byHealth)
    }))

  it('opens an account from anywhere in its row, and by keyboard', () =>
    visit('/accounts', async (page) => {
      await page.getByRole('row', { name: /Elm Logistics/ }).getByText('$300K').click({ force: true })
      await page.getByRole('heading', { level: 1, name: 'Elm Logistics' }).waitFor()
      await page.goBack()
      await page.getByRole('link', { name: 'Alder Bank' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { level: 1, name: 'Alder Bank' }).waitFor()
    }))

  it('explains a score by factors that add up to it', () =>
    visit('/accounts?search=elm', async (page) => {
      await page.getByRole('link', { name: 'Elm Logistics' }).click()
      await page.getByTestId('score').waitFor()
      assert.equal(await page.getByTestId('score').innerText(), '72.63')
      const contributions = await page.getByTestId('contribution').allInnerTexts()
      assert.equal(contributions.length, 5)
      const sum = contributions.reduce((total, text) => total + hundredths(text), 0)
      assert.equal(sum, hundredths('72.63'))
      assert.equal(await page.getByTestId('waterfall-total').innerText(), '72.63')
      assert.equal(await computed(page.getByTestId('score'), 'color'), await tokenColour(page, 'healthy-ink'))
    }))

  it('names the risks of an account, and playbooks with their steps', () =>
    visit('/accounts?search=dogwood', async (page) => {
      await page.getByRole('link', { name: 'Dogwood Labs' }).click()
      const risks = page.getByRole('list', { name: 'Risk factors' })
      await risks.waitFor()
      assert.deepEqual((await risks.getByRole('listitem').allInnerTexts()).map((text) => text.trim()), [
        'Critical health score',
        'High support ticket volume',
        'Low feature adoption',
        'Low user engagement',
        'Negative NPS score',
        'Infrequent logins',
      ])
      const playbooks = page.getByRole('list', { name: 'Recommended playbooks' }).locator('details')
      assert.equal(await playbooks.count(), 5)
      await playbooks.first().locator('summary').click()
      assert.ok((await playbooks.first().locator('ol > li').count()) >= 6)
    }))

  it('draws each metric of an account, and the address says which', () =>
    visit('/accounts?search=alder', async (page) => {
      await page.getByRole('link', { name: 'Alder Bank' }).click()
      await page.getByRole('slider', { name: /^Health score/ }).waitFor()
      await page.getByRole('button', { name: 'Active users' }).click()
      await page.waitForURL(/chart=active-users/)
      const chart = page.getByRole('slider', { name: /^Active users/ })
      await chart.focus()
      await page.keyboard.press('Home')
      assert.equal(await chart.getAttribute('aria-valuetext'), 'Oct 1, 2024: 158')
      await page.keyboard.press('ArrowRight')
      assert.equal(await chart.getAttribute('aria-valuetext'), 'Oct 2, 2024: 159')
    }))

  it('says so when there is no such account', () =>
    visit('/accounts/999999', (page) => page.getByText('There is no such account').waitFor(), { allow: /404/ }))

  it('checks a file in a dry run and names line and column of a mistake', () =>
    visit('/import', async (page) => {
      const imports = page.getByRole('table', { name: /past imports/i }).locator('tbody tr')
      await imports.first().waitFor()
      const before = await imports.count()
      await page.getByLabel('Dry run').check()
      await page.getByLabel('CSV file', { exact: true }).setInputFiles(flawedFile)
      await page.getByText('Dry run: 1 row would be rejected').waitFor()
      const cells = await page.getByRole('region', { name: 'Row errors' }).locator('tbody td').allInnerTexts()
      assert.deepEqual(cells.slice(0, 2), ['3', 'arr'])
      assert.equal(await imports.count(), before)
    }))

  it("shows the server's own reason when it refuses a file", () =>
    visit(
      '/import',
      async (page) => {
        await page.getByLabel('CSV file', { exact: true }).setInputFiles({ ...accountsFile, name: 'accounts.txt' })
        await page.getByRole('alert').getByText('File must be a CSV').waitFor()
      },
      { allow: /400/ },
    ))

  it('offers a sample that can be imported', () =>
    visit('/import', async (page) => {
      const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('button', { name: 'Sample CSV' }).click()])
      assert.equal(download.suggestedFilename(), 'keepwell-sample.csv')
      await page.getByLabel('Dry run').check()
      await page.getByLabel('CSV file', { exact: true }).setInputFiles({ name: 'sample.csv', mimeType: 'text/csv', buffer: await contents(download) })
      await page.getByText('Dry run: the file is fine').waitFor()
    }))

  async function contents(download) {
    const chunks = []
    for await (const chunk of await download.createReadStream()) chunks.push(chunk)
    return Buffer.concat(chunks)
  }

  it('tells why a list is missing and tries again when asked to', () =>
    visit(
      '/import',
      async (page) => {
        const problem = { type: 'about:blank', title: 'Conflict', status: 409, detail: 'The archive is being moved.', code: 'conflict' }
        const lists = /\/accounts\?/
        await page.route(lists, (route) => route.fulfill({ status: 409, contentType: 'application/problem+json', body: JSON.stringify(problem) }))
        await page.getByRole('link', { name: 'Accounts', exact: true }).first().click()
        await page.getByRole('alert').getByText('The archive is being moved.').waitFor()
        await page.unroute(lists)
        await page.getByRole('button', { name: 'Try again' }).click()
        await listed(page, byHealth)
      },
      { allow: /409/ },
    ))

  it('turns dark at a press and stays dark', () =>
    visit('/', async (page) => {
      const background = () => computed(page.locator('html'), 'backgroundColor')
      const light = await background()
      await page.getByRole('button', { name: 'Dark mode' }).first().click()
      assert.notEqual(await background(), light)
      await page.reload()
      await page.getByRole('button', { name: 'Light mode' }).first().waitFor()
      assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark')
      assert.equal(await background(), await tokenColour(page, 'canvas'))
    }))

  it('follows the system into the dark', () =>
    visit(
      '/',
      async (page) => assert.equal(await page.locator('html').getAttribute('data-theme'), 'dark'),
      { colorScheme: 'dark' },
    ))

  for (const path of ['/', '/accounts', '/accounts?search=dogwood', '/import']) {
    it(`fits a narrow screen without sideways scrolling: ${path}`, () =>
      visit(
        path,
        async (page) => {
          if (path.includes('search')) await page.getByRole('link', { name: 'Dogwood Labs' }).click()
          await page.getByRole('heading', { level: 1 }).waitFor()
          await page.waitForLoadState('networkidle')
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth)) <= 390)
        },
        { width: 390, height: 844 },
      ))
  }

  it('is usable without a mouse from the first key on', () =>
    visit('/', async (page) => {
      await page.getByRole('heading', { level: 1 }).waitFor()
      await page.keyboard.press('Tab')
      const skip = page.getByRole('link', { name: 'Skip to content' })
      assert.ok(await skip.evaluate((element) => element === document.activeElement))
      await page.keyboard.press('Enter')
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'content')
    }))

  it('serves the API documentation without another host', async () => {
    const { page, close } = await openPage(browser, base)
    await page.goto(`${base}/docs`)
    await page.getByRole('heading', { name: /Keepwell/ }).first().waitFor()
    await page.getByText('/portfolio/summary').first().waitFor()
    await page.goto(`${base}/redoc`)
    await page.getByRole('heading', { name: /Keepwell/ }).first().waitFor()
    await page.getByText('/portfolio/summary').first().waitFor()
    await close()
  })
})
