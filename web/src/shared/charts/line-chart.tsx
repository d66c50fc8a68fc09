import { useState, type KeyboardEvent, type PointerEvent } from 'react'

import { formatDay, formatDayShort } from '@/shared/model/format'

import { linearScale, niceTicks } from './scale'
import { useWidth } from './use-width'

export interface ChartPoint {
  day: string
  value: number | null
}

export interface ChartBand {
  from: number
  to: number
  fill: string
}

interface LineChartProps {
  label: string
  points: ChartPoint[]
  format: (value: number) => string
  /** Fixed ends of the axis; the data's own if not given. */
  domain?: [number, number]
  bands?: ChartBand[]
}

const height = 260
const margin = { top: 12, right: 12, bottom: 26, left: 48 }

/** One value over days. Pointer and arrow keys read single days off. */
export function LineChart({ label, points, format, domain, bands = [] }: LineChartProps) {
  const [frame, width] = useWidth<HTMLDivElement>()
  const [active, setActive] = useState<number | null>(null)

  const values = points.flatMap((point) => (point.value === null ? [] : [point.value]))
  const ticks = domain ? niceTicks(...domain) : niceTicks(Math.min(...values), Math.max(...values))
  const low = domain?.[0] ?? Math.min(ticks[0] ?? 0, ...values)
  const high = domain?.[1] ?? Math.max(ticks[ticks.length - 1] ?? 1, ...values)
  const times = points.map((point) => Date.parse(point.day))
  const x = linearScale([times[0] ?? 0, times[times.length - 1] ?? 1], [margin.left, width - margin.right])
  const y = linearScale([low, high], [height - margin.bottom, margin.top])

  const dots = points.map((point, index) => ({ ...point, x: x(times[index] ?? 0), y: point.value === null ? null : y(point.value) }))
  const line = linePath(dots)
  const chosen = active === null ? undefined : dots[active]

  function follow(event: PointerEvent<SVGSVGElement>) {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left
    const nearest = dots.reduce((best, dot, index) => (Math.abs(dot.x - at) < Math.abs((dots[best]?.x ?? 0) - at) ? index : best), 0)
    setActive(nearest)
  }

  function step(event: KeyboardEvent) {
    const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -points.length, End: points.length }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    setActive((at) => Math.min(Math.max((at ?? points.length - 1) + move, 0), points.length - 1))
  }

  const reading = chosen && (chosen.value === null ? `${formatDay(chosen.day)}: no data` : `${formatDay(chosen.day)}: ${format(chosen.value)}`)
  const last = dots[dots.length - 1]
  return (
    <div ref={frame} className="relative" style={{ height }}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="slider"
          tabIndex={0}
          aria-label={`${label}. Arrow keys read single days.`}
          aria-valuemin={0}
          aria-valuemax={points.length - 1}
          aria-valuenow={active ?? points.length - 1}
          aria-valuetext={reading ?? (last?.value == null ? 'No data' : `${formatDay(last.day)}: ${format(last.value)}`)}
          className="touch-pan-y rounded-lg"
          onPointerMove={follow}
          onPointerLeave={() => setActive(null)}
          onKeyDown={step}
          onBlur={() => setActive(null)}
        >
          {bands.map((band) => (
            <rect key={band.from} x={margin.left} width={Math.max(width - margin.left - margin.right, 0)} y={y(band.to)} height={y(band.from) - y(band.to)} className={`${band.fill} opacity-[0.09]`} />
          ))}
          {ticks.filter((tick) => tick >= low && tick <= high).map((tick) => (
            <g key={tick}>
              <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
              <text x={margin.left - 8} y={y(tick) + 4} textAnchor="end" className="number fill-ink-faint text-2xs">
                {format(tick)}
              </text>
            </g>
          ))}
          {dayTicks(dots, width).map((dot) => (
            <text key={dot.day} x={dot.x} y={height - 6} textAnchor={dot.anchor} className="fill-ink-faint text-2xs">
              {formatDayShort(dot.day)}
            </text>
          ))}
          <path d={line} fill="none" strokeWidth="2.25" strokeLinejoin="round" strokeLinecap="round" className="stroke-brand" />
          {dots.length < 40 &&
            dots.map((dot) => dot.y !== null && <circle key={dot.day} cx={dot.x} cy={dot.y} r="3" strokeWidth="1.75" className="fill-surface stroke-brand" />)}
          {chosen && (
            <g>
              <line x1={chosen.x} x2={chosen.x} y1={margin.top} y2={height - margin.bottom} strokeDasharray="3 3" className="stroke-ink-faint" />
              {chosen.y !== null && <circle cx={chosen.x} cy={chosen.y} r="5" strokeWidth="2.5" className="fill-surface stroke-brand" />}
            </g>
          )}
        </svg>
      )}
      {chosen && (
        <div
          aria-hidden
          className={`pointer-events-none absolute top-2 rounded-lg border border-line bg-surface px-2.5 py-1.5 text-xs shadow-lift ${chosen.x > width / 2 ? '-translate-x-full' : ''}`}
          style={{ left: chosen.x + (chosen.x > width / 2 ? -10 : 10) }}
        >
          <span className="block text-ink-faint">{formatDay(chosen.day)}</span>
          <span className="number block font-semibold">{chosen.value === null ? 'No data' : format(chosen.value)}</span>
        </div>
      )}
    </div>
  )
}

/** A line that is broken where days have no value. */
function linePath(dots: { x: number; y: number | null }[]): string {
  let pen = 'M'
  return dots
    .map((dot) => {
      if (dot.y === null) {
        pen = 'M'
        return ''
      }
      const part = `${pen}${dot.x.toFixed(1)} ${dot.y.toFixed(1)}`
      pen = 'L'
      return part
    })
    .join(' ')
}

/** As many days as fit below the axis, the first and the last among them. */
function dayTicks(dots: { x: number; day: string }[], width: number) {
  const room = Math.max(Math.min(Math.floor((width - margin.left) / 90), dots.length), 2)
  const indices = new Set(Array.from({ length: room }, (_, n) => Math.round((n * (dots.length - 1)) / (room - 1))))
  return [...indices].flatMap((index) => {
    const dot = dots[index]
    if (!dot) return []
    const anchor = dots.length === 1 ? 'middle' : index === 0 ? 'start' : index === dots.length - 1 ? 'end' : 'middle'
    return [{ ...dot, anchor } as const]
  })
}
