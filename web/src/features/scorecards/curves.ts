import type { Curve, CurveKind, CurvePoint } from '@/shared/api/scorecard'

export const curveKinds: readonly { value: CurveKind; label: string; hint: string }[] = [
  { value: 'built_in', label: 'Built in', hint: 'The factor scores itself.' },
  { value: 'bands', label: 'Bands', hint: 'The score of the last point that the value has reached; below the first point 0.' },
  { value: 'linear', label: 'Linear', hint: 'Straight lines between the points, level beyond them.' },
  { value: 'segment_relative', label: 'Relative to the segment', hint: 'As linear, over the value divided by what the customer’s segment is expected to reach.' },
]

const byValue = (points: readonly CurvePoint[]) => [...points].sort((one, other) => one.value - other.value)

/** The score that points give a value: in steps, or along straight lines that are level beyond the ends. */
export function scoreAt(kind: Exclude<CurveKind, 'built_in'>, points: readonly CurvePoint[], value: number): number {
  const sorted = byValue(points)
  const reached = sorted.filter((point) => point.value <= value)
  const last = reached[reached.length - 1]
  if (kind === 'bands') return last?.score ?? 0
  const next = sorted[reached.length]
  if (!last) return next?.score ?? 0
  if (!next) return last.score
  return last.score + ((value - last.value) / (next.value - last.value)) * (next.score - last.score)
}

/** The corners of a curve's drawing, from a little before its first point to a little behind its last. */
export function curveCorners(kind: Exclude<CurveKind, 'built_in'>, points: readonly CurvePoint[]): CurvePoint[] {
  const sorted = byValue(points.filter((point) => Number.isFinite(point.value) && Number.isFinite(point.score)))
  const first = sorted[0]
  const last = sorted[sorted.length - 1]
  if (!first || !last) return []
  const room = (last.value - first.value || Math.abs(first.value) || 1) * 0.15
  const corners: CurvePoint[] = [{ value: first.value - room, score: scoreAt(kind, sorted, first.value - room) }]
  let before = corners[0]?.score ?? 0
  for (const point of sorted) {
    if (kind === 'bands') corners.push({ value: point.value, score: before })
    corners.push(point)
    before = point.score
  }
  corners.push({ value: last.value + room, score: last.score })
  return corners
}

/** A curve of another kind: one that has points keeps them, a new one begins with a plain rise. */
export function changeKind(curve: Curve, kind: CurveKind): Curve {
  if (kind === 'built_in') return { ...curve, kind, points: [] }
  const start = kind === 'segment_relative' ? [{ value: 0, score: 0 }, { value: 1, score: 100 }] : [{ value: 0, score: 0 }, { value: 100, score: 100 }]
  return { ...curve, kind, points: curve.points.length > 0 ? curve.points : start }
}

/** One more point behind the last. */
export function addPoint(points: readonly CurvePoint[]): CurvePoint[] {
  const last = points[points.length - 1]
  const before = points[points.length - 2]
  const step = last && before ? last.value - before.value : 1
  return [...points, { value: (last?.value ?? 0) + (step > 0 ? step : 1), score: last?.score ?? 0 }]
}
