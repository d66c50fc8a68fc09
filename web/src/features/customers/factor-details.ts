import type { FactorHealth } from '@/shared/api/health'
import { inWords } from '@/shared/model/factor-text'
import { formatDecimal } from '@/shared/model/format'

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
  if (value === null || value === undefined) return '–'
  return typeof value === 'object' ? JSON.stringify(value) : String(value)
}
