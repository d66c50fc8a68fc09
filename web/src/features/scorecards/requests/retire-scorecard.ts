import { useMutation, useQueryClient } from '@tanstack/react-query'

import { ask } from '@/shared/api/ask'

function retireScorecard(name: string): Promise<void> {
  return ask<undefined>('DELETE', `/api/scorecards/${encodeURIComponent(name)}`)
}

export function useRetireScorecard() {
  const queries = useQueryClient()
  return useMutation({ mutationFn: retireScorecard, onSuccess: () => queries.invalidateQueries({ queryKey: ['scorecards'] }) })
}
