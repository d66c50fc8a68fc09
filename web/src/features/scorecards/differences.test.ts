import { describe, expect, it } from 'vitest'

import type { ScorecardDraft, ScorecardFactor } from '@/shared/api/scorecard'

import { differences } from './differences'

const entry = (factor: string, weight: number): ScorecardFactor => ({ factor, weight, missing: 'exclude', half_life_days: 30, curve: { kind: 'built_in', points: [], expected: {}, expected_otherwise: 1 } })
const card: ScorecardDraft = { name: 'activity', description: 'x', factors: [entry('api_usage', 3), entry('nps', 1)], bands: { healthy_from: 75, at_risk_from: 50 }, minimum_coverage: 0.5, caps: [] }
const cap = { name: 'unpaid', reason: 'Overdue', subject: 'coverage', comparison: '<', threshold: 0.5, maximum: 40, expires: null } as const

describe('differences', () => {
  it('are none between equals, whatever the scale of the weights', () => {
    expect(differences(card, { ...card, factors: [entry('api_usage', 30), entry('nps', 10)] })).toEqual([])
  })

  it('name weights as shares', () => {
    expect(differences(card, { ...card, factors: [entry('api_usage', 1), entry('nps', 1)] })).toEqual(['API usage weighs 50.0% instead of 75.0%.', 'NPS weighs 50.0% instead of 25.0%.'])
  })

  it('name factors that came and went', () => {
    expect(differences(card, { ...card, factors: [entry('api_usage', 3), entry('renewal', 1)] })).toEqual(['NPS no longer counts.', 'Renewal counts for 25.0%.'])
  })

  it('name policies and curves', () => {
    const [first, second] = card.factors
    if (!first || !second) throw new Error('two factors are needed')
    const curve = { ...first.curve, kind: 'linear' as const, points: [{ value: 0, score: 0 }] }
    expect(differences(card, { ...card, factors: [{ ...first, curve }, { ...second, missing: 'zero' }] })).toEqual([
      'API usage is scored by linear instead of built in.',
      'NPS without data: counts as 0 instead of left out.',
    ])
  })

  it('name bands, coverage and caps', () => {
    const after = { ...card, bands: { healthy_from: 80, at_risk_from: 50 }, minimum_coverage: 0.6, caps: [cap] }
    expect(differences(card, after)).toEqual(['A cap “Unpaid”: at most 40 while coverage < 0.50.', 'Healthy begins at 80 instead of 75.', 'A score needs 60% coverage instead of 50%.'])
    expect(differences(after, { ...after, caps: [{ ...cap, maximum: 30 }] })).toEqual(['The cap “Unpaid” now says: at most 30 while coverage < 0.50.'])
    expect(differences(after, { ...after, caps: [] })).toEqual(['The cap “Unpaid” is gone.'])
  })
})
