import type { FactorHealth } from '@/shared/api/health'
import { inWords } from '@/shared/model/factor-text'
import { formatDecimal, noValue } from '@/shared/model/format'

const ownMembers = new Set(['score', 'value', 'unit', 'description', 'trend', 'weight', 'contribution', 'error'])

/** What a factor tells beside its score, as names and texts. */
export function detailsOf(factor: FactorHealth): { name: string; text: string }[] {
  return Object.entries(factor)
    .filter(([name]) => !ownMembers.has(name))
    .map(([name, value]) => ({ name: inWords(name), text: textOf(value) }))
}

function textOf(value: unknown): string {
  if (typeof value === 'number') return formatDecimal(value, Number.isInteger(value) ? 0 : 2)
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (value === null || value === undefined) return noValue
  if (typeof value !== 'object') return String(value)
  const parts = Array.isArray(value) ? value.map(textOf) : Object.entries(value).map(([name, inner]) => `${name} ${textOf(inner)}`)
  return parts.join(', ') || noValue
}
