import { bucketTone, scoreBucket, toneClasses } from '@/shared/model/buckets'
import { formatScore } from '@/shared/model/format'

/** A score as number and coloured bar, side by side where there is room. */
export function ScoreBar({ score, className = '' }: { score: number | null; className?: string }) {
  const tone = toneClasses[bucketTone(scoreBucket(score))]
  return (
    <span className={`inline-flex flex-col items-stretch gap-1 sm:flex-row sm:items-center sm:gap-2.5 ${className}`}>
      <span className={`number text-right font-semibold sm:w-12 ${tone.ink}`}>{formatScore(score)}</span>
      <span aria-hidden className="h-1.5 min-w-12 overflow-hidden rounded-full bg-surface-sunken sm:h-2 sm:flex-1">
        <span className={`block h-full rounded-full ${tone.bar}`} style={{ width: `${score ?? 0}%` }} />
      </span>
    </span>
  )
}
