import { describe, expect, it } from 'vitest'

import { activitySeries } from './activity-series'

describe('activitySeries', () => {
  it('has every day of the span, also those without events', () => {
    const { days } = activitySeries({ from: '2026-02-27', until: '2026-03-02', days: [{ date: '2026-03-01', events: { login: 2 } }] })
    expect(days.map(({ day, values }) => [day, values['login'] ?? 0])).toEqual([
      ['2026-02-27', 0],
      ['2026-02-28', 0],
      ['2026-03-01', 2],
      ['2026-03-02', 0],
    ])
  })

  it('puts the most frequent types first and all beyond the colours together', () => {
    const events = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6, g: 7 }
    const { series, days } = activitySeries({ from: '2026-03-01', until: '2026-03-01', days: [{ date: '2026-03-01', events }] })
    expect(series.map(({ label }) => label)).toEqual(['G', 'F', 'E', 'D', 'C', '2 other types'])
    const total = series.reduce((sum, { key }) => sum + (days[0]?.values[key] ?? 0), 0)
    expect(total).toBe(28)
  })

  it('gives six types their own colours', () => {
    const events = { a: 1, b: 2, c: 3, d: 4, e: 5, f: 6 }
    const { series } = activitySeries({ from: '2026-03-01', until: '2026-03-01', days: [{ date: '2026-03-01', events }] })
    expect(new Set(series.map(({ fill }) => fill)).size).toBe(6)
  })
})
