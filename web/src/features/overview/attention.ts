import type { Account } from '@/shared/api/types'
import { healthyFrom } from '@/shared/model/buckets'

/** How much revenue is at stake: the ARR times the share of the score that is missing. */
export function exposure(account: Account): number {
  return account.health_score === null ? 0 : account.arr * (1 - account.health_score / 100)
}

/** Unhealthy accounts, the most revenue at stake first. */
export function needingAttention(accounts: readonly Account[], count: number): Account[] {
  return accounts
    .filter((account) => account.health_score !== null && account.health_score < healthyFrom)
    .sort((one, other) => exposure(other) - exposure(one))
    .slice(0, count)
}
