import { Plus, Trash2 } from 'lucide-react'

import type { FieldMistake } from '@/shared/api/api-error'
import type { Comparison, ScoreCap, ScorecardDraft } from '@/shared/api/scorecard'
import { mistakeAt } from '@/shared/model/mistakes'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { IconButton } from '@/shared/ui/icon-button'
import { NumberInput } from '@/shared/ui/number-input'

import { capSubjects, newCap } from './draft'

interface CapsEditorProps {
  draft: ScorecardDraft
  mistakes: readonly FieldMistake[]
  onChange: (caps: ScoreCap[]) => void
}

const comparisons: readonly Comparison[] = ['<', '<=', '>=', '>']
const members = ['', 'name', 'reason', 'subject', 'comparison', 'threshold', 'maximum', 'expires']

/** Limits to the score while something holds. */
export function CapsEditor({ draft, mistakes, onChange }: CapsEditorProps) {
  const { caps } = draft
  const replace = (index: number, change: Partial<ScoreCap>) => onChange(caps.map((cap, at) => (at === index ? { ...cap, ...change } : cap)))
  return (
    <Card
      title="Caps"
      hint="While something holds, the score stays at or below a limit"
      action={
        <Button onClick={() => onChange([...caps, newCap(caps)])}>
          <Plus aria-hidden className="size-4" />
          Add a cap
        </Button>
      }
    >
      {caps.length === 0 && <p className="text-xs text-ink-soft">None. An example: an urgent ticket that is open for 3 days holds the score at 40.</p>}
      <ul className="space-y-3">
        {caps.map((cap, index) => (
          <li key={index}>
            <CapFields
              cap={cap}
              subjects={capSubjects(draft.factors)}
              mistakes={members.flatMap((member) => {
                const text = mistakeAt(mistakes, `caps/${index}${member && `/${member}`}`)
                return text === undefined ? [] : [member ? `${member} ${text}` : text]
              })}
              onChange={(change) => replace(index, change)}
              onRemove={() => onChange(caps.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
    </Card>
  )
}

interface CapFieldsProps {
  cap: ScoreCap
  subjects: string[]
  mistakes: string[]
  onChange: (change: Partial<ScoreCap>) => void
  onRemove: () => void
}

function CapFields({ cap, subjects, mistakes, onChange, onRemove }: CapFieldsProps) {
  const known = subjects.includes(cap.subject)
  return (
    <div className="rounded-xl border border-line p-3 text-xs text-ink-soft">
      <div className="flex flex-wrap items-center gap-2">
        <span>At most</span>
        <NumberInput label="Limit" value={cap.maximum} min={0} max={100} onChange={(maximum) => onChange({ maximum })} className="w-20" />
        <span>while</span>
        <select aria-label="Subject" className="field min-w-0 max-w-full pr-8" value={cap.subject} onChange={(event) => onChange({ subject: event.target.value })}>
          {!known && <option>{cap.subject}</option>}
          {subjects.map((subject) => (
            <option key={subject}>{subject}</option>
          ))}
        </select>
        <select aria-label="Comparison" className="field pr-8" value={cap.comparison} onChange={(event) => onChange({ comparison: event.target.value as Comparison })}>
          {comparisons.map((comparison) => (
            <option key={comparison}>{comparison}</option>
          ))}
        </select>
        <NumberInput label="Threshold" value={cap.threshold} onChange={(threshold) => onChange({ threshold })} className="w-20" />
        <span className="ml-auto">
          <IconButton icon={Trash2} label={`Remove the cap ${cap.name}`} onClick={onRemove} />
        </span>
      </div>
      <div className="mt-2 grid gap-2 sm:grid-cols-[10rem_1fr_auto]">
        <input aria-label="Name of the cap" className="field min-w-0" placeholder="name" value={cap.name} onChange={(event) => onChange({ name: event.target.value })} />
        <input aria-label="Reason" className="field min-w-0" placeholder="Reason, for people" value={cap.reason} onChange={(event) => onChange({ reason: event.target.value })} />
        <label className="flex items-center gap-2">
          until
          <input type="date" className="field min-w-0" value={cap.expires ?? ''} onChange={(event) => onChange({ expires: event.target.value || null })} />
        </label>
      </div>
      {mistakes.length > 0 && <p className="mt-2 font-medium text-critical-ink">{mistakes.join('; ')}</p>}
    </div>
  )
}
