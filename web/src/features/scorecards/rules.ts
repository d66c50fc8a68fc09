import type { RuleCondition } from '@/shared/api/scorecard'

/** What a rule may look at; `custom.` is followed by the name of a customer's own field. */
export const ruleFields = [
  { value: 'segment', label: 'Segment' },
  { value: 'plan', label: 'Plan' },
  { value: 'region', label: 'Region' },
  { value: 'tenure_days', label: 'Days since signup' },
  { value: 'custom.', label: 'Custom field' },
] as const

type Operation = RuleCondition['operation']

const equality: readonly Operation[] = ['=', '!=']
const ordered: readonly Operation[] = ['=', '!=', '<', '<=', '>=', '>']

export const operationsOf = (field: string): readonly Operation[] => (field === 'tenure_days' ? ordered : equality)

export const newCondition = (): RuleCondition => ({ field: 'segment', operation: '=', value: '' })

/** The condition over another field; what made no sense there goes. */
export function changeField(condition: RuleCondition, field: string): RuleCondition {
  const operation = operationsOf(field).includes(condition.operation) ? condition.operation : '='
  return { ...condition, field, operation }
}

export function moved<T>(list: readonly T[], index: number, by: -1 | 1): T[] {
  const next = [...list]
  const [entry] = next.splice(index, 1)
  if (entry !== undefined) next.splice(index + by, 0, entry)
  return next
}
