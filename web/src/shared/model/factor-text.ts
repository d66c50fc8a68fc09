import { formatDecimal, formatShare, noValue } from './format'

const titles: Record<string, string> = {
  daily_active_users: 'Daily active users',
  feature_adoption_rate: 'Feature adoption',
  support_tickets_open: 'Open support tickets',
  login_rate: 'Login frequency',
}

const capitals = /\b(api|arr|id|ip|mrr|nps|sso|url)\b/g

/** A name such as `payment_timeliness` in words. */
export function inWords(name: string): string {
  const words = name.replaceAll('_', ' ').replace(capitals, (short) => short.toUpperCase())
  return words.charAt(0).toUpperCase() + words.slice(1)
}

/** A factor that a scorecard has added is named after its own name. */
export function factorTitle(name: string): string {
  return titles[name] ?? inWords(name)
}

const shares = new Set(['feature_adoption_rate', 'login_rate'])

/** A factor's headline number as people write it. */
export function formatFactorValue(name: string, value: number | null, unit = ''): string {
  if (value === null) return noValue
  if (shares.has(name)) return formatShare(value)
  const text = formatDecimal(value, Number.isInteger(value) ? 0 : 2)
  if (!unit) return text
  return unit.startsWith('%') ? `${text}${unit}` : `${text} ${unit}`
}
