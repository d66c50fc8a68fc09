import { X } from 'lucide-react'

import type { Customer, CustomerSort } from '@/shared/api/customer'
import type { HealthStatus } from '@/shared/api/health'
import { statusBucket } from '@/shared/model/buckets'
import { hasCustomerFilters, type CustomerFilters } from '@/shared/model/customer-filters'
import { useDashboardStats } from '@/shared/requests/get-dashboard-stats'
import { usePortfolioSummary } from '@/shared/requests/get-portfolio-summary'
import { useScorecardList } from '@/shared/requests/list-scorecards'
import { BucketIcon } from '@/shared/ui/bucket-badge'
import { Button } from '@/shared/ui/button'
import { FilterChip, filterOptions, FilterSelect, SearchField } from '@/shared/ui/filters'

interface CustomerFilterBarProps {
  filters: CustomerFilters
  change: (next: Partial<CustomerFilters>, how?: { replace?: boolean }) => void
  clear: () => void
  customers: Customer[]
}

const sorts: { value: CustomerSort; label: string }[] = [
  { value: 'health_score', label: 'Lowest health first' },
  { value: '-health_score', label: 'Highest health first' },
  { value: '-arr', label: 'Highest ARR first' },
  { value: 'arr', label: 'Lowest ARR first' },
  { value: 'name', label: 'Name, A to Z' },
  { value: '-name', label: 'Name, Z to A' },
  { value: 'segment', label: 'Segment' },
  { value: 'region', label: 'Region' },
  { value: '-updated_at', label: 'Updated last' },
]

const statuses: readonly HealthStatus[] = ['healthy', 'at_risk', 'critical', 'insufficient_data']

export function CustomerFilterBar({ filters, change, clear, customers }: CustomerFilterBarProps) {
  const stats = useDashboardStats().data
  const summary = usePortfolioSummary().data
  const scorecards = useScorecardList().data ?? []
  return (
    <div role="search" aria-label="Customers" className="mb-4 space-y-3">
      <div className="flex flex-wrap gap-2">
        <SearchField value={filters.search} onSearch={(search) => change({ search }, { replace: true })} />
        <FilterSelect label="Segment" all="All segments" value={filters.segment} values={filterOptions(Object.keys(summary?.accounts_by_segment ?? {}), filters.segment)} onChange={(segment) => change({ segment })} />
        <FilterSelect label="Plan" all="All plans" value={filters.plan} values={filterOptions(customers.map(({ plan }) => plan), filters.plan)} onChange={(plan) => change({ plan })} />
        <FilterSelect label="Region" all="All regions" value={filters.region} values={filterOptions(Object.keys(summary?.accounts_by_region ?? {}), filters.region)} onChange={(region) => change({ region })} />
        <FilterSelect label="Scorecard" all="All scorecards" value={filters.scorecard} values={filterOptions(scorecards.map(({ name }) => name), filters.scorecard)} onChange={(scorecard) => change({ scorecard })} />
        <label className="min-w-0 grow basis-[45%] sm:grow-0 sm:basis-auto">
          <span className="sr-only">Order</span>
          <select className="field w-full pr-8" value={filters.sort} onChange={(event) => change({ sort: event.target.value as CustomerSort })}>
            {!sorts.some((sort) => sort.value === filters.sort) && <option value={filters.sort}>Custom order</option>}
            {sorts.map((sort) => (
              <option key={sort.value} value={sort.value}>
                {sort.label}
              </option>
            ))}
          </select>
        </label>
        {hasCustomerFilters(filters) && (
          <Button onClick={clear}>
            <X aria-hidden className="size-4" />
            Clear
          </Button>
        )}
      </div>
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">Health</legend>
        <FilterChip pressed={filters.health_status === ''} onClick={() => change({ health_status: '' })} label="All" count={stats?.total_customers} />
        {statuses.map((status) => (
          <FilterChip
            key={status}
            pressed={filters.health_status === status}
            onClick={() => change({ health_status: filters.health_status === status ? '' : status })}
            label={statusBucket(status)}
            icon={<BucketIcon bucket={statusBucket(status)} />}
            count={stats?.[`${status}_customers`]}
          />
        ))}
      </fieldset>
    </div>
  )
}
