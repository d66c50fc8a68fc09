import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const runOnly = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa']

/** Fails with what WCAG 2.1 AA finds wrong with the page as it stands. */
export async function assertAccessible(page) {
  await page.evaluate(axe)
  const violations = await page.evaluate(
    async (tags) => (await globalThis.axe.run(document, { runOnly: tags })).violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 200)).join(' | ')}`),
    runOnly,
  )
  assert.deepEqual(violations, [])
}
