import { describe, expect, it } from 'vitest'

import type { FactorScore } from '@/shared/api/types'

import { mostToGain, waterfallSteps } from './factors'

function factor(name: string, weight: number, contribution: number, change: Partial<FactorScore> = {}): FactorScore {
  return { name, weight, contribution, score: (contribution / weight) * 100, value: 1, description: '', trend: null, has_data: true, ...change }
}

const acme = [
  factor('daily_active_users', 25, 25),
  factor('feature_adoption_rate', 25, 19.5),
  factor('support_tickets_open', 20, 15),
  factor('nps', 15, 11.625),
  factor('login_rate', 15, 13.2),
]

describe('waterfallSteps', () => {
  it('climbs without a gap from nothing to the score', () => {
    const steps = waterfallSteps(acme)
    expect(steps[0]?.from).toBe(0)
    steps.slice(1).forEach((step, index) => expect(step.from).toBe(steps[index]?.to))
    expect(steps[steps.length - 1]?.to).toBeCloseTo(84.325, 10)
  })

  it('shares 100 points out by weight, whatever the weights add up to', () => {
    const steps = waterfallSteps([factor('a', 3, 60), factor('b', 1, 20)])
    expect(steps.map((step) => step.possible)).toEqual([75, 25])
  })

  it('gives no room to a factor that was left out, but to one that counts as neutral', () => {
    const missing = { score: null, has_data: false }
    const steps = waterfallSteps([factor('a', 50, 40), factor('left_out', 25, 0, missing), factor('neutral', 50, 25, missing)])
    expect(steps.map((step) => step.possible)).toEqual([50, 0, 50])
  })
})

describe('mostToGain', () => {
  it('names the factor with the most points missing', () => {
    expect(mostToGain(acme)?.factor.name).toBe('feature_adoption_rate')
  })

  it('names none when nothing is missing', () => {
    expect(mostToGain([factor('a', 50, 50), factor('b', 50, 50)])).toBeUndefined()
  })
})
