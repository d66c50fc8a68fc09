import { describe, expect, it } from 'vitest'

import { mistakeAt } from '@/shared/model/mistakes'

import { capSubjects, newFactor, scorecardMistakes } from './draft'
import { changeField, moved } from './rules'
import { sharesOf } from './weights'

const factor = { name: 'nps', summary: '', default_weight: 20, unit: '', needs: { metrics: true, activity: false, raw_events: false, window_days: 30 }, plugin: null }

describe('a factor that joins a scorecard', () => {
  it('gets its usual share, whatever the scale of the weights', () => {
    const first = newFactor(factor, [])
    const second = newFactor(factor, [{ ...first, factor: 'a', weight: 0.3 }, { ...first, factor: 'b', weight: 0.7 }])
    expect(sharesOf([0.3, 0.7, second.weight])[2]).toBeCloseTo(0.2, 3)
  })

  it('can be looked at by a cap', () => {
    expect(capSubjects([newFactor(factor, [])])).toContain('nps.score')
  })
})

describe('the server’s mistakes', () => {
  it('are found at their fields, also when the scorecard lies inside a larger body', () => {
    const mistakes = scorecardMistakes([
      { pointer: '/scorecard/factors/0/weight', message: 'must be above 0' },
      { pointer: '/bands/healthy_from', message: 'must be at most 100' },
    ])
    expect(mistakeAt(mistakes, 'factors/0/weight')).toBe('must be above 0')
    expect(mistakeAt(mistakes, 'bands/healthy_from')).toBe('must be at most 100')
    expect(mistakeAt(mistakes, 'factors/1/weight')).toBeUndefined()
  })
})

describe('rules', () => {
  it('move up and down', () => {
    expect(moved(['a', 'b', 'c'], 2, -1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a', 'b', 'c'], 0, 1)).toEqual(['b', 'a', 'c'])
  })

  it('compare only what has an order by size', () => {
    const tenure = { field: 'tenure_days', operation: '<=', value: '30' } as const
    expect(changeField(tenure, 'plan')).toEqual({ field: 'plan', operation: '=', value: '30' })
    expect(changeField({ ...tenure, operation: '!=' }, 'plan').operation).toBe('!=')
  })
})
