import { expect, it } from 'vitest'

import type { Account } from '@/shared/api/types'

import { needingAttention } from './attention'

function account(account_name: string, arr: number, health_score: number | null): Account {
  return { account_name, arr, health_score } as Account
}

it('puts the most revenue at stake first and leaves healthy and unscored accounts out', () => {
  const accounts = [account('small and dying', 1000, 5), account('healthy', 900000, 70), account('large and ill', 500000, 50), account('unscored', 800000, null), account('larger, less ill', 600000, 69.99)]
  expect(needingAttention(accounts, 10).map((found) => found.account_name)).toEqual(['large and ill', 'larger, less ill', 'small and dying'])
  expect(needingAttention(accounts, 1)).toHaveLength(1)
})
