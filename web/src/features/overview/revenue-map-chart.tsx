import { useState } from 'react'
import { useNavigate } from 'react-router-dom'

import type { Account } from '@/shared/api/types'
import { linearScale } from '@/shared/charts/scale'
import { useWidth } from '@/shared/charts/use-width'
import { atRiskFrom, bucketTone, healthyFrom, toneClasses } from '@/shared/model/buckets'
import { formatMoney, formatMoneyShort, formatScore } from '@/shared/model/format'

const height = 440
const margin = { top: 10, right: 14, bottom: 34, left: 46 }

const bands = [
  { from: 0, to: atRiskFrom, fill: 'fill-critical' },
  { from: atRiskFrom, to: healthyFrom, fill: 'fill-at-risk' },
  { from: healthyFrom, to: 100, fill: 'fill-healthy' },
]

/** Health against revenue (on a logarithmic axis), one dot per account. The lists say the same in words. */
export function RevenueMapChart({ accounts }: { accounts: Account[] }) {
  const [frame, width] = useWidth<HTMLDivElement>()
  const [active, setActive] = useState<Account | null>(null)
  const navigate = useNavigate()

  const logs = accounts.map((account) => Math.log10(account.arr))
  const low = Math.floor(Math.min(...logs) * 4) / 4
  const high = Math.ceil((Math.max(...logs) + 0.05) * 4) / 4
  const x = linearScale([0, 100], [margin.left, width - margin.right])
  const y = linearScale([low - 0.08, high], [height - margin.bottom, margin.top])
  const spot = (account: Account) => ({ x: x(account.health_score ?? 0), y: y(Math.log10(account.arr)) })
  const at = active && spot(active)

  return (
    <div ref={frame} className="relative" style={{ height }}>
      {width > 0 && (
        <svg
          width={width}
          height={height}
          role="img"
          aria-label={`Health and ARR of ${accounts.length} accounts. The accounts page lists the same numbers.`}
          onPointerLeave={() => setActive(null)}
        >
          {bands.map((band) => (
            <rect key={band.from} x={x(band.from)} width={x(band.to) - x(band.from)} y={margin.top} height={height - margin.top - margin.bottom} className={`${band.fill} opacity-[0.08]`} />
          ))}
          {moneyTicks(low, high).map((money) => (
            <g key={money}>
              <line x1={margin.left} x2={width - margin.right} y1={y(Math.log10(money))} y2={y(Math.log10(money))} className="stroke-line" />
              <text x={margin.left - 8} y={y(Math.log10(money)) + 4} textAnchor="end" className="number fill-ink-faint text-2xs">
                {formatMoneyShort(money)}
              </text>
            </g>
          ))}
          {[0, atRiskFrom, healthyFrom, 100].map((score) => (
            <text key={score} x={x(score)} y={height - 18} textAnchor={score === 100 ? 'end' : 'middle'} className="number fill-ink-faint text-2xs">
              {score}
            </text>
          ))}
          <text x={(margin.left + width - margin.right) / 2} y={height - 3} textAnchor="middle" className="fill-ink-faint text-2xs">
            Health score
          </text>
          {accounts.map((account) => {
            const { x: left, y: top } = spot(account)
            const tone = toneClasses[bucketTone(account.health_bucket)]
            return (
              <g
                key={account.id}
                data-dot
                className="cursor-pointer"
                onPointerEnter={() => setActive(account)}
                onClick={() => navigate(`/accounts/${account.id}`)}
              >
                <circle cx={left} cy={top} r="11" className="fill-transparent" />
                <circle cx={left} cy={top} r={active === account ? 8 : 6} strokeWidth="1.5" className={`${tone.fill} stroke-surface opacity-90`} />
              </g>
            )
          })}
        </svg>
      )}
      {active && at && (
        <div
          aria-hidden
          className={`pointer-events-none absolute z-10 w-max max-w-56 rounded-lg border border-line bg-surface px-3 py-2 text-xs shadow-lift ${at.x > width / 2 ? '-translate-x-full' : ''} ${at.y > height / 2 ? '-translate-y-full' : ''}`}
          style={{ left: at.x + (at.x > width / 2 ? -12 : 12), top: at.y }}
        >
          <span className="block truncate font-semibold">{active.account_name}</span>
          <span className="number block text-ink-soft">
            {formatScore(active.health_score)} · {active.health_bucket}
          </span>
          <span className="number block text-ink-soft">{formatMoney(active.arr)} ARR</span>
        </div>
      )}
    </div>
  )
}

/** 10k, 20k, 50k, 100k … as far as they lie within the axis. */
function moneyTicks(low: number, high: number): number[] {
  const ticks: number[] = []
  for (let power = Math.floor(low); power <= Math.ceil(high); power += 1) {
    for (const factor of [1, 2, 5]) {
      const money = factor * 10 ** power
      const log = Math.log10(money)
      if (log >= low && log <= high) ticks.push(money)
    }
  }
  return ticks
}
