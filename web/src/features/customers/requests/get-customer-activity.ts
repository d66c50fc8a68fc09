import { queryOptions, useQuery } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { CustomerActivity } from '@/shared/api/customer'

async function getCustomerActivity(id: number, days: number, signal?: AbortSignal): Promise<CustomerActivity> {
  return (await unwrap(api.GET('/api/customers/{id}/activity', { params: { path: { id }, query: { days } }, signal }))).data
}

export const customerActivityOptions = (id: number, days: number) =>
  queryOptions({ queryKey: ['customers', id, 'activity', days], queryFn: ({ signal }) => getCustomerActivity(id, days, signal) })

export const useCustomerActivity = (id: number, days: number) => useQuery(customerActivityOptions(id, days))
