import type { CustomerActivity } from '@/shared/api/customer'
import type { StackDay, StackSeries } from '@/shared/charts/stacked-bars'
import { inWords } from '@/shared/model/factor-text'

const looks = [
  { fill: 'fill-series-1', dot: 'bg-series-1' },
  { fill: 'fill-series-2', dot: 'bg-series-2' },
  { fill: 'fill-series-3', dot: 'bg-series-3' },
  { fill: 'fill-series-4', dot: 'bg-series-4' },
  { fill: 'fill-series-5', dot: 'bg-series-5' },
]
const otherLook = { fill: 'fill-series-6', dot: 'bg-series-6' }
const other = '(other)'
const dayMs = 86_400_000

/** Every day of the span, also those without events; the most frequent types apart, the rest together. */
export function activitySeries(activity: CustomerActivity): { series: StackSeries[]; days: StackDay[] } {
  const totals = new Map<string, number>()
  for (const { events } of activity.days) {
    for (const [type, count] of Object.entries(events)) totals.set(type, (totals.get(type) ?? 0) + count)
  }
  const types = [...totals].sort(([one, ones], [another, others]) => others - ones || one.localeCompare(another)).map(([type]) => type)
  const kept = types.length <= looks.length + 1 ? types : types.slice(0, looks.length)
  const series: StackSeries[] = kept.map((key, index) => ({ key, label: inWords(key), ...(looks[index] ?? otherLook) }))
  if (kept.length < types.length) series.push({ key: other, label: `${types.length - kept.length} other types`, ...otherLook })

  const byDate = new Map(activity.days.map((day) => [day.date, day.events]))
  const days: StackDay[] = []
  for (let time = Date.parse(activity.from); time <= Date.parse(activity.until); time += dayMs) {
    const day = new Date(time).toISOString().slice(0, 10)
    const values: Record<string, number> = {}
    for (const [type, count] of Object.entries(byDate.get(day) ?? {})) {
      const key = kept.includes(type) ? type : other
      values[key] = (values[key] ?? 0) + count
    }
    days.push({ day, values })
  }
  return { series, days }
}
