import { Plus, Trash2 } from 'lucide-react'
import { useState, type FormEvent } from 'react'

import type { AttributeType, EventAttribute, EventType } from '@/shared/api/event'
import { mistakeAt, mistakesOf } from '@/shared/model/mistakes'
import { Button } from '@/shared/ui/button'
import { Dialog } from '@/shared/ui/dialog'
import { FormError, TextField } from '@/shared/ui/form-field'
import { IconButton } from '@/shared/ui/icon-button'
import { NumberInput } from '@/shared/ui/number-input'

import { attributeTypes, changeType, newAttribute, parseChoices } from './event-type-draft'
import { useSaveEventType } from './requests/save-event-type'

interface EventTypeDialogProps {
  /** The type that is extended; none for a new one. */
  type?: EventType
  onClose: () => void
}

export function EventTypeDialog({ type, onClose }: EventTypeDialogProps) {
  const [name, setName] = useState(type?.name ?? '')
  const [description, setDescription] = useState(type?.description ?? '')
  const [attributes, setAttributes] = useState<EventAttribute[]>(type?.attributes ?? [newAttribute()])
  const save = useSaveEventType()
  const mistakes = mistakesOf(save.error)
  const replace = (index: number, attribute: EventAttribute) => setAttributes((all) => all.map((old, at) => (at === index ? attribute : old)))

  function submit(event: FormEvent) {
    event.preventDefault()
    save.mutate({ name: name.trim(), description, built_in: type?.built_in ?? false, attributes }, { onSuccess: onClose })
  }

  return (
    <Dialog wide title={type ? `Extend ${type.name}` : 'New event type'} hint="Incoming events are checked against it, and the activity form is made from it" onClose={onClose}>
      <form onSubmit={submit} className="space-y-4">
        <div className="grid gap-4 sm:grid-cols-2">
          {!type && <TextField label="Name" required maxLength={64} value={name} onChange={setName} mistake={mistakeAt(mistakes, 'name')} hint="Such as onboarding_call" />}
          <TextField label="Description" maxLength={300} className={type ? 'sm:col-span-2' : ''} value={description} onChange={setDescription} mistake={mistakeAt(mistakes, 'description')} />
        </div>
        <fieldset>
          <legend className="mb-2 text-xs font-semibold text-ink-soft">Attributes</legend>
          <ul className="space-y-2">
            {attributes.map((attribute, index) => (
              <li key={index}>
                <AttributeFields
                  attribute={attribute}
                  fixed={Boolean(type?.built_in && type.attributes.some((own) => own.name === attribute.name && own.required))}
                  mistakes={['', 'name', 'type', 'required', 'above', 'minimum', 'maximum', 'choices'].flatMap((member) => mistakeAt(mistakes, `attributes/${index}${member && `/${member}`}`) ?? [])}
                  onChange={(next) => replace(index, next)}
                  onRemove={() => setAttributes((all) => all.filter((_, at) => at !== index))}
                />
              </li>
            ))}
          </ul>
          <button type="button" onClick={() => setAttributes((all) => [...all, newAttribute()])} className="mt-2 inline-flex items-center gap-1 rounded-md text-xs font-medium text-brand-ink hover:underline">
            <Plus aria-hidden className="size-3.5" />
            Add an attribute
          </button>
        </fieldset>
        <FormError error={save.error} />
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>Cancel</Button>
          <Button weight="primary" type="submit" disabled={save.isPending}>
            Save
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

interface AttributeFieldsProps {
  attribute: EventAttribute
  /** Built in and required: stays as it is. */
  fixed: boolean
  mistakes: string[]
  onChange: (attribute: EventAttribute) => void
  onRemove: () => void
}

function AttributeFields({ attribute, fixed, mistakes, onChange, onRemove }: AttributeFieldsProps) {
  // As it is typed; a comma at the end has no choice behind it yet.
  const [choices, setChoices] = useState(attribute.choices.join(', '))
  const limit = (value: number) => (Number.isNaN(value) ? null : value)
  return (
    <div className="rounded-xl border border-line p-2.5">
      <div className="flex flex-wrap items-center gap-2 text-xs text-ink-soft">
        <input aria-label="Name of the attribute" required disabled={fixed} className="field min-w-0 flex-1 basis-32" placeholder="name" value={attribute.name} onChange={(event) => onChange({ ...attribute, name: event.target.value })} />
        <select aria-label="Type of the attribute" disabled={fixed} className="field pr-8" value={attribute.type} onChange={(event) => onChange(changeType(attribute, event.target.value as AttributeType))}>
          {attributeTypes.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
        <label className="flex items-center gap-1.5">
          <input type="checkbox" disabled={fixed} checked={attribute.required} onChange={(event) => onChange({ ...attribute, required: event.target.checked })} className="size-4 accent-brand" />
          required
        </label>
        {!fixed && <IconButton icon={Trash2} label={`Remove ${attribute.name || 'the attribute'}`} onClick={onRemove} />}
      </div>
      {attribute.type === 'number' && (
        <div className="mt-2 flex flex-wrap items-center gap-2 text-xs text-ink-faint">
          above
          <NumberInput optional label="Above" value={attribute.above ?? Number.NaN} onChange={(value) => onChange({ ...attribute, above: limit(value) })} className="w-20" />
          at least
          <NumberInput optional label="At least" value={attribute.minimum ?? Number.NaN} onChange={(value) => onChange({ ...attribute, minimum: limit(value) })} className="w-20" />
          at most
          <NumberInput optional label="At most" value={attribute.maximum ?? Number.NaN} onChange={(value) => onChange({ ...attribute, maximum: limit(value) })} className="w-20" />
        </div>
      )}
      {attribute.type === 'string' && (
        <input
          aria-label="Choices"
          className="field mt-2 w-full text-xs"
          placeholder="Choices, separated by commas; empty: any text"
          value={choices}
          onChange={(event) => {
            setChoices(event.target.value)
            onChange({ ...attribute, choices: parseChoices(event.target.value) })
          }}
        />
      )}
      {mistakes.length > 0 && <p className="mt-1 text-xs font-medium text-critical-ink">{mistakes.join('; ')}</p>}
    </div>
  )
}
