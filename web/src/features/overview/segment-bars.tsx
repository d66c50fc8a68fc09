import { Link } from 'react-router-dom'

import type { PortfolioSummary } from '@/shared/api/types'
import { accountsLink } from '@/shared/model/account-filters'
import { formatCount, formatShare } from '@/shared/model/format'
import { Card } from '@/shared/ui/card'

const fills = ['bg-series-1', 'bg-series-2', 'bg-series-3', 'bg-series-4', 'bg-series-5', 'bg-series-6']

export function SegmentBars({ summary }: { summary: PortfolioSummary }) {
  const rows = Object.entries(summary.accounts_by_segment).sort(([, one], [, other]) => other - one)
  const longest = rows[0]?.[1] ?? 1
  return (
    <Card title="Accounts by segment" hint="Choose a segment to see its accounts">
      <ul className="max-h-60 space-y-0.5 overflow-y-auto">
        {rows.map(([segment, accounts], index) => (
          <li key={segment}>
            <Link to={accountsLink({ segment })} className="block rounded-xl px-2.5 py-1.5 hover:bg-surface-sunken">
              <span className="flex items-baseline justify-between gap-2">
                <span className="truncate">{segment || 'No segment'}</span>
                <span className="number">
                  <span className="font-semibold">{formatCount(accounts)}</span>{' '}
                  <span className="ml-1 text-xs text-ink-faint">{formatShare(accounts / summary.total_accounts)}</span>
                </span>
              </span>
              <span aria-hidden className="mt-1 block h-1.5 overflow-hidden rounded-full bg-surface-sunken">
                <span className={`block h-full rounded-full ${fills[index % fills.length]}`} style={{ width: `${(accounts / longest) * 100}%` }} />
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}
