import { CircleAlert, CircleCheck, CircleDashed, TriangleAlert, type LucideIcon } from 'lucide-react'

import type { Bucket } from '@/shared/api/types'
import { bucketTone, toneClasses, type BucketTone } from '@/shared/model/buckets'

/** A shape per bucket, so that its colour is never the only sign. */
const bucketIcons: Record<BucketTone, LucideIcon> = {
  healthy: CircleCheck,
  'at-risk': TriangleAlert,
  critical: CircleAlert,
  insufficient: CircleDashed,
}

export function BucketIcon({ bucket, className = 'size-4' }: { bucket: Bucket; className?: string }) {
  const tone = bucketTone(bucket)
  const Icon = bucketIcons[tone]
  return <Icon aria-hidden className={`shrink-0 ${toneClasses[tone].dot} ${className}`} />
}

export function BucketBadge({ bucket }: { bucket: Bucket }) {
  const tone = bucketTone(bucket)
  const Icon = bucketIcons[tone]
  return (
    <span
      data-bucket={bucket}
      className={`inline-flex items-center gap-1 whitespace-nowrap rounded-full px-2 py-0.5 text-xs font-medium ${toneClasses[tone].badge}`}
    >
      <Icon aria-hidden className="size-3.5" />
      {bucket}
    </span>
  )
}
