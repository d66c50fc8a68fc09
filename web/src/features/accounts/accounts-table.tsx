import { Link } from 'react-router-dom'

import type { Account, AccountSort } from '@/shared/api/types'
import type { SortField } from '@/shared/model/account-filters'
import { formatCount, formatMomentDay, formatMoneyShort, formatShare, noValue } from '@/shared/model/format'
import { BucketBadge, BucketIcon } from '@/shared/ui/bucket-badge'
import { ScoreBar } from '@/shared/ui/score-bar'
import { SortHead } from '@/shared/ui/sort-head'

interface AccountsTableProps {
  accounts: Account[]
  sort: AccountSort
  onSort: (sort: AccountSort) => void
}

const wide = 'hidden lg:table-cell'
const widest = 'hidden xl:table-cell'

export function AccountsTable({ accounts, sort, onSort }: AccountsTableProps) {
  const heads: { field: SortField; label: string; className: string; right?: boolean }[] = [
    { field: 'account_name', label: 'Account', className: 'pl-4 sm:pl-5' },
    { field: 'segment', label: 'Segment', className: 'hidden md:table-cell' },
    { field: 'region', label: 'Region', className: 'hidden md:table-cell' },
    { field: 'arr', label: 'ARR', className: '', right: true },
    { field: 'health_score', label: 'Health', className: 'pl-4 sm:pl-6' },
  ]
  return (
    <table className="w-full">
      <caption className="sr-only">Accounts</caption>
      <thead>
        <tr className="border-b border-line text-left text-xs text-ink-faint">
          {heads.map((head) => (
            <SortHead key={head.field} {...head} sort={sort} onSort={onSort} />
          ))}
          <th scope="col" className={`${wide} font-medium`}>Bucket</th>
          <th scope="col" className={`${widest} text-right font-medium`}>Active users</th>
          <th scope="col" className={`${widest} text-right font-medium`}>Adoption</th>
          <th scope="col" className={`${widest} text-right font-medium`}>Tickets</th>
          <th scope="col" className={`${widest} text-right font-medium`}>NPS</th>
          <SortHead field="updated_at" label="Updated" className={`${wide} pr-5`} right sort={sort} onSort={onSort} />
        </tr>
      </thead>
      <tbody>
        {accounts.map((account) => (
          <AccountRow key={account.id} account={account} />
        ))}
      </tbody>
    </table>
  )
}

function AccountRow({ account }: { account: Account }) {
  const metrics = account.latest_metrics
  return (
    <tr className="relative border-b border-line/70 last:border-0 hover:bg-surface-sunken/70">
      <th scope="row" className="max-w-0 py-2.5 pl-4 text-left font-normal sm:pl-5 md:w-1/4">
        <Link to={`/accounts/${account.id}`} className="block truncate font-medium after:absolute after:inset-0">
          {account.account_name}
        </Link>
        <span className="block truncate text-xs text-ink-faint md:hidden">
          {[account.segment, account.region].filter(Boolean).join(' · ')}
        </span>
      </th>
      <td className="hidden text-ink-soft md:table-cell">{account.segment || noValue}</td>
      <td className="hidden text-ink-soft md:table-cell">{account.region || noValue}</td>
      <td className="number whitespace-nowrap text-right">{formatMoneyShort(account.arr)}</td>
      <td className="w-px pl-4 pr-4 sm:w-48 sm:pl-6 lg:pr-5">
        <span className="flex items-center gap-2">
          <ScoreBar score={account.health_score} className="min-w-0 flex-1" />
          <span className="lg:hidden">
            <BucketIcon bucket={account.health_bucket} />
            <span className="sr-only">{account.health_bucket}</span>
          </span>
        </span>
      </td>
      <td className={wide}>
        <BucketBadge bucket={account.health_bucket} />
      </td>
      <td className={`number text-right ${widest}`}>{metrics ? formatCount(metrics.daily_active_users) : noValue}</td>
      <td className={`number text-right ${widest}`}>{metrics ? formatShare(metrics.feature_adoption_rate) : noValue}</td>
      <td className={`number text-right ${widest}`}>{metrics ? formatCount(metrics.support_tickets_open) : noValue}</td>
      <td className={`number text-right ${widest}`}>{metrics?.nps_score == null ? noValue : formatCount(metrics.nps_score)}</td>
      <td className={`number whitespace-nowrap pr-5 text-right text-ink-soft ${wide}`}>{formatMomentDay(account.updated_at)}</td>
    </tr>
  )
}
