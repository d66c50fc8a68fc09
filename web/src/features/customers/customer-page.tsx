import { ArrowLeft, UserX } from 'lucide-react'
import { Link, useParams } from 'react-router-dom'

import { ApiError } from '@/shared/api/api-error'
import { usePageTitle } from '@/shared/model/page-title'
import { buttonClasses } from '@/shared/ui/button'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { Loading, Skeleton } from '@/shared/ui/skeleton'

import { ActivityCard } from './activity-card'
import { ChangesCard } from './changes-card'
import { CustomerHeader } from './customer-header'
import { EventsCard } from './events-card'
import { HealthSection } from './health-section'
import { HistoryCard } from './history-card'
import { SessionsCard } from './sessions-card'
import { useCustomer } from './requests/get-customer'

export default function CustomerPage() {
  const id = Number(useParams().id)
  return Number.isSafeInteger(id) && id > 0 ? <CustomerView key={id} id={id} /> : <UnknownCustomer />
}

function CustomerView({ id }: { id: number }) {
  const customer = useCustomer(id)
  usePageTitle(customer.data?.name ?? 'Customer')

  if (customer.isPending) return <CustomerSkeleton />
  if (customer.isError) {
    if (customer.error instanceof ApiError && customer.error.status === 404) return <UnknownCustomer />
    return <ErrorState title="The customer could not be loaded" error={customer.error} retry={() => void customer.refetch()} />
  }
  return (
    <>
      <Link to="/customers" className="mb-3 inline-flex items-center gap-1.5 rounded-md text-xs font-medium text-ink-faint hover:text-ink">
        <ArrowLeft aria-hidden className="size-4" />
        All customers
      </Link>
      <CustomerHeader customer={customer.data} />
      <HealthSection id={id} />
      <div className="mt-4 grid items-start gap-4 xl:grid-cols-2">
        <ChangesCard id={id} />
        <HistoryCard id={id} />
      </div>
      <div className="mt-4 grid items-start gap-4 xl:grid-cols-2">
        <EventsCard id={id} />
        <div className="grid min-w-0 gap-4">
          <ActivityCard id={id} />
          <SessionsCard id={id} />
        </div>
      </div>
    </>
  )
}

function UnknownCustomer() {
  usePageTitle('Customer not found')
  return (
    <EmptyState
      icon={UserX}
      titleAs="h1"
      title="There is no such customer"
      action={
        <Link to="/customers" className={buttonClasses('primary')}>
          See all customers
        </Link>
      }
    >
      It may have been removed, or the link is mistyped.
    </EmptyState>
  )
}

function CustomerSkeleton() {
  return (
    <Loading label="Loading the customer">
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
