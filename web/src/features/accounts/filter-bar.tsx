import { X } from 'lucide-react'

import type { Account, AccountSort, PortfolioSummary } from '@/shared/api/types'
import { hasFilters, type AccountFilters } from '@/shared/model/account-filters'
import { buckets } from '@/shared/model/buckets'
import { BucketIcon } from '@/shared/ui/bucket-badge'
import { Button } from '@/shared/ui/button'
import { FilterChip, filterOptions, FilterSelect, SearchField } from '@/shared/ui/filters'

interface FilterBarProps {
  filters: AccountFilters
  change: (next: Partial<AccountFilters>, how?: { replace?: boolean }) => void
  clear: () => void
  summary: PortfolioSummary | undefined
  accounts: Account[]
}

const sorts: { value: AccountSort; label: string }[] = [
  { value: 'health_score', label: 'Lowest health first' },
  { value: '-health_score', label: 'Highest health first' },
  { value: '-arr', label: 'Highest ARR first' },
  { value: 'arr', label: 'Lowest ARR first' },
  { value: 'account_name', label: 'Name, A to Z' },
  { value: '-account_name', label: 'Name, Z to A' },
  { value: 'segment', label: 'Segment' },
  { value: 'region', label: 'Region' },
  { value: '-updated_at', label: 'Updated last' },
]

export function FilterBar({ filters, change, clear, summary, accounts }: FilterBarProps) {
  const segments = filterOptions(Object.keys(summary?.accounts_by_segment ?? {}), filters.segment)
  const regions = filterOptions(
    [...Object.keys(summary?.accounts_by_region ?? {}), ...accounts.map((account) => account.region)],
    filters.region,
  )
  return (
    <div role="search" aria-label="Accounts" className="mb-4 space-y-3">
      <div className="flex flex-wrap gap-2">
        <SearchField value={filters.search} onSearch={(search) => change({ search }, { replace: true })} />
        <FilterSelect label="Segment" all="All segments" value={filters.segment} values={segments} onChange={(segment) => change({ segment })} />
        <FilterSelect label="Region" all="All regions" value={filters.region} values={regions} onChange={(region) => change({ region })} />
        <label className="min-w-0 grow basis-[45%] sm:grow-0 sm:basis-auto">
          <span className="sr-only">Order</span>
          <select className="field w-full pr-8" value={filters.sort} onChange={(event) => change({ sort: event.target.value as AccountSort })}>
            {!sorts.some((sort) => sort.value === filters.sort) && <option value={filters.sort}>Custom order</option>}
            {sorts.map((sort) => (
              <option key={sort.value} value={sort.value}>
                {sort.label}
              </option>
            ))}
          </select>
        </label>
        {hasFilters(filters) && (
          <Button onClick={clear}>
            <X aria-hidden className="size-4" />
            Clear
          </Button>
        )}
      </div>
      <fieldset className="flex flex-wrap gap-2">
        <legend className="sr-only">Bucket</legend>
        <FilterChip pressed={filters.bucket === ''} onClick={() => change({ bucket: '' })} label="All" count={summary?.total_accounts} />
        {buckets.map((bucket) => (
          <FilterChip
            key={bucket}
            pressed={filters.bucket === bucket}
            onClick={() => change({ bucket: filters.bucket === bucket ? '' : bucket })}
            label={bucket}
            icon={<BucketIcon bucket={bucket} />}
            count={summary && (summary.accounts_by_bucket[bucket] ?? 0)}
          />
        ))}
      </fieldset>
    </div>
  )
}
