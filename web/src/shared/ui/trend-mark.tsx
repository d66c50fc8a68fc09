import { Minus, TrendingDown, TrendingUp } from 'lucide-react'

import type { Direction } from '@/shared/api/types'

const marks = {
  improving: { icon: TrendingUp, ink: 'text-healthy-ink', label: 'Improving' },
  stable: { icon: Minus, ink: 'text-ink-faint', label: 'Stable' },
  declining: { icon: TrendingDown, ink: 'text-critical-ink', label: 'Declining' },
} as const

export function TrendMark({ direction }: { direction: Direction }) {
  const { icon: Icon, ink, label } = marks[direction]
  return (
    <span className={`inline-flex items-center gap-1 whitespace-nowrap text-xs font-medium ${ink}`}>
      <Icon aria-hidden className="size-3.5" />
      {label}
    </span>
  )
}

/** The direction of a plain number. */
export function changeDirection(change: number): Direction {
  if (change > 0) return 'improving'
  return change < 0 ? 'declining' : 'stable'
}
