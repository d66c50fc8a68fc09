import assert from 'node:assert/strict'

import { chromium } from 'playwright-core'

import { readContract } from '../dev/mock/contract.mjs'
import { startMockServer } from '../dev/mock/server.mjs'
import { Store } from '../dev/mock/store.mjs'

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** The server of KEEPWELL_URL, which must have an empty database; `mock` starts the stand-in. */
export async function openServer() {
  const url = process.env.KEEPWELL_URL
  if (!url) throw new Error('Set KEEPWELL_URL to the address of a server with an empty database, or to "mock".')
  return url === 'mock' ? startMockServer(new Store(), { openapi: readContract() }) : { url: url.replace(/\/$/, ''), close: () => undefined }
}

export const openBrowser = () => chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: flags })

/**
 * A page in a fresh profile. `close()` fails when the page has logged an error or asked any other host for
 * anything; `allow` names errors that a test provokes on purpose.
 */
export async function openPage(browser, base, { width = 1440, height = 900, colorScheme = 'light', allow } = {}) {
  const context = await browser.newContext({ viewport: { width, height }, colorScheme, locale: 'en-US', timezoneId: 'UTC' })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  const errors = []
  const foreign = []
  page.on('console', (message) => {
    if (message.type() === 'error' && !allow?.test(message.text())) errors.push(message.text())
  })
  page.on('pageerror', (error) => errors.push(error.message))
  page.on('request', (request) => {
    const { protocol, origin } = new URL(request.url())
    if (protocol.startsWith('http') && origin !== base) foreign.push(request.url())
  })
  const close = async () => {
    await context.close()
    assert.deepEqual(errors, [], 'the console stays free of errors')
    assert.deepEqual(foreign, [], 'no other host is asked for anything')
  }
  return { page, close }
}

/** The colour that a token of src/shared/tokens.css has on this page, as getComputedStyle writes colours. */
export const tokenColour = (page, token) =>
  page.evaluate((name) => `rgb(${getComputedStyle(document.documentElement).getPropertyValue(name).trim().replaceAll(' ', ', ')})`, `--${token}`)

/** Asks again until `check` passes or five seconds are over; then its own failure is the test's. */
export async function eventually(check) {
  const deadline = Date.now() + 5000
  for (;;) {
    try {
      return await check()
    } catch (failure) {
      if (Date.now() > deadline) throw failure
      await new Promise((resolve) => setTimeout(resolve, 50))
    }
  }
}

export const computed = (locator, property) => locator.evaluate((element, name) => getComputedStyle(element)[name], property)
