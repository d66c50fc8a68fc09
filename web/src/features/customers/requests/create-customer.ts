import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, unwrap } from '@/shared/api/client'
import type { Customer, CustomerDraft } from '@/shared/api/customer'

async function createCustomer(draft: CustomerDraft): Promise<Customer> {
  return (await unwrap(api.POST('/api/customers', { body: { ...draft } }))).data
}

export function useCreateCustomer() {
  const queries = useQueryClient()
  return useMutation({
    mutationFn: createCustomer,
    onSuccess: () => Promise.all(['customers', 'accounts', 'portfolio'].map((key) => queries.invalidateQueries({ queryKey: [key] }))),
  })
}
