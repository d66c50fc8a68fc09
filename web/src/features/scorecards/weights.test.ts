import { describe, expect, it } from 'vitest'

import { sharesOf, weightForShare } from './weights'

describe('sharesOf', () => {
  it.each([
    [[3, 1], [0.75, 0.25]],
    [[0.3, 0.3, 0.6], [0.25, 0.25, 0.5]],
    [[Number.NaN, 2], [0, 1]],
    [[-1, 2], [0, 1]],
    [[0, 0], [0, 0]],
    [[], []],
  ])('of %j are %j', (weights, expected) => {
    expect(sharesOf(weights)).toEqual(expected)
  })
})

describe('weightForShare', () => {
  it('gives one factor its share while the others keep theirs among themselves', () => {
    const weights = [25, 25, 20, 15, 15]
    weights[0] = weightForShare(weights, 0, 0.4)
    const shares = sharesOf(weights)
    expect(shares[0]).toBeCloseTo(0.4, 4)
    expect((shares[1] ?? 0) / (shares[2] ?? 1)).toBeCloseTo(25 / 20, 10)
  })

  it('never makes a weight that the server would refuse', () => {
    expect(weightForShare([1, 1], 0, 0)).toBeGreaterThan(0)
    expect(Number.isFinite(weightForShare([1, 1], 0, 1))).toBe(true)
  })

  it('leaves a lone factor alone', () => {
    expect(weightForShare([7], 0, 0.2)).toBe(7)
  })
})
