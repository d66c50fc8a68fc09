import type { UseQueryResult } from '@tanstack/react-query'
import { PartyPopper } from 'lucide-react'
import { Link } from 'react-router-dom'

import type { AccountList } from '@/shared/api/types'
import { accountsLink } from '@/shared/model/account-filters'
import { formatMoneyShort } from '@/shared/model/format'
import { BucketBadge, BucketIcon } from '@/shared/ui/bucket-badge'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { ScoreBar } from '@/shared/ui/score-bar'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { needingAttention } from './attention'

const shown = 8

export function AttentionList({ accounts }: { accounts: UseQueryResult<AccountList> }) {
  return (
    <Card
      title="Needs attention"
      hint="Low health and high ARR first, among your 100 largest accounts"
      action={
        <Link to={accountsLink({ sort: 'health_score' })} className="text-xs font-medium text-brand-ink hover:underline">
          All accounts by health
        </Link>
      }
    >
      <Content accounts={accounts} />
    </Card>
  )
}

function Content({ accounts }: { accounts: UseQueryResult<AccountList> }) {
  if (accounts.isPending) return <SkeletonRows rows={shown} label="Loading accounts" />
  if (accounts.isError) {
    return <ErrorState title="The accounts could not be loaded" error={accounts.error} retry={() => void accounts.refetch()} />
  }
  const rows = needingAttention(accounts.data.accounts, shown)
  if (rows.length === 0) {
    return (
      <EmptyState icon={PartyPopper} title="Nothing burns">
        None of your largest accounts is at risk or critical today.
      </EmptyState>
    )
  }
  return (
    <table className="w-full">
      <caption className="sr-only">Accounts that need attention</caption>
      <thead>
        <tr className="border-b border-line text-left text-xs text-ink-faint">
          <th scope="col" className="pb-2 font-medium">Account</th>
          <th scope="col" className="pb-2 text-right font-medium">ARR</th>
          <th scope="col" className="pb-2 pl-4 font-medium">Health</th>
          <th scope="col" className="hidden pb-2 pl-3 font-medium sm:table-cell">Bucket</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((account) => (
          <tr key={account.id} className="relative border-b border-line/70 last:border-0 hover:bg-surface-sunken/70">
            <th scope="row" className="max-w-0 py-2.5 text-left font-normal sm:w-2/5">
              <Link to={`/accounts/${account.id}`} className="block truncate font-medium after:absolute after:inset-0">
                {account.account_name}
              </Link>
              <span className="flex items-center gap-1 truncate text-xs text-ink-faint">
                <span className="sm:hidden">
                  <BucketIcon bucket={account.health_bucket} className="size-3.5" />
                  <span className="sr-only">{account.health_bucket}</span>
                </span>
                <span className="truncate">{[account.segment, account.region].filter(Boolean).join(' · ')}</span>
              </span>
            </th>
            <td className="number whitespace-nowrap text-right">{formatMoneyShort(account.arr)}</td>
            <td className="w-px pl-4 sm:w-36">
              <ScoreBar score={account.health_score} className="w-full" />
            </td>
            <td className="hidden w-px pl-3 sm:table-cell">
              <BucketBadge bucket={account.health_bucket} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
