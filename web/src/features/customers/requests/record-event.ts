import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { EventDraft, RecordedEvent } from '@/shared/api/event'
import type { CustomerHealth } from '@/shared/api/health'

import { customerHealthOptions, getCustomerHealth } from './get-customer-health'

const pollEveryMs = 150
/** The recalculation is asked for so long; it usually takes less than two seconds. */
const patienceMs = 15_000

export interface Recorded {
  event: RecordedEvent
  before: CustomerHealth
  /** None when the score was not calculated in time, or the event was known already. */
  after: CustomerHealth | undefined
  waitedMs: number
}

async function recordEvent(id: number, draft: EventDraft): Promise<Recorded> {
  const before = await getCustomerHealth(id)
  const event = (await unwrap(api.POST('/api/customers/{id}/events', { params: { path: { id } }, body: { ...draft } }))).data
  const sent = Date.now()
  if (event.duplicate) return { event, before, after: undefined, waitedMs: 0 }
  while (Date.now() - sent < patienceMs) {
    const after = await getCustomerHealth(id)
    if (after.calculated_at !== before.calculated_at) return { event, before, after, waitedMs: Date.now() - sent }
    await new Promise((resolve) => window.setTimeout(resolve, pollEveryMs))
  }
  return { event, before, after: undefined, waitedMs: Date.now() - sent }
}

/** Sends an event and waits until the score has taken it in. */
export function useRecordEvent(id: number) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (draft: EventDraft) => recordEvent(id, draft),
    onSuccess: ({ after }) => {
      if (after) queries.setQueryData(customerHealthOptions(id).queryKey, after)
      return Promise.all([['customers', id], ['customers', 'list'], ['customers', 'stats'], ['accounts']].map((queryKey) => queries.invalidateQueries({ queryKey })))
    },
  })
}
