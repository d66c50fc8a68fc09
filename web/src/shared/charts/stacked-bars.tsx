import { useState, type KeyboardEvent, type PointerEvent } from 'react'

import { formatCount, formatDay, formatDayShort } from '@/shared/model/format'

import { linearScale, niceTicks } from './scale'
import { useWidth } from './use-width'

export interface StackSeries {
  key: string
  label: string
  fill: string
  /** The same colour for the legend. */
  dot: string
}

export interface StackDay {
  day: string
  values: Record<string, number>
}

interface StackedBarsProps {
  label: string
  series: readonly StackSeries[]
  days: readonly StackDay[]
}

const height = 200
const margin = { top: 8, right: 8, bottom: 24, left: 40 }

/** Counts per day, stacked by series. Pointer and arrow keys read single days off. */
export function StackedBars({ label, series, days }: StackedBarsProps) {
  const [frame, width] = useWidth<HTMLDivElement>()
  const [active, setActive] = useState<number | null>(null)

  const sums = days.map((day) => series.reduce((sum, { key }) => sum + (day.values[key] ?? 0), 0))
  const ticks = niceTicks(0, Math.max(...sums, 1)).filter((tick) => Number.isInteger(tick))
  const top = Math.max(ticks[ticks.length - 1] ?? 1, ...sums)
  const y = linearScale([0, top], [height - margin.bottom, margin.top])
  const slot = Math.max(width - margin.left - margin.right, 0) / Math.max(days.length, 1)
  const bar = Math.max(slot * 0.78, 1)

  function follow(event: PointerEvent<SVGSVGElement>) {
    const at = event.clientX - event.currentTarget.getBoundingClientRect().left - margin.left
    setActive(Math.min(Math.max(Math.floor(at / slot), 0), days.length - 1))
  }

  function step(event: KeyboardEvent) {
    const moves: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, Home: -days.length, End: days.length }
    const move = moves[event.key]
    if (move === undefined) return
    event.preventDefault()
    setActive((at) => Math.min(Math.max((at ?? days.length - 1) + move, 0), days.length - 1))
  }

  const shown = active ?? days.length - 1
  const chosen = days[shown]
  const parts = chosen ? series.filter(({ key }) => chosen.values[key]).map((entry) => `${entry.label} ${formatCount(chosen.values[entry.key] ?? 0)}`) : []
  const reading = chosen ? `${formatDay(chosen.day)}: ${parts.join(', ') || 'nothing'}` : 'No data'
  const tickDays = [0, Math.floor((days.length - 1) / 2), days.length - 1].filter((index, at, all) => all.indexOf(index) === at)
  return (
    <div ref={frame}>
      <div style={{ height }}>
        {width > 0 && (
          <svg
            width={width}
            height={height}
            role="slider"
            tabIndex={0}
            aria-label={label}
            aria-valuenow={shown}
            aria-valuemin={0}
            aria-valuemax={days.length - 1}
            aria-valuetext={reading}
            className="touch-pan-y rounded-lg"
            onPointerMove={follow}
            onPointerLeave={() => setActive(null)}
            onKeyDown={step}
            onBlur={() => setActive(null)}
          >
            {ticks.map((tick) => (
              <g key={tick}>
                <line x1={margin.left} x2={width - margin.right} y1={y(tick)} y2={y(tick)} className="stroke-line" />
                <text x={margin.left - 8} y={y(tick) + 4} textAnchor="end" className="number fill-ink-faint text-2xs">
                  {formatCount(tick)}
                </text>
              </g>
            ))}
            {days.map((day, index) => {
              let reached = 0
              const x = margin.left + index * slot + (slot - bar) / 2
              return (
                <g key={day.day} className={active !== null && active !== index ? 'opacity-45' : ''}>
                  {series.map(({ key, fill }) => {
                    const value = day.values[key] ?? 0
                    if (value === 0) return null
                    const bottom = y(reached)
                    reached += value
                    return <rect key={key} x={x} y={y(reached)} width={bar} height={Math.max(bottom - y(reached), 0.5)} className={fill} />
                  })}
                </g>
              )
            })}
            {tickDays.map((index) => (
              <text key={index} x={margin.left + (index + 0.5) * slot} y={height - 6} textAnchor={index === 0 ? 'start' : index === days.length - 1 ? 'end' : 'middle'} className="fill-ink-faint text-2xs">
                {formatDayShort(days[index]?.day ?? '')}
              </text>
            ))}
          </svg>
        )}
      </div>
      <p aria-hidden className="number mt-1 min-h-4 text-xs text-ink-soft">
        {active === null ? '\u00a0' : reading}
      </p>
      <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-xs text-ink-soft">
        {series.map((entry) => (
          <li key={entry.key} className="flex items-center gap-1.5">
            <span aria-hidden className={`size-2.5 rounded-sm ${entry.dot}`} />
            {entry.label}
          </li>
        ))}
      </ul>
    </div>
  )
}
