import { describe, expect, it } from 'vitest'

import type { ChangeLine, CustomerHealth, FactorHealth, HealthChanges } from '@/shared/api/health'

import { changeDomain, changeRows, explanationRows } from './explanation'

const bands = { healthy_from: 75, at_risk_from: 50 }

function factor(weight: number, contribution: number, change: Partial<FactorHealth> = {}): FactorHealth {
  return { score: 80, value: 1, unit: '', description: 'Fine', trend: null, weight, contribution, ...change }
}

function health(change: Partial<CustomerHealth>): CustomerHealth {
  return {
    customer_id: 1,
    customer_name: 'Acme',
    overall_score: 60,
    raw_score: 60,
    computed_score: 60,
    status: 'at_risk',
    coverage: 1,
    scorecard: 'activity',
    scorecard_version: 1,
    as_of: '2026-03-01',
    calculated_at: '2026-03-01T12:00:00Z',
    factors: {},
    cap: null,
    override: null,
    recommendations: [],
    smallest_change: null,
    data_summary: { events_analyzed: 3, customer_segment: 'smb', first_event_day: null, window_days: 30 },
    ...change,
  }
}

const hundredths = (text: string) => Math.round(Number(text.replace('−', '-').replace('+', '')) * 100)

describe('explanationRows', () => {
  const thirds = { api_usage: factor(1, 100 / 3), login_frequency: factor(1, 100 / 3), nps: factor(1, 100 / 3) }

  it('shows numbers that add up to the score that is shown', () => {
    const rows = explanationRows(health({ factors: thirds, overall_score: 100, raw_score: 100, status: 'healthy' }), bands)
    expect(rows.map((row) => row.label)).toEqual(['API usage', 'Login frequency', 'NPS', 'Health score'])
    expect(rows.slice(0, 3).reduce((sum, row) => sum + hundredths(row.text), 0)).toBe(10_000)
  })

  it('climbs without a gap', () => {
    const rows = explanationRows(health({ factors: thirds, overall_score: 100, raw_score: 100, status: 'healthy' }), bands)
    expect(rows[0]?.from).toBe(0)
    expect(rows[1]?.from).toBe(rows[0]?.to)
    expect(rows[2]?.to).toBeCloseTo(100, 10)
  })

  it('sets a cap and an override behind the factors, each with what it moved', () => {
    const rows = explanationRows(
      health({
        factors: { api_usage: factor(1, 82.345) },
        raw_score: 82.345,
        computed_score: 40,
        overall_score: 65,
        cap: { name: 'unpaid', reason: 'An invoice is overdue', points: 40 - 82.345 },
        override: { id: 1, score: 65, author: 'ana', reason: 'They have called', created_at: '', expires_at: '', points: 25 },
      }),
      bands,
    )
    expect(rows.map(({ label, text }) => [label, text])).toEqual([
      ['API usage', '82.35'],
      ['By the factors', '82.35'],
      ['Cap: Unpaid', '−42.35'],
      ['Set by ana', '+25.00'],
      ['Health score', '65.00'],
    ])
  })

  it('never paints a factor without data red', () => {
    const [row] = explanationRows(health({ factors: { api_usage: factor(1, 0, { score: null, value: null, description: 'No tickets source connected' }), nps: factor(1, 60) } }), bands)
    expect(row).toMatchObject({ bar: 'bg-insufficient', text: '–', note: 'No tickets source connected · left out' })
  })

  it('has nothing to show without a score', () => {
    expect(explanationRows(health({ overall_score: null, raw_score: null, computed_score: null }), bands)).toEqual([])
  })
})

describe('changeRows', () => {
  const line = (points: number, change: Partial<ChangeLine> = {}): ChangeLine => ({ kind: 'factor', name: `factor_${points}`, points, score_before: 1, score_after: 2, value_before: null, value_after: null, description: '', ...change })
  const changes = (from: number | null, to: number | null, lines: ChangeLine[]): HealthChanges => ({
    from: { date: '2026-02-01', overall_score: from, status: 'at_risk' },
    to: { date: '2026-03-01', overall_score: to, status: 'healthy' },
    difference: (to ?? 0) - (from ?? 0),
    lines,
  })

  it.each([
    [50, 60, [7.005, 2.995]],
    [72.344, 70.126, [-3.333, 1.115]],
    [10.005, 10.0149, [0.0099]],
    [null, 42.5, [42.5]],
  ])('leads from %s to %s in steps whose numbers add up', (from, to, points) => {
    const rows = changeRows(changes(from, to, points.map((value) => line(value))))
    const [first, ...rest] = rows
    const last = rest[rest.length - 1]
    const sum = rest.slice(0, -1).reduce((total, row) => total + hundredths(row.text), 0)
    expect(sum).toBe(hundredths(last?.text ?? '') - (from === null ? 0 : hundredths(first?.text ?? '')))
    expect(rest[0]?.from).toBe(from ?? 0)
    expect(rest[rest.length - 2]?.to).toBeCloseTo(to ?? 0, 2)
  })

  it('tells values of a factor, and names weights, caps and overrides', () => {
    const rows = changeRows(
      changes(50, 55, [
        line(5, { name: 'api_usage', value_before: 10, value_after: 30, description: '30 calls' }),
        line(3, { kind: 'weights', name: '' }),
        line(-2, { kind: 'cap', name: 'unpaid' }),
        line(-1, { kind: 'override', name: '' }),
      ]),
    )
    expect(rows.map((row) => row.label).slice(1, -1)).toEqual(['API usage', 'Weights and data', 'Cap: Unpaid', 'Set by hand'])
    expect(rows[1]?.note).toBe('10 → 30 · 30 calls')
  })

  it('draws what moved, not the whole way from 0', () => {
    const [low, high] = changeDomain(changeRows(changes(70, 74, [line(6), line(-2)])))
    expect(low).toBeGreaterThan(60)
    expect(high).toBeLessThanOrEqual(80)
  })
})
