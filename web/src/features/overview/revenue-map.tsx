import type { UseQueryResult } from '@tanstack/react-query'
import { Map as MapIcon } from 'lucide-react'

import type { AccountList } from '@/shared/api/types'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { Loading, Skeleton } from '@/shared/ui/skeleton'

import { RevenueMapChart } from './revenue-map-chart'

export function RevenueMap({ accounts }: { accounts: UseQueryResult<AccountList> }) {
  return (
    <Card title="Where the revenue sits" hint="Each dot is one of your 100 largest accounts; the top left is worth a call">
      <Content accounts={accounts} />
    </Card>
  )
}

function Content({ accounts }: { accounts: UseQueryResult<AccountList> }) {
  if (accounts.isPending) {
    return (
      <Loading label="Loading the revenue map">
        <Skeleton className="h-[440px]" />
      </Loading>
    )
  }
  if (accounts.isError) {
    return <ErrorState title="The accounts could not be loaded" error={accounts.error} retry={() => void accounts.refetch()} />
  }
  const dots = accounts.data.accounts.filter((account) => account.health_score !== null && account.arr > 0)
  if (dots.length === 0) {
    return (
      <EmptyState icon={MapIcon} title="Nothing to draw yet">
        The map shows accounts that have both a health score and revenue.
      </EmptyState>
    )
  }
  return <RevenueMapChart accounts={dots} />
}
