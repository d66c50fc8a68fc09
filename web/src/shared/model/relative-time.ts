const words = new Intl.RelativeTimeFormat(undefined, { numeric: 'auto', style: 'short' })

const units: { unit: Intl.RelativeTimeFormatUnit; seconds: number }[] = [
  { unit: 'year', seconds: 365 * 86_400 },
  { unit: 'month', seconds: 30 * 86_400 },
  { unit: 'week', seconds: 7 * 86_400 },
  { unit: 'day', seconds: 86_400 },
  { unit: 'hour', seconds: 3600 },
  { unit: 'minute', seconds: 60 },
]

/** How long ago a moment was, or how long until it comes: "3 days ago", "in 2 hr.". */
export function formatRelative(moment: string, now = Date.now()): string {
  const seconds = (Date.parse(moment) - now) / 1000
  const found = units.find((candidate) => Math.abs(seconds) >= candidate.seconds)
  return found ? words.format(Math.trunc(seconds / found.seconds), found.unit) : 'just now'
}

/** A length of time: "12 min", "1 h 05 min". */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return `${Math.round(seconds)} s`
  const minutes = Math.round(seconds / 60)
  if (minutes < 60) return `${minutes} min`
  return `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`
}

const dayMs = 86_400_000

/** Today in UTC, such as 2024-10-03. */
export const todayUtc = (now = Date.now()): string => new Date(now).toISOString().slice(0, 10)

export const daysBefore = (day: string, days: number): string => new Date(Date.parse(day) - days * dayMs).toISOString().slice(0, 10)
