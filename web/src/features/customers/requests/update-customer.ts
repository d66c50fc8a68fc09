import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Customer } from '@/shared/api/customer'

export interface CustomerChange {
  /** Chosen by hand. */
  scorecard: string
}

async function updateCustomer(id: number, change: CustomerChange): Promise<Customer> {
  return (await unwrap(api.PATCH('/api/customers/{id}', { params: { path: { id } }, body: { ...change } }))).data
}

export function useUpdateCustomer(id: number) {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (change: CustomerChange) => updateCustomer(id, change),
    onSuccess: () => Promise.all(['customers', 'accounts', 'portfolio'].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  })
}
