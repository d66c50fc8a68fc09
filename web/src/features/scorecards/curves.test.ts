import { describe, expect, it } from 'vitest'

import { addPoint, changeKind, curveCorners, scoreAt } from './curves'

const points = [
  { value: 10, score: 20 },
  { value: 20, score: 60 },
  { value: 40, score: 100 },
]

describe('scoreAt', () => {
  it.each([
    [9.9, 0],
    [10, 20],
    [19.9, 20],
    [20, 60],
    [1000, 100],
  ])('in bands: %d gives %d', (value, expected) => {
    expect(scoreAt('bands', points, value)).toBe(expected)
  })

  it.each([
    [0, 20],
    [10, 20],
    [15, 40],
    [30, 80],
    [1000, 100],
  ])('along lines: %d gives %d', (value, expected) => {
    expect(scoreAt('linear', points, value)).toBeCloseTo(expected, 10)
  })

  it('does not mind the order of the points', () => {
    expect(scoreAt('linear', [...points].reverse(), 15)).toBeCloseTo(40, 10)
  })
})

describe('curveCorners', () => {
  it('rises in steps at the points of bands', () => {
    const corners = curveCorners('bands', points)
    expect(corners[0]?.score).toBe(0)
    expect(corners.filter((corner) => corner.value === 20).map((corner) => corner.score)).toEqual([20, 60])
  })

  it('is level beyond the ends of lines', () => {
    const corners = curveCorners('linear', points)
    expect(corners.map((corner) => corner.score)).toEqual([20, 20, 60, 100, 100])
  })

  it('draws a single point, and nothing without any', () => {
    expect(curveCorners('linear', [{ value: 0, score: 50 }])).toHaveLength(3)
    expect(curveCorners('bands', [])).toEqual([])
    expect(curveCorners('bands', [{ value: Number.NaN, score: 50 }])).toEqual([])
  })
})

describe('a curve that is edited', () => {
  const builtIn = { kind: 'built_in', points: [], expected: {}, expected_otherwise: 1 } as const

  it('begins with a rise and keeps its points when its kind changes', () => {
    const linear = changeKind({ ...builtIn, points: [] }, 'linear')
    expect(linear.points).toHaveLength(2)
    expect(changeKind({ ...linear, points }, 'bands').points).toEqual(points)
  })

  it('is built in without points', () => {
    expect(changeKind({ ...builtIn, kind: 'linear', points }, 'built_in').points).toEqual([])
  })

  it('gets its next point behind the last', () => {
    expect(addPoint(points)[3]).toEqual({ value: 60, score: 100 })
    expect(addPoint([])).toEqual([{ value: 1, score: 0 }])
  })
})
