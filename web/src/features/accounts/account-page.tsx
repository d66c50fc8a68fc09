import { ArrowLeft, UserX } from 'lucide-react'
import { Link, useParams } from 'react-router-dom'

import { ApiError } from '@/shared/api/api-error'
import type { AccountDetail } from '@/shared/api/types'
import { formatMoney, formatMoment } from '@/shared/model/format'
import { usePageTitle } from '@/shared/model/page-title'
import { BucketBadge } from '@/shared/ui/bucket-badge'
import { buttonClasses } from '@/shared/ui/button'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { PageHeader } from '@/shared/ui/page-header'
import { Loading, Skeleton } from '@/shared/ui/skeleton'

import { HealthCards } from './health-cards'
import { HistoryCard } from './history-card'
import { MetricsTable } from './metrics-table'
import { RiskCard } from './risk-card'
import { TrendCards } from './trend-cards'
import { useAccount } from './requests/get-account'

export default function AccountPage() {
  const id = Number(useParams().id)
  return Number.isSafeInteger(id) && id > 0 ? <AccountView key={id} id={id} /> : <UnknownAccount />
}

function AccountView({ id }: { id: number }) {
  const account = useAccount(id)
  usePageTitle(account.data?.account_name ?? 'Account')

  if (account.isPending) return <AccountSkeleton />
  if (account.isError) {
    if (account.error instanceof ApiError && account.error.status === 404) return <UnknownAccount />
    return <ErrorState title="The account could not be loaded" error={account.error} retry={() => void account.refetch()} />
  }
  return (
    <>
      <Link to="/accounts" className="mb-3 inline-flex items-center gap-1.5 rounded-md text-xs font-medium text-ink-faint hover:text-ink">
        <ArrowLeft aria-hidden className="size-4" />
        All accounts
      </Link>
      <PageHeader title={account.data.account_name} lead={<Facts account={account.data} />} />
      <HealthCards id={id} />
      <div className="mt-4 grid items-start gap-4 xl:grid-cols-[1fr_1.4fr]">
        <div className="grid min-w-0 gap-4">
          <RiskCard id={id} />
        </div>
        <div className="grid min-w-0 gap-4">
          <TrendCards account={account.data} />
          <HistoryCard id={id} />
        </div>
      </div>
      <MetricsTable id={id} />
    </>
  )
}

function Facts({ account }: { account: AccountDetail }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <BucketBadge bucket={account.health_bucket} />
      {account.segment && <span>{account.segment}</span>}
      {account.region && <span>{account.region}</span>}
      <span>
        <span className="number font-semibold text-ink">{formatMoney(account.arr)}</span> ARR
      </span>
      <Link to={`/customers/${account.id}`} className="rounded text-brand-ink hover:underline">
        Customer page
      </Link>
      <span className="text-xs text-ink-faint">Updated {formatMoment(account.updated_at)}</span>
    </div>
  )
}

function UnknownAccount() {
  usePageTitle('Account not found')
  return (
    <EmptyState
      icon={UserX}
      titleAs="h1"
      title="There is no such account"
      action={
        <Link to="/accounts" className={buttonClasses('primary')}>
          See all accounts
        </Link>
      }
    >
      It may have been removed, or the link is mistyped.
    </EmptyState>
  )
}

function AccountSkeleton() {
  return (
    <Loading label="Loading the account">
      <Skeleton className="mb-2 h-8 w-64" />
      <Skeleton className="mb-6 h-5 w-96 max-w-full" />
      <div className="grid gap-4 xl:grid-cols-[1fr_2fr]">
        <Skeleton className="h-80" />
        <Skeleton className="h-80" />
      </div>
      <Skeleton className="mt-4 h-96" />
    </Loading>
  )
}
