import type { Bucket } from '@/shared/api/types'
import { bucketTone, scoreBucket, toneClasses } from '@/shared/model/buckets'
import { formatScore } from '@/shared/model/format'

interface ScoreBarProps {
  score: number | null
  /** What the score is called, where its scorecard has bands of its own. */
  bucket?: Bucket
  className?: string
}

/** A score as number and coloured bar, side by side where there is room. */
export function ScoreBar({ score, bucket = scoreBucket(score), className = '' }: ScoreBarProps) {
  const tone = toneClasses[bucketTone(bucket)]
  return (
    <span className={`inline-flex flex-col items-stretch gap-1 sm:flex-row sm:items-center sm:gap-2.5 ${className}`}>
      <span className={`number text-right font-semibold sm:w-[3.25rem] ${tone.ink}`}>{formatScore(score)}</span>
      <span aria-hidden className="h-1.5 min-w-12 overflow-hidden rounded-full bg-surface-sunken sm:h-2 sm:flex-1">
        <span className={`block h-full rounded-full ${tone.bar}`} style={{ width: `${score ?? 0}%` }} />
      </span>
    </span>
  )
}
