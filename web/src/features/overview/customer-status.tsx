import { Link } from 'react-router-dom'

import type { DashboardStats } from '@/shared/api/customer'
import type { HealthStatus } from '@/shared/api/health'
import { bucketTone, statusBucket, toneClasses } from '@/shared/model/buckets'
import { customersLink } from '@/shared/model/customer-filters'
import { formatCount, formatDecimal, formatScore } from '@/shared/model/format'
import { useDashboardStats } from '@/shared/requests/get-dashboard-stats'
import { BucketIcon } from '@/shared/ui/bucket-badge'
import { Card } from '@/shared/ui/card'
import { ErrorState } from '@/shared/ui/error-state'
import { Loading, Skeleton } from '@/shared/ui/skeleton'

const statuses: readonly HealthStatus[] = ['healthy', 'at_risk', 'critical', 'insufficient_data']

/** How many customers are in which band by their own scorecards; those of whom too little is known are counted too. */
export function CustomerStatus() {
  const stats = useDashboardStats()
  return (
    <Card
      title="Customers by health"
      hint="By their own scorecards; those without enough data are neither good nor bad"
      className="mt-4"
      action={
        stats.data && (
          <span className="text-xs text-ink-soft">
            Average <span className="number font-semibold text-ink">{formatScore(averageOf(stats.data))}</span>
          </span>
        )
      }
    >
      {stats.isPending && (
        <Loading label="Loading customers by health">
          <Skeleton className="h-16" />
        </Loading>
      )}
      {stats.isError && <ErrorState title="The customers could not be counted" error={stats.error} retry={() => void stats.refetch()} />}
      {stats.isSuccess && <Tiles stats={stats.data} />}
    </Card>
  )
}

/** None where nobody has a score: the server says 0 then. */
function averageOf(stats: DashboardStats): number | null {
  return stats.average_health_score === 0 && stats.healthy_customers + stats.at_risk_customers + stats.critical_customers === 0 ? null : stats.average_health_score
}

function Tiles({ stats }: { stats: DashboardStats }) {
  return (
    <>
      <div aria-hidden className="mb-3 flex h-2.5 gap-px overflow-hidden rounded-full bg-surface-sunken">
        {statuses.map((status) => (
          <span key={status} className={toneClasses[bucketTone(statusBucket(status))].bar} style={{ width: `${stats.distribution[`${status}_percent`]}%` }} />
        ))}
      </div>
      <ul className="grid grid-cols-2 gap-x-4 gap-y-1 sm:grid-cols-4">
        {statuses.map((status) => (
          <li key={status}>
            <Link to={customersLink({ health_status: status })} className="block rounded-xl px-2 py-1.5 hover:bg-surface-sunken">
              <span className="flex items-center gap-1.5 text-xs text-ink-soft">
                <BucketIcon bucket={statusBucket(status)} className="size-3.5" />
                {statusBucket(status)}
              </span>
              <span className="number mt-0.5 block">
                <span className="text-lg font-bold">{formatCount(stats[`${status}_customers`])}</span>{' '}
                <span className="text-xs text-ink-faint">{formatDecimal(stats.distribution[`${status}_percent`], 1)}%</span>
              </span>
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
