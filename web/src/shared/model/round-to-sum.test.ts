import { describe, expect, it } from 'vitest'

import { roundToSum } from './round-to-sum'

describe('roundToSum', () => {
  it.each([
    [[25, 19.5, 15, 11.625, 13.2], 84.33],
    [[33.333333, 33.333333, 33.333333], 100],
    [[0.005, 0.005], 0.01],
    [[7.5, 0, 12.3456], 19.85],
    [[], 0],
  ])('gives %j numbers that add up to %d', (values, expected) => {
    const hundredths = roundToSum(values).reduce((sum, value) => sum + Math.round(value * 100), 0)
    expect(hundredths).toBe(Math.round(expected * 100))
  })

  it('moves no number by more than a hundredth', () => {
    const values = [1.111111, 2.222222, 3.333333, 4.444444]
    roundToSum(values).forEach((rounded, index) => expect(Math.abs(rounded - (values[index] ?? 0))).toBeLessThanOrEqual(0.01))
  })

  it('reaches a sum that is given, upwards and downwards', () => {
    expect(roundToSum([0.001], 0.01)).toEqual([0.01])
    const lowered = roundToSum([0.02, -0.01], 0).reduce((sum, value) => sum + Math.round(value * 100), 0)
    expect(lowered).toBe(0)
  })
})
