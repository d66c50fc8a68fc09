import { Search, X } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'

import type { Account, AccountSort, PortfolioSummary } from '@/shared/api/types'
import { hasFilters, type AccountFilters } from '@/shared/model/account-filters'
import { buckets } from '@/shared/model/buckets'
import { formatCount } from '@/shared/model/format'
import { BucketIcon } from '@/shared/ui/bucket-badge'
import { Button } from '@/shared/ui/button'

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
  const segments = options(Object.keys(summary?.accounts_by_segment ?? {}), filters.segment)
  const regions = options(
    [...Object.keys(summary?.accounts_by_region ?? {}), ...accounts.map((account) => account.region)],
    filters.region,
  )
  return (
    <div role="search" aria-label="Accounts" className="mb-4 space-y-3">
      <div className="flex flex-wrap gap-2">
        <SearchField value={filters.search} change={change} />
        <Select label="Segment" all="All segments" value={filters.segment} values={segments} onChange={(segment) => change({ segment })} />
        <Select label="Region" all="All regions" value={filters.region} values={regions} onChange={(region) => change({ region })} />
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
        <Chip pressed={filters.bucket === ''} onClick={() => change({ bucket: '' })} label="All" count={summary?.total_accounts} />
        {buckets.map((bucket) => (
          <Chip
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

function options(known: string[], chosen: string): string[] {
  return [...new Set([...known, chosen])].filter(Boolean).sort((one, other) => one.localeCompare(other))
}

const pauseMs = 250

/** Filters while one types; the address keeps only where it ended, not every letter. */
function SearchField({ value, change }: { value: string; change: FilterBarProps['change'] }) {
  const [text, setText] = useState(value)
  const timer = useRef<number>()
  const asked = useRef(value)
  useEffect(() => () => window.clearTimeout(timer.current), [])
  useEffect(() => {
    // The address changed by other means than this field: back and forward, or the filters being cleared.
    if (value === asked.current) return
    asked.current = value
    setText(value)
  }, [value])

  function type(next: string) {
    setText(next)
    window.clearTimeout(timer.current)
    timer.current = window.setTimeout(() => {
      asked.current = next.trim()
      change({ search: asked.current }, { replace: true })
    }, pauseMs)
  }

  return (
    <label className="relative w-full sm:w-72">
      <span className="sr-only">Search by name</span>
      <Search aria-hidden className="pointer-events-none absolute left-3 top-2.5 size-4 text-ink-faint" />
      <input
        type="search"
        className="field w-full pl-9"
        placeholder="Search by name"
        maxLength={200}
        value={text}
        onChange={(event) => type(event.target.value)}
      />
    </label>
  )
}

interface SelectProps {
  label: string
  all: string
  value: string
  values: string[]
  onChange: (value: string) => void
}

function Select({ label, all, value, values, onChange }: SelectProps) {
  return (
    <label className="min-w-0 grow basis-[45%] sm:grow-0 sm:basis-auto">
      <span className="sr-only">{label}</span>
      <select className="field w-full pr-8" value={value} onChange={(event) => onChange(event.target.value)}>
        <option value="">{all}</option>
        {values.map((option) => (
          <option key={option}>{option}</option>
        ))}
      </select>
    </label>
  )
}

interface ChipProps {
  label: string
  icon?: React.ReactNode
  count: number | undefined
  pressed: boolean
  onClick: () => void
}

function Chip({ label, icon, count, pressed, onClick }: ChipProps) {
  return (
    <button
      type="button"
      aria-pressed={pressed}
      onClick={onClick}
      className={`inline-flex h-8 items-center gap-1.5 rounded-full border px-3 text-xs font-medium transition-colors ${
        pressed ? 'border-brand bg-brand-soft text-brand-ink' : 'border-line bg-surface text-ink-soft hover:bg-surface-sunken'
      }`}
    >
      {icon}
      {label}
      {count !== undefined && <span className="number text-ink-faint">{formatCount(count)}</span>}
    </button>
  )
}
