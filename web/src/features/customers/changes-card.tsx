import { useSearchParams } from 'react-router-dom'

import { WaterfallChart } from '@/shared/charts/waterfall-chart'
import { formatChange, roundHalfUp } from '@/shared/model/format'
import { daysBefore, todayUtc } from '@/shared/model/relative-time'
import { Card } from '@/shared/ui/card'
import { ErrorState } from '@/shared/ui/error-state'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { changeDomain, changeRows } from './explanation'
import { useHealthChanges } from './requests/get-health-changes'

const isDay = (text: string | null): text is string => text !== null && /^\d{4}-\d\d-\d\d$/.test(text)

/** Why the score moved between two days; the days live in the address. */
export function ChangesCard({ id }: { id: number }) {
  const [parameters, setParameters] = useSearchParams()
  const today = todayUtc()
  const asked = { from: parameters.get('from'), to: parameters.get('to') }
  const to = isDay(asked.to) ? asked.to : today
  const from = isDay(asked.from) ? asked.from : daysBefore(to, 30)

  function choose(name: 'from' | 'to', day: string) {
    if (!isDay(day)) return
    setParameters(
      (current) => {
        current.set(name, day)
        return current
      },
      { replace: true, preventScrollReset: true },
    )
  }

  return (
    <Card
      title="Why it moved"
      action={
        <span className="flex items-center gap-1.5 text-xs text-ink-faint">
          <Day label="From" value={from} max={to} onChange={(day) => choose('from', day)} />
          →
          <Day label="To" value={to} min={from} max={today} onChange={(day) => choose('to', day)} />
        </span>
      }
    >
      <Content id={id} from={from} to={to} />
    </Card>
  )
}

function Content({ id, from, to }: { id: number; from: string; to: string }) {
  const changes = useHealthChanges(id, from, to)
  if (changes.isPending) return <SkeletonRows rows={5} label="Loading what moved the score" />
  if (changes.isError) {
    return <ErrorState title="The changes could not be loaded" error={changes.error} retry={() => void changes.refetch()} />
  }
  const { from: start, to: end, lines } = changes.data
  if (start.overall_score === null && end.overall_score === null) {
    return <p className="py-6 text-center text-xs text-ink-soft">There is no score on either of these days.</p>
  }
  const rows = changeRows(changes.data)
  const shown = roundHalfUp(end.overall_score ?? 0) - roundHalfUp(start.overall_score ?? 0)
  return (
    <div className={changes.isPlaceholderData ? 'opacity-60' : ''}>
      <WaterfallChart label="What moved the score" rows={rows} domain={changeDomain(rows)} />
      <p className="mt-3 text-xs text-ink-soft">
        {lines.length === 0 ? (
          'Nothing has moved the score between these days.'
        ) : (
          <>
            The lines add up to <span className="number font-semibold text-ink">{formatChange(shown)}</span> points.
          </>
        )}
        {(start.overall_score === null || end.overall_score === null) && ' A day without a score counts as 0 points.'}
      </p>
    </div>
  )
}

interface DayProps {
  label: string
  value: string
  min?: string
  max: string
  onChange: (day: string) => void
}

function Day({ label, value, min, max, onChange }: DayProps) {
  return (
    <label>
      <span className="sr-only">{label}</span>
      <input type="date" value={value} min={min} max={max} onChange={(event) => onChange(event.target.value)} className="field !h-8 !px-2 text-xs" />
    </label>
  )
}
