import { queryOptions, useQuery } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { CustomerActivity } from '@/shared/api/customer'

async function getCustomerActivity(id: number, days: number, signal?: AbortSignal): Promise<CustomerActivity> {
  return (await ask<Envelope<CustomerActivity>>('GET', `/api/customers/${id}/activity`, { query: { days }, signal })).data
}

export const customerActivityOptions = (id: number, days: number) =>
  queryOptions({ queryKey: ['customers', id, 'activity', days], queryFn: ({ signal }) => getCustomerActivity(id, days, signal) })

export const useCustomerActivity = (id: number, days: number) => useQuery(customerActivityOptions(id, days))
