import { expect, it } from 'vitest'

import { columns } from './columns'
import { sampleCsv } from './sample-csv'

const lines = sampleCsv(new Date('2024-10-03T12:00:00Z')).trimEnd().split('\r\n')
const rows = lines.slice(1).map((line) => {
  const cells = line.split(',')
  return Object.fromEntries(columns.map((column, index) => [column.name, cells[index] ?? '']))
})

it('has a header and a row per account and day', () => {
  expect(lines[0]).toBe(columns.map((column) => column.name).join(','))
  expect(new Set(rows.map((row) => `${row.account_name} ${row.date}`)).size).toBe(6 * 90)
  expect(rows).toHaveLength(6 * 90)
})

it('ends on the day that was asked for', () => {
  expect(rows.map((row) => row.date).sort().pop()).toBe('2024-10-03')
})

it('keeps every number within what an import takes', () => {
  for (const row of rows) {
    for (const share of [row.feature_adoption_rate, row.login_frequency].map(Number)) expect(share >= 0 && share <= 1).toBe(true)
    for (const count of [row.daily_active_users, row.support_tickets_open].map(Number)) expect(Number.isInteger(count) && count >= 0).toBe(true)
    expect(Math.abs(Number(row.nps_score))).toBeLessThanOrEqual(100)
  }
})
