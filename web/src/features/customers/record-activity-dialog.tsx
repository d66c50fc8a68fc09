import { LoaderCircle } from 'lucide-react'
import { useState, type FormEvent } from 'react'

import type { EventAttribute, EventType } from '@/shared/api/event'
import { statusBucket } from '@/shared/model/buckets'
import { inWords } from '@/shared/model/factor-text'
import { formatChange, formatDecimal, formatScore, roundHalfUp } from '@/shared/model/format'
import { mistakeAt, mistakesOf } from '@/shared/model/mistakes'
import { useEventTypeList } from '@/shared/requests/list-event-types'
import { BucketBadge } from '@/shared/ui/bucket-badge'
import { Button } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import { ErrorState } from '@/shared/ui/error-state'
import { FormError, SelectField, TextField } from '@/shared/ui/form-field'
import { SkeletonRows } from '@/shared/ui/skeleton'
import { changeDirection } from '@/shared/ui/trend-mark'

import { controlOf, mistakesInForm, orderedAttributes, rangeHint, toEventDraft, type EventMistakes } from './event-form'
import { useRecordEvent, type Recorded } from './requests/record-event'

export function RecordActivityDialog({ id, onClose }: { id: number; onClose: () => void }) {
  const types = useEventTypeList()
  return (
    <Dialog title="Record activity" hint="The score takes it in within moments" onClose={onClose}>
      {types.isPending && <SkeletonRows rows={4} label="Loading the types of events" />}
      {types.isError && <ErrorState title="The types of events could not be loaded" error={types.error} retry={() => void types.refetch()} />}
      {types.isSuccess && <ActivityForm id={id} types={types.data} onClose={onClose} />}
    </Dialog>
  )
}

function ActivityForm({ id, types, onClose }: { id: number; types: EventType[]; onClose: () => void }) {
  const [name, setName] = useState(types.find((type) => type.name === 'login')?.name ?? types[0]?.name ?? '')
  const [form, setForm] = useState<Record<string, string>>({})
  const [when, setWhen] = useState('')
  const [mistakes, setMistakes] = useState<EventMistakes>({})
  const record = useRecordEvent(id)
  const type = types.find((candidate) => candidate.name === name)
  const refused = mistakesOf(record.error)

  function choose(next: string) {
    setName(next)
    setForm({})
    setMistakes({})
    record.reset()
  }

  function submit(event: FormEvent) {
    event.preventDefault()
    if (!type) return
    const found = mistakesInForm(type, form)
    setMistakes(found)
    if (Object.keys(found).length === 0) record.mutate(toEventDraft(type, form, when), { onSuccess: () => setForm({}) })
  }

  return (
    // The form says itself what is missing, in the words of the event type.
    <form onSubmit={submit} noValidate className="grid gap-4 sm:grid-cols-2">
      <SelectField label="Type" value={name} onChange={choose} options={types.map((candidate) => ({ value: candidate.name, label: inWords(candidate.name) }))} hint={type?.description} />
      <TextField label="When" type="datetime-local" value={when} onChange={setWhen} hint="Now, if left empty" />
      {type &&
        orderedAttributes(type).map((attribute) => (
          <AttributeField
            key={`${name} ${attribute.name}`}
            attribute={attribute}
            value={form[attribute.name] ?? ''}
            onChange={(value) => setForm((current) => ({ ...current, [attribute.name]: value }))}
            mistake={mistakes[attribute.name] ?? mistakeAt(refused, `event_data/${attribute.name}`) ?? mistakeAt(refused, attribute.name)}
          />
        ))}
      <div className="flex flex-col gap-3 sm:col-span-2">
        <FormError error={record.error} />
        <div aria-live="polite">
          {record.isPending && (
            <p className="flex items-center gap-2 text-xs text-ink-soft">
              <LoaderCircle aria-hidden className="size-4 animate-spin" />
              Recording, and waiting for the score…
            </p>
          )}
          {record.data && !record.isPending && <Outcome recorded={record.data} />}
        </div>
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Close</Button>
          <Button weight="primary" type="submit" disabled={record.isPending || !type}>
            Record
          </Button>
        </div>
      </div>
    </form>
  )
}

interface AttributeFieldProps {
  attribute: EventAttribute
  value: string
  onChange: (value: string) => void
  mistake: string | undefined
}

function AttributeField({ attribute, ...rest }: AttributeFieldProps) {
  const shell = { ...rest, label: inWords(attribute.name), required: attribute.required, hint: rangeHint(attribute) }
  const control = controlOf(attribute)
  const none = { value: '', label: attribute.required ? 'Choose…' : 'Not told' }
  if (control === 'choice') return <SelectField {...shell} options={[none, ...attribute.choices.map((choice) => ({ value: choice, label: inWords(choice) }))]} />
  if (control === 'yes-no') return <SelectField {...shell} options={[none, { value: 'true', label: 'Yes' }, { value: 'false', label: 'No' }]} />
  return <TextField {...shell} type={control} {...(control === 'number' && { step: 'any', min: attribute.minimum ?? undefined, max: attribute.maximum ?? undefined })} />
}

const inks = { improving: 'text-healthy-ink', stable: 'text-ink-faint', declining: 'text-critical-ink' }

/** What the event did to the score. */
function Outcome({ recorded: { event, before, after, waitedMs } }: { recorded: Recorded }) {
  if (event.duplicate) return <p className="rounded-lg bg-surface-sunken px-3 py-2 text-xs">This event was known already; nothing has changed.</p>
  if (!after) return <p className="rounded-lg bg-surface-sunken px-3 py-2 text-xs">Recorded. The score is still being calculated; it appears on the page when it is done.</p>
  const moved = before.overall_score === null || after.overall_score === null ? undefined : roundHalfUp(roundHalfUp(after.overall_score) - roundHalfUp(before.overall_score))
  return (
    <p data-testid="recorded" className="flex flex-wrap items-center gap-x-2 gap-y-1 rounded-lg bg-surface-sunken px-3 py-2 text-xs">
      <span className="font-semibold">Recorded.</span>
      <span className="number">
        Score {formatScore(before.overall_score)} → <span className="font-semibold">{formatScore(after.overall_score)}</span>
      </span>
      {moved !== undefined && <span className={`number font-semibold ${inks[changeDirection(moved)]}`}>{moved === 0 ? 'unchanged' : formatChange(moved)}</span>}
      <BucketBadge bucket={statusBucket(after.status)} />
      <span className="number text-ink-faint">after {formatDecimal(waitedMs / 1000, 1)} s</span>
    </p>
  )
}
