import { ArrowDown, ArrowUp, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'

import type { AssignmentRule, Scorecard } from '@/shared/api/scorecard'
import { mistakesOf } from '@/shared/model/mistakes'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { ErrorState } from '@/shared/ui/error-state'
import { FormError } from '@/shared/ui/form-field'
import { IconButton } from '@/shared/ui/icon-button'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { ConditionFields } from './condition-fields'
import { moved, newCondition } from './rules'
import { useScorecardRules } from './requests/get-scorecard-rules'
import { useSaveScorecardRules } from './requests/save-scorecard-rules'

/** Which customers get which scorecard; the first rule that matches wins. */
export function RulesCard({ scorecards }: { scorecards: Scorecard[] }) {
  const stored = useScorecardRules()
  return (
    <Card title="Who gets which scorecard" hint="From top to bottom, the first match wins. Without a match a customer with daily metrics and no events gets “metrics”, everybody else “activity”.">
      {stored.isPending && <SkeletonRows rows={2} label="Loading the rules" />}
      {stored.isError && <ErrorState title="The rules could not be loaded" error={stored.error} retry={() => void stored.refetch()} />}
      {stored.isSuccess && <RulesEditor stored={stored.data} names={scorecards.filter((card) => !card.retired).map((card) => card.name)} />}
    </Card>
  )
}

function RulesEditor({ stored, names }: { stored: AssignmentRule[]; names: string[] }) {
  // What is edited; nothing until the first change, so that what others save shows up until then.
  const [edited, setEdited] = useState<AssignmentRule[]>()
  const save = useSaveScorecardRules()
  const rules = edited ?? stored
  const mistakes = mistakesOf(save.error)

  function change(next: AssignmentRule[]) {
    save.reset()
    setEdited(next)
  }
  const replace = (index: number, rule: AssignmentRule) => change(rules.map((old, at) => (at === index ? rule : old)))

  return (
    <div className="space-y-3">
      {rules.length === 0 && <p className="text-xs text-ink-soft">No rules: everybody gets the scorecard that fits their data.</p>}
      <ol className="space-y-3">
        {rules.map((rule, index) => (
          <li key={index} className="rounded-xl border border-line p-3">
            <div className="flex flex-wrap items-center gap-2">
              <span className="number text-xs font-semibold text-ink-faint">{index + 1}.</span>
              <label className="flex items-center gap-2 text-xs text-ink-soft">
                Scorecard
                <select aria-label={`Scorecard of rule ${index + 1}`} className="field pr-8" value={rule.scorecard} onChange={(event) => replace(index, { ...rule, scorecard: event.target.value })}>
                  {!names.includes(rule.scorecard) && <option>{rule.scorecard}</option>}
                  {names.map((name) => (
                    <option key={name}>{name}</option>
                  ))}
                </select>
              </label>
              <span className="ml-auto flex">
                <IconButton icon={ArrowUp} label={`Move rule ${index + 1} up`} disabled={index === 0} onClick={() => change(moved(rules, index, -1))} />
                <IconButton icon={ArrowDown} label={`Move rule ${index + 1} down`} disabled={index === rules.length - 1} onClick={() => change(moved(rules, index, 1))} />
                <IconButton icon={Trash2} label={`Remove rule ${index + 1}`} onClick={() => change(rules.filter((_, at) => at !== index))} />
              </span>
            </div>
            <ConditionFields rule={rule} pointer={`rules/${index}`} mistakes={mistakes} onChange={(next) => replace(index, next)} />
          </li>
        ))}
      </ol>
      <FormError error={save.error} />
      <div className="flex flex-wrap gap-2">
        <Button disabled={names.length === 0} onClick={() => change([...rules, { scorecard: names[0] ?? '', conditions: [newCondition()] }])}>
          <Plus aria-hidden className="size-4" />
          Add a rule
        </Button>
        {edited && (
          <>
            <Button weight="primary" disabled={save.isPending} onClick={() => save.mutate(edited, { onSuccess: () => setEdited(undefined) })}>
              Save the rules
            </Button>
            <Button onClick={() => setEdited(undefined)}>Undo</Button>
          </>
        )}
      </div>
    </div>
  )
}
