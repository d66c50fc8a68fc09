import type { ReactNode } from 'react'

import { linearScale } from './scale'

export interface WaterfallRow {
  key: string
  label: string
  note?: string
  /** Where the bar begins and ends. */
  from: number
  to: number
  /** How far it could have reached. */
  possible?: number
  /** The number beside the bar. */
  text: string
  bar: string
  ink: string
  /** A sum of the rows above rather than a step. */
  total?: boolean
  mark?: ReactNode
}

interface WaterfallChartProps {
  label: string
  rows: readonly WaterfallRow[]
  domain: [number, number]
  /** Values that are marked on every row. */
  borders?: readonly number[]
}

/** Steps that lead from one number to another, one above the other; sums are set in bold. */
export function WaterfallChart({ label, rows, domain, borders = [] }: WaterfallChartProps) {
  const scale = linearScale(domain, [0, 100])
  // Sums begin at 0, which a narrow axis may not show.
  const at = (value: number) => Math.min(Math.max(scale(value), 0), 100)
  const inside = borders.filter((border) => border > domain[0] && border < domain[1])
  return (
    <ol aria-label={label}>
      {rows.map((row) => (
        <li
          key={row.key}
          className={`py-1.5 sm:grid sm:grid-cols-[minmax(8rem,15rem)_1fr_5.5rem] sm:items-center sm:gap-4 ${row.total ? 'border-t border-line' : ''}`}
        >
          <div className="flex min-w-0 items-baseline justify-between gap-3 sm:block">
            <span className={`block truncate ${row.total ? 'font-semibold' : 'font-medium'}`}>{row.label}</span>
            {row.note && (
              <span className="hidden truncate text-xs text-ink-faint sm:block" title={row.note}>
                {row.note}
              </span>
            )}
            <span className={`number whitespace-nowrap sm:hidden ${row.total ? 'font-bold' : 'font-semibold'} ${row.ink}`}>{row.text}</span>
          </div>
          <span aria-hidden className="relative my-1 block h-4 rounded bg-surface-sunken/70 sm:my-0 sm:h-5">
            {inside.map((border) => (
              <span key={border} className="absolute -inset-y-1 w-px bg-line" style={{ left: `${at(border)}%` }} />
            ))}
            {row.possible !== undefined && (
              <span className="absolute inset-y-0 rounded border border-dashed border-ink-faint/50" style={span(at(row.from), at(row.possible))} />
            )}
            {row.from !== row.to && <span className={`absolute inset-y-0 min-w-[2px] rounded ${row.bar}`} style={span(at(row.from), at(row.to))} />}
          </span>
          <span className="hidden items-center justify-end gap-2 sm:flex">
            {row.mark}
            <span data-testid={row.total ? 'waterfall-sum' : 'waterfall-step'} className={`number whitespace-nowrap ${row.total ? 'font-bold' : 'font-semibold'} ${row.ink}`}>
              {row.text}
            </span>
          </span>
          {row.note && <p className="text-xs text-ink-faint sm:hidden">{row.note}</p>}
        </li>
      ))}
    </ol>
  )
}

function span(one: number, other: number) {
  return { left: `${Math.min(one, other)}%`, width: `${Math.abs(other - one)}%` }
}
