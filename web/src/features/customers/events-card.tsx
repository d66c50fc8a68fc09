import { Inbox } from 'lucide-react'
import { useState } from 'react'

import type { CustomerEvent } from '@/shared/api/event'
import { inWords } from '@/shared/model/factor-text'
import { formatMoment } from '@/shared/model/format'
import { formatRelative } from '@/shared/model/relative-time'
import { useEventTypeList } from '@/shared/requests/list-event-types'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { FilterSelect } from '@/shared/ui/filters'
import { LoadMore } from '@/shared/ui/load-more'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { summarise } from './event-form'
import { useCustomerEvents } from './requests/list-customer-events'

export function EventsCard({ id }: { id: number }) {
  const [type, setType] = useState('')
  const types = useEventTypeList().data ?? []
  return (
    <Card title="Events" action={<FilterSelect label="Type of event" all="All types" value={type} values={types.map(({ name }) => name)} onChange={setType} />}>
      <Content id={id} type={type} />
    </Card>
  )
}

function Content({ id, type }: { id: number; type: string }) {
  const list = useCustomerEvents(id, type)
  if (list.isPending) return <SkeletonRows rows={6} label="Loading events" />
  if (list.isError) return <ErrorState title="The events could not be loaded" error={list.error} retry={() => void list.refetch()} />
  const events = list.data.pages.flatMap((page) => page.data)
  if (events.length === 0) {
    return (
      <EmptyState icon={Inbox} title={type ? 'No event of this type' : 'No events yet'}>
        {type ? 'Choose another type.' : 'Record an activity, or send events to the API.'}
      </EmptyState>
    )
  }
  return (
    <>
      <ol aria-label="Events" className={`divide-y divide-line/70 ${list.isPlaceholderData ? 'opacity-60' : ''}`}>
        {events.map((event) => (
          <Event key={event.id} event={event} />
        ))}
      </ol>
      <div className="mt-3 flex justify-center">
        <LoadMore more={list} label="Load older events" />
      </div>
    </>
  )
}

function Event({ event }: { event: CustomerEvent }) {
  const summary = summarise(event.event_data)
  return (
    <li className="flex items-baseline gap-3 py-1.5">
      <span className="w-32 shrink-0 truncate font-medium">{inWords(event.event_type)}</span>
      <span className="min-w-0 flex-1 truncate text-xs text-ink-soft" title={summary}>
        {summary}
      </span>
      <time dateTime={event.timestamp} title={formatMoment(event.timestamp)} className="shrink-0 whitespace-nowrap text-xs text-ink-faint">
        {formatRelative(event.timestamp)}
      </time>
    </li>
  )
}
