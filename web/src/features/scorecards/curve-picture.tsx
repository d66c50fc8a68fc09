import type { CurveKind, CurvePoint } from '@/shared/api/scorecard'
import { linearScale, niceTicks } from '@/shared/charts/scale'
import { formatCount } from '@/shared/model/format'

import { curveCorners } from './curves'

const width = 320
const height = 150
const margin = { top: 8, right: 10, bottom: 22, left: 30 }

interface CurvePictureProps {
  kind: Exclude<CurveKind, 'built_in'>
  points: readonly CurvePoint[]
  unit: string
}

export function CurvePicture({ kind, points, unit }: CurvePictureProps) {
  const corners = curveCorners(kind, points)
  const first = corners[0]
  const last = corners[corners.length - 1]
  if (!first || !last) return <p className="self-center text-xs text-ink-faint">A curve needs points.</p>
  const x = linearScale([first.value, last.value], [margin.left, width - margin.right])
  const y = linearScale([0, 100], [height - margin.bottom, margin.top])
  const line = corners.map((corner, index) => `${index === 0 ? 'M' : 'L'}${x(corner.value).toFixed(1)} ${y(corner.score).toFixed(1)}`).join(' ')
  const ticks = niceTicks(first.value, last.value).filter((tick) => tick >= first.value && tick <= last.value)
  const spoken = points.map((point) => `${point.value} gives ${point.score}`).join(', ')
  return (
    <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={`Curve: ${spoken}`} className="w-full max-w-md">
      {[0, 50, 100].map((score) => (
        <g key={score}>
          <line x1={margin.left} x2={width - margin.right} y1={y(score)} y2={y(score)} className="stroke-line" />
          <text x={margin.left - 6} y={y(score) + 4} textAnchor="end" className="number fill-ink-faint text-2xs">
            {score}
          </text>
        </g>
      ))}
      {ticks.map((tick) => (
        <text key={tick} x={x(tick)} y={height - 6} textAnchor="middle" className="number fill-ink-faint text-2xs">
          {formatCount(tick)}
        </text>
      ))}
      <path d={`${line} L${x(last.value).toFixed(1)} ${y(0)} L${x(first.value).toFixed(1)} ${y(0)} Z`} className="fill-brand opacity-10" />
      <path d={line} fill="none" strokeWidth="2.25" strokeLinejoin="round" className="stroke-brand" />
      {points.map((point, index) => (
        <circle key={index} cx={x(point.value)} cy={y(point.score)} r="3.5" strokeWidth="2" className="fill-surface stroke-brand">
          <title>{`${point.value} ${unit}: ${point.score}`}</title>
        </circle>
      ))}
    </svg>
  )
}
