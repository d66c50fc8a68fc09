import { describe, expect, it } from 'vitest'

import { formatBytes, formatChange, formatScore, formatShare, roundHalfUp } from './format'

describe('roundHalfUp', () => {
  it.each([
    [84.325, 84.33],
    [11.625, 11.63],
    [1.005, 1.01],
    [62.625, 62.63],
    [11.624999999999998, 11.63],
    [84.3249, 84.32],
    [0, 0],
    [100, 100],
    [1e-9, 0],
  ])('rounds %d to %d, as on paper', (value, expected) => {
    expect(roundHalfUp(value)).toBe(expected)
  })

  it('never answers a negative zero', () => {
    expect(Object.is(roundHalfUp(-0.001), 0)).toBe(true)
  })
})

describe('formats', () => {
  it('writes a score with two decimals', () => {
    expect(formatScore(43.5)).toBe((43.5).toLocaleString(undefined, { minimumFractionDigits: 2 }))
  })

  it('writes a dash for a score that is not there', () => {
    expect(formatScore(null)).toBe('–')
  })

  it.each([
    [1.5, '+'],
    [-1.5, '−'],
  ])('puts a sign in front of the change %d', (change, sign) => {
    expect(formatChange(change)).toMatch(new RegExp(`^\\${sign}1`))
  })

  it('puts no sign in front of a change that rounds to nothing', () => {
    expect(formatChange(-0.001)).toMatch(/^0/)
  })

  it('writes a share as percent', () => {
    expect(formatShare(0.785)).toBe('79%')
  })

  it.each([
    [999, '999 B'],
    [1132, /^1.1 kB$/],
    [24_000_000, '24 MB'],
    [5_000_000_000_000, /GB$/],
  ])('writes %d bytes in a unit that fits', (bytes, expected) => {
    expect(formatBytes(bytes)).toMatch(expected)
  })
})
