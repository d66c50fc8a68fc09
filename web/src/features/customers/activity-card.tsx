import { ChartColumnStacked } from 'lucide-react'

import { StackedBars } from '@/shared/charts/stacked-bars'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { Loading, Skeleton } from '@/shared/ui/skeleton'

import { activitySeries } from './activity-series'
import { useCustomerActivity } from './requests/get-customer-activity'

const span = 60

export function ActivityCard({ id }: { id: number }) {
  return (
    <Card title="Activity" hint={`Events per day of the last ${span} days`}>
      <Content id={id} />
    </Card>
  )
}

function Content({ id }: { id: number }) {
  const activity = useCustomerActivity(id, span)
  if (activity.isPending) {
    return (
      <Loading label="Loading the activity">
        <Skeleton className="h-56" />
      </Loading>
    )
  }
  if (activity.isError) {
    return <ErrorState title="The activity could not be loaded" error={activity.error} retry={() => void activity.refetch()} />
  }
  const { series, days } = activitySeries(activity.data)
  if (series.length === 0) {
    return (
      <EmptyState icon={ChartColumnStacked} title={`No events in ${span} days`}>
        Nothing has been heard of this customer. That is unknown, not bad, as long as no source is connected.
      </EmptyState>
    )
  }
  return <StackedBars label="Events per day" series={series} days={days} />
}
