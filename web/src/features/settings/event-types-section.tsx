import { Pencil, Plus, Trash2 } from 'lucide-react'
import { useState } from 'react'

import type { EventAttribute, EventType } from '@/shared/api/event'
import { plural } from '@/shared/model/format'
import { useEventTypeList } from '@/shared/requests/list-event-types'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { ErrorState } from '@/shared/ui/error-state'
import { FormError } from '@/shared/ui/form-field'
import { IconButton } from '@/shared/ui/icon-button'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { EventTypeDialog } from './event-type-dialog'
import { useRemoveEventType } from './requests/save-event-type'

/** What is known of events: the activity form and the checks of incoming events are made from it. */
export function EventTypesSection() {
  const types = useEventTypeList()
  const [edited, setEdited] = useState<EventType | 'new'>()
  const remove = useRemoveEventType()
  return (
    <Card
      title="Event types"
      hint="Events of a type that is not listed are accepted and kept as they come"
      action={
        <Button onClick={() => setEdited('new')}>
          <Plus aria-hidden className="size-4" />
          Add a type
        </Button>
      }
    >
      <FormError error={remove.error} />
      {types.isPending && <SkeletonRows rows={8} label="Loading the types of events" />}
      {types.isError && <ErrorState title="The types of events could not be loaded" error={types.error} retry={() => void types.refetch()} />}
      {types.isSuccess && (
        <table className="w-full text-left">
          <caption className="sr-only">{plural(types.data.length, 'event type')}</caption>
          <thead>
            <tr className="border-b border-line text-xs text-ink-faint">
              <th scope="col" className="pb-2 font-medium">Type</th>
              <th scope="col" className="hidden pb-2 font-medium sm:table-cell">Attributes</th>
              <td />
            </tr>
          </thead>
          <tbody>
            {types.data.map((type) => (
              <tr key={type.name} className="border-b border-line/70 align-top last:border-0">
                <th scope="row" className="py-2 pr-4 font-normal sm:w-1/3">
                  <span className="break-all font-medium">{type.name}</span>
                  <span className="block text-xs text-ink-faint">{type.description}</span>
                  <Attributes attributes={type.attributes} className="mt-1 sm:hidden" />
                </th>
                <td className="hidden py-2 sm:table-cell">
                  <Attributes attributes={type.attributes} />
                </td>
                <td className="w-px whitespace-nowrap py-1 text-right">
                  <span className="inline-flex">
                    <IconButton icon={Pencil} label={`Extend ${type.name}`} onClick={() => setEdited(type)} />
                    {!type.built_in && (
                      <IconButton icon={Trash2} label={`Remove ${type.name}`} onClick={() => window.confirm(`Remove ${type.name}? Its events stay.`) && remove.mutate(type.name)} />
                    )}
                  </span>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {edited && <EventTypeDialog {...(edited !== 'new' && { type: edited })} onClose={() => setEdited(undefined)} />}
    </Card>
  )
}

function Attributes({ attributes, className = '' }: { attributes: EventAttribute[]; className?: string }) {
  return (
    <ul className={`flex flex-wrap gap-1 ${className}`}>
      {attributes.map(({ name, type, required, choices }) => (
        <li
          key={name}
          title={[type, required && 'required', choices.join(', ')].filter(Boolean).join(' · ')}
          className={`rounded-md px-1.5 py-0.5 text-xs ${required ? 'bg-brand-soft font-medium text-brand-ink' : 'bg-surface-sunken text-ink-soft'}`}
        >
          {name}
          {required && <span className="sr-only"> (required)</span>}
        </li>
      ))}
    </ul>
  )
}
