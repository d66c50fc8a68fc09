import { formatDay } from '@/shared/model/format'
import { usePageTitle } from '@/shared/model/page-title'
import { usePortfolioSummary } from '@/shared/requests/get-portfolio-summary'
import { useAccountList } from '@/shared/requests/list-accounts'
import { Card } from '@/shared/ui/card'
import { ErrorState } from '@/shared/ui/error-state'
import { NoAccounts } from '@/shared/ui/no-accounts'
import { PageHeader } from '@/shared/ui/page-header'
import { Loading, Skeleton } from '@/shared/ui/skeleton'

import { AttentionList } from './attention-list'
import { CustomerStatus } from './customer-status'
import { HealthDistribution } from './health-distribution'
import { RevenueByBucket } from './revenue-by-bucket'
import { RevenueMap } from './revenue-map'
import { SegmentBars } from './segment-bars'
import { StatCards } from './stat-cards'

/** As many accounts as one request answers; the largest ones carry the story of the revenue. */
const largest = { sort: '-arr', page_size: 100 } as const

export default function OverviewPage() {
  usePageTitle('Overview')
  const summary = usePortfolioSummary()
  const accounts = useAccountList(largest)

  if (summary.isPending) return <OverviewSkeleton />
  if (summary.isError) {
    return <ErrorState title="The portfolio could not be loaded" error={summary.error} retry={() => void summary.refetch()} />
  }
  if (summary.data.total_accounts === 0) {
    return (
      <>
        <PageHeader title="Overview" />
        <Card title="Welcome to Keepwell">
          <NoAccounts />
        </Card>
      </>
    )
  }

  const newest = accounts.data?.accounts.reduce((day, account) => {
    const measured = account.latest_metrics?.date ?? ''
    return measured > day ? measured : day
  }, '')
  return (
    <>
      <PageHeader title="Overview" lead={newest ? `How your customers are doing, as of ${formatDay(newest)}` : 'How your customers are doing'} />
      <StatCards summary={summary.data} />
      <CustomerStatus />
      <div className="mt-4 grid gap-4 lg:grid-cols-2 xl:grid-cols-[1.25fr_1fr_1fr]">
        <HealthDistribution summary={summary.data} />
        <RevenueByBucket summary={summary.data} />
        <SegmentBars summary={summary.data} />
      </div>
      <div className="mt-4 grid gap-4 xl:grid-cols-2">
        <AttentionList accounts={accounts} />
        <RevenueMap accounts={accounts} />
      </div>
    </>
  )
}

function OverviewSkeleton() {
  return (
    <Loading label="Loading the overview">
      <Skeleton className="mb-6 h-8 w-48" />
      <div className="grid grid-cols-2 gap-4 xl:grid-cols-4">
        {[1, 2, 3, 4].map((card) => (
          <Skeleton key={card} className="h-32" />
        ))}
      </div>
      <div className="mt-4 grid gap-4 lg:grid-cols-3">
        {[1, 2, 3].map((card) => (
          <Skeleton key={card} className="h-72" />
        ))}
      </div>
      <div className="mt-4 grid gap-4 xl:grid-cols-2">
        <Skeleton className="h-96" />
        <Skeleton className="h-96" />
      </div>
    </Loading>
  )
}
