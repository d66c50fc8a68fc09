const currency = 'USD'

const wholeMoney = new Intl.NumberFormat(undefined, { style: 'currency', currency, maximumFractionDigits: 0 })
const shortMoney = new Intl.NumberFormat(undefined, {
  style: 'currency',
  currency,
  notation: 'compact',
  maximumFractionDigits: 2,
})
const counts = new Intl.NumberFormat()
const days = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeZone: 'UTC' })
const shortDays = new Intl.DateTimeFormat(undefined, { month: 'short', day: 'numeric', timeZone: 'UTC' })
const localDays = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' })
const moments = new Intl.DateTimeFormat(undefined, { dateStyle: 'medium', timeStyle: 'short' })

/** Shown for a value that is not there. */
export const noValue = '–'

/**
 * Rounds half up in decimal, as a person does on paper: 84.325 → 84.33, although the double nearest to 84.325
 * may lie below it. Twelve digits first, so that the dust of adding doubles (11.624999999999998) is gone.
 */
export function roundHalfUp(value: number, decimals = 2): number {
  const clean = Number(value.toPrecision(12))
  const [digits, exponent = '0'] = String(clean).split('e')
  const shifted = Math.round(Number(`${digits}e${Number(exponent) + decimals}`))
  const rounded = Number(`${shifted}e-${decimals}`)
  return Object.is(rounded, -0) ? 0 : rounded
}

export function formatScore(score: number | null): string {
  return score === null ? noValue : formatDecimal(score)
}

export function formatDecimal(value: number, decimals = 2): string {
  return roundHalfUp(value, decimals).toLocaleString(undefined, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
}

function signOf(value: number): string {
  if (value > 0) return '+'
  return value < 0 ? '−' : ''
}

/** With a sign in front, because it is a change. */
export function formatChange(value: number, decimals = 2): string {
  const rounded = roundHalfUp(value, decimals)
  return signOf(rounded) + formatDecimal(Math.abs(rounded), decimals)
}

export const formatMoney = (value: number): string => wholeMoney.format(value)
export const formatMoneyShort = (value: number): string => shortMoney.format(value)

export function formatMoneyChange(value: number): string {
  return signOf(value) + formatMoneyShort(Math.abs(value))
}

export const formatCount = (value: number): string => counts.format(value)

/** A share between 0 and 1 as percent. */
export function formatShare(share: number, decimals = 0): string {
  return `${formatDecimal(share * 100, decimals)}%`
}

/** A day such as 2024-10-03, the same day in every time zone. */
export const formatDay = (day: string): string => days.format(new Date(day))
export const formatDayShort = (day: string): string => shortDays.format(new Date(day))

/** A moment, in the reader's own time zone. */
export const formatMoment = (moment: string): string => moments.format(new Date(moment))

/** The day of a moment, in the reader's own time zone. */
export const formatMomentDay = (moment: string): string => localDays.format(new Date(moment))

export function formatBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`
  const units = ['kB', 'MB', 'GB']
  let value = bytes / 1000
  let unit = 0
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000
    unit += 1
  }
  return `${formatDecimal(value, value < 10 ? 1 : 0)} ${units[unit]}`
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`
}
