import { ChevronRight } from 'lucide-react'
import { Link } from 'react-router-dom'

import type { PortfolioSummary } from '@/shared/api/types'
import { Donut } from '@/shared/charts/donut'
import { accountsLink } from '@/shared/model/account-filters'
import { bucketTone, toneClasses } from '@/shared/model/buckets'
import { formatCount, formatShare } from '@/shared/model/format'
import { BucketIcon } from '@/shared/ui/bucket-badge'
import { Card } from '@/shared/ui/card'

import { bucketNumbers } from './bucket-numbers'

export function HealthDistribution({ summary }: { summary: PortfolioSummary }) {
  const rows = bucketNumbers(summary)
  const spoken = rows.map((row) => `${row.bucket} ${formatCount(row.accounts)}`).join(', ')
  return (
    <Card title="Health of your accounts" hint="Choose a bucket to see its accounts" className="lg:col-span-2 xl:col-span-1">
      <div className="flex flex-col items-center gap-5 sm:flex-row">
        <Donut
          label={`Accounts by health: ${spoken}`}
          slices={rows.map((row) => ({ key: row.bucket, value: row.accounts, stroke: toneClasses[bucketTone(row.bucket)].stroke }))}
        >
          <div>
            <span className="number block text-3xl font-bold tracking-tight">{formatCount(summary.total_accounts)}</span>
            <span className="text-xs text-ink-faint">accounts</span>
          </div>
        </Donut>
        <ul className="w-full min-w-0 flex-1 space-y-1">
          {rows.map((row) => (
            <li key={row.bucket}>
              <Link
                to={accountsLink({ bucket: row.bucket })}
                className="group flex items-center gap-2.5 rounded-xl px-2.5 py-2 hover:bg-surface-sunken"
              >
                <BucketIcon bucket={row.bucket} />
                <span className="min-w-0 flex-1 truncate font-medium">{row.bucket}</span>
                <span className="number font-semibold">{formatCount(row.accounts)}</span>
                <span className="number w-12 text-right text-xs text-ink-faint">{formatShare(row.share, 1)}</span>
                <ChevronRight aria-hidden className="size-4 text-ink-faint transition-transform group-hover:translate-x-0.5" />
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  )
}
