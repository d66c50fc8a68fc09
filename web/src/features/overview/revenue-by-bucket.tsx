import { Link } from 'react-router-dom'

import type { PortfolioSummary } from '@/shared/api/types'
import { accountsLink } from '@/shared/model/account-filters'
import { bucketTone, toneClasses } from '@/shared/model/buckets'
import { formatMoney, formatMoneyShort, formatShare } from '@/shared/model/format'
import { BucketIcon } from '@/shared/ui/bucket-badge'
import { Card } from '@/shared/ui/card'

import { bucketNumbers } from './bucket-numbers'

export function RevenueByBucket({ summary }: { summary: PortfolioSummary }) {
  const rows = bucketNumbers(summary)
  const total = summary.total_arr || 1
  return (
    <Card title="ARR by health" hint="How much of the revenue is safe">
      <div aria-hidden className="mb-4 flex h-3.5 gap-0.5 overflow-hidden rounded-full bg-surface-sunken">
        {rows.map((row) => (
          <span key={row.bucket} className={toneClasses[bucketTone(row.bucket)].bar} style={{ width: `${(row.arr / total) * 100}%` }} />
        ))}
      </div>
      <ul className="space-y-1">
        {rows.map((row) => (
          <li key={row.bucket}>
            <Link to={accountsLink({ bucket: row.bucket, sort: '-arr' })} className="block rounded-xl px-2.5 py-2 hover:bg-surface-sunken">
              <span className="flex items-center gap-2">
                <BucketIcon bucket={row.bucket} />
                <span className="flex-1 truncate">{row.bucket}</span>
                <span className="number font-semibold" title={formatMoney(row.arr)}>
                  {formatMoneyShort(row.arr)}
                </span>
                <span className="number w-12 text-right text-xs text-ink-faint">{formatShare(row.arr / total, 1)}</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </Card>
  )
}
