import { useMutation, useQueryClient } from '@tanstack/react-query'

import { api, finish } from '@/shared/api/client'

function retireScorecard(name: string): Promise<void> {
  return finish(api.DELETE('/api/scorecards/{name}', { params: { path: { name } } }))
}

export function useRetireScorecard() {
  const queries = useQueryClient()
  return useMutation({ mutationFn: retireScorecard, onSuccess: () => queries.invalidateQueries({ queryKey: ['scorecards'] }) })
}
