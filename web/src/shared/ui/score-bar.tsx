import { bucketTone, scoreBucket, toneClasses } from '@/shared/model/buckets'
import { formatScore } from '@/shared/model/format'

/** A score as number and coloured bar. */
export function ScoreBar({ score, className = '' }: { score: number | null; className?: string }) {
  const tone = toneClasses[bucketTone(scoreBucket(score))]
  return (
    <span className={`inline-flex items-center gap-2.5 ${className}`}>
      <span className={`number w-12 text-right font-semibold ${tone.ink}`}>{formatScore(score)}</span>
      <span aria-hidden className="h-2 min-w-12 flex-1 overflow-hidden rounded-full bg-surface-sunken">
        <span className={`block h-full rounded-full ${tone.bar}`} style={{ width: `${score ?? 0}%` }} />
      </span>
    </span>
  )
}
