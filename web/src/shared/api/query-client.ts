import { QueryClient } from '@tanstack/react-query'

import { ApiError } from './api-error'

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // A refusal stays a refusal; only what may pass is asked again.
        retry: (failures, error) => error instanceof ApiError && error.isTemporary && failures < 2,
      },
    },
  })
}
