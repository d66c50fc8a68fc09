import { Search } from 'lucide-react'
import { useEffect, useRef, useState, type ReactNode } from 'react'

import { formatCount } from '@/shared/model/format'

const pauseMs = 250

interface SearchFieldProps {
  value: string
  label?: string
  /** Called when one pauses typing. */
  onSearch: (search: string) => void
}

/** Filters while one types; the address keeps only where it ended, not every letter. */
export function SearchField({ value, label = 'Search by name', onSearch }: SearchFieldProps) {
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
      onSearch(asked.current)
    }, pauseMs)
  }

  return (
    <label className="relative w-full sm:w-72">
      <span className="sr-only">{label}</span>
      <Search aria-hidden className="pointer-events-none absolute left-3 top-2.5 size-4 text-ink-faint" />
      <input
        type="search"
        className="field w-full pl-9"
        placeholder={label}
        maxLength={200}
        value={text}
        onChange={(event) => type(event.target.value)}
      />
    </label>
  )
}

interface FilterSelectProps {
  label: string
  all: string
  value: string
  values: readonly string[]
  onChange: (value: string) => void
}

export function FilterSelect({ label, all, value, values, onChange }: FilterSelectProps) {
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

/** What a select offers: what is known and, so that it can be shown, what is chosen. */
export function filterOptions(known: readonly (string | null)[], chosen: string): string[] {
  const all = [...known, chosen].filter((value): value is string => Boolean(value))
  return [...new Set(all)].sort((one, other) => one.localeCompare(other))
}

interface FilterChipProps {
  label: string
  icon?: ReactNode
  count: number | undefined
  pressed: boolean
  onClick: () => void
}

export function FilterChip({ label, icon, count, pressed, onClick }: FilterChipProps) {
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
