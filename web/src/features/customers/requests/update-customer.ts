import { useMutation, useQueryClient } from '@tanstack/react-query'

import { ask, type Envelope } from '@/shared/api/ask'
import type { Customer, CustomerDraft } from '@/shared/api/customer'

/** What is null is cleared. */
export type CustomerChange = { [Field in keyof CustomerDraft]?: CustomerDraft[Field] | null } & { scorecard?: string }

async function updateCustomer(customer: Customer, change: CustomerChange): Promise<Customer> {
  const headers = { 'if-match': `"${customer.version}"` }
  return (await ask<Envelope<Customer>>('PATCH', `/api/customers/${customer.id}`, { body: change, headers })).data
}

export function useUpdateCustomer(customer: Customer) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: CustomerChange) => updateCustomer(customer, change),
    onSuccess: () => Promise.all(['customers', 'accounts', 'portfolio'].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  })
}
