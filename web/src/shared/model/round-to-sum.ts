import { roundHalfUp } from './format'

/**
 * The values in hundredths such that their sum is `target`: the rounded sum of the values, if not given. The
 * values that lost most to rounding get the hundredths that are missing.
 */
export function roundToSum(values: readonly number[], target?: number): number[] {
  const wanted = Math.round((target ?? roundHalfUp(values.reduce((sum, value) => sum + value, 0))) * 100)
  const rows = values.map((value, index) => {
    const exact = Number((value * 100).toPrecision(12))
    const floor = Math.floor(exact)
    return { index, floor, rest: exact - floor }
  })
  const missing = wanted - rows.reduce((sum, row) => sum + row.floor, 0)
  const byLoss = [...rows].sort((one, other) => (missing > 0 ? other.rest - one.rest : one.rest - other.rest))
  const moved = new Set(byLoss.slice(0, Math.abs(missing)).map((row) => row.index))
  return rows.map((row) => (row.floor + (moved.has(row.index) ? Math.sign(missing) : 0)) / 100)
}
