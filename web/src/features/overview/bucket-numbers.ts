import type { Bucket, PortfolioSummary } from '@/shared/api/types'
import { buckets } from '@/shared/model/buckets'

export interface BucketNumbers {
  bucket: Bucket
  accounts: number
  /** Between 0 and 1. */
  share: number
  arr: number
}

/** What the summary says of each bucket, best first; a bucket that no account is in stays out, unless it is a band. */
export function bucketNumbers(summary: PortfolioSummary): BucketNumbers[] {
  return buckets
    .map((bucket) => {
      const accounts = summary.accounts_by_bucket[bucket] ?? 0
      return {
        bucket,
        accounts,
        share: summary.total_accounts > 0 ? accounts / summary.total_accounts : 0,
        arr: summary.arr_by_bucket[bucket] ?? 0,
      }
    })
    .filter((row) => row.bucket !== 'Insufficient Data' || row.accounts > 0)
}
