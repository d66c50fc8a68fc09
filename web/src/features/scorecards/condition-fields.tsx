import { Plus, X } from 'lucide-react'

import type { FieldMistake } from '@/shared/api/api-error'
import type { AssignmentRule, RuleCondition } from '@/shared/api/scorecard'
import { mistakeAt } from '@/shared/model/mistakes'
import { IconButton } from '@/shared/ui/icon-button'

import { changeField, newCondition, operationsOf, ruleFields } from './rules'

interface ConditionFieldsProps {
  rule: AssignmentRule
  /** Where the rule lies in what is sent. */
  pointer: string
  mistakes: readonly FieldMistake[]
  onChange: (rule: AssignmentRule) => void
}

export function ConditionFields({ rule, pointer, mistakes, onChange }: ConditionFieldsProps) {
  const change = (conditions: RuleCondition[]) => onChange({ ...rule, conditions })
  const replace = (index: number, condition: RuleCondition) => change(rule.conditions.map((old, at) => (at === index ? condition : old)))
  const wrong = mistakeAt(mistakes, `${pointer}/scorecard`)
  return (
    <div className="mt-2 space-y-2">
      {wrong && <p className="text-xs font-medium text-critical-ink">Scorecard {wrong}</p>}
      {rule.conditions.length === 0 && <p className="text-xs text-ink-soft">For everybody.</p>}
      {rule.conditions.map((condition, index) => (
        <Condition
          key={index}
          condition={condition}
          first={index === 0}
          mistake={['field', 'operation', 'value'].map((member) => mistakeAt(mistakes, `${pointer}/conditions/${index}/${member}`)).find(Boolean) ?? mistakeAt(mistakes, `${pointer}/conditions/${index}`)}
          onChange={(next) => replace(index, next)}
          onRemove={() => change(rule.conditions.filter((_, at) => at !== index))}
        />
      ))}
      <button type="button" onClick={() => change([...rule.conditions, newCondition()])} className="inline-flex items-center gap-1 rounded-md text-xs font-medium text-brand-ink hover:underline">
        <Plus aria-hidden className="size-3.5" />
        Add a condition
      </button>
    </div>
  )
}

interface ConditionProps {
  condition: RuleCondition
  first: boolean
  mistake: string | undefined
  onChange: (condition: RuleCondition) => void
  onRemove: () => void
}

function Condition({ condition, first, mistake, onChange, onRemove }: ConditionProps) {
  const custom = condition.field.startsWith('custom.')
  return (
    <div>
      <div className="flex flex-wrap items-center gap-2">
        <span className="w-7 text-xs text-ink-faint">{first ? 'if' : 'and'}</span>
        <select aria-label="Field" className="field pr-8" value={custom ? 'custom.' : condition.field} onChange={(event) => onChange(changeField(condition, event.target.value))}>
          {ruleFields.map((field) => (
            <option key={field.value} value={field.value}>
              {field.label}
            </option>
          ))}
        </select>
        {custom && (
          <input
            aria-label="Name of the custom field"
            className="field w-32"
            placeholder="name"
            value={condition.field.slice('custom.'.length)}
            onChange={(event) => onChange({ ...condition, field: `custom.${event.target.value}` })}
          />
        )}
        <select aria-label="Comparison" className="field pr-8" value={condition.operation} onChange={(event) => onChange({ ...condition, operation: event.target.value as RuleCondition['operation'] })}>
          {operationsOf(condition.field).map((operation) => (
            <option key={operation}>{operation}</option>
          ))}
        </select>
        <input
          aria-label="Value"
          className="field min-w-0 flex-1 sm:max-w-48"
          aria-invalid={mistake !== undefined}
          value={condition.value}
          onChange={(event) => onChange({ ...condition, value: event.target.value })}
        />
        <IconButton icon={X} label="Remove the condition" onClick={onRemove} />
      </div>
      {mistake && <p className="ml-9 mt-1 text-xs font-medium text-critical-ink">{mistake}</p>}
    </div>
  )
}
