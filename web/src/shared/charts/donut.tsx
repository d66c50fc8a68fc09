import type { ReactNode } from 'react'

interface DonutProps {
  slices: { key: string; value: number; stroke: string }[]
  label: string
  children: ReactNode
}

const radius = 42
const around = 2 * Math.PI * radius
const gap = 1.6

/** Shares of a whole as a ring; the number in its middle comes as children. */
export function Donut({ slices, label, children }: DonutProps) {
  const total = slices.reduce((sum, slice) => sum + slice.value, 0)
  const shown = slices.filter((slice) => slice.value > 0)
  let before = 0
  return (
    <div className="relative mx-auto size-44 shrink-0">
      <svg viewBox="0 0 100 100" role="img" aria-label={label} className="size-full -rotate-90">
        <circle cx="50" cy="50" r={radius} fill="none" strokeWidth="13" className="stroke-surface-sunken" />
        {shown.map((slice) => {
          const length = (slice.value / total) * around
          const visible = shown.length > 1 ? Math.max(length - gap, 0.6) : length
          const offset = -before
          before += length
          return (
            <circle
              key={slice.key}
              cx="50"
              cy="50"
              r={radius}
              fill="none"
              strokeWidth="13"
              strokeDasharray={`${visible} ${around - visible}`}
              strokeDashoffset={offset}
              className={slice.stroke}
            />
          )
        })}
      </svg>
      <div className="absolute inset-0 grid place-items-center text-center">{children}</div>
    </div>
  )
}
