import type { Bucket } from '@/shared/api/types'
import { accountBands, bucketTone, scoreBucket, toneClasses, type Bands } from '@/shared/model/buckets'
import { formatScore } from '@/shared/model/format'

const radius = 80
const centre = 100

/** A point on the half circle; 0 is left, 100 is right. */
function point(score: number, distance = radius): string {
  const angle = Math.PI * (1 - score / 100)
  return `${(centre + distance * Math.cos(angle)).toFixed(2)} ${(centre - distance * Math.sin(angle)).toFixed(2)}`
}

const arc = (from: number, to: number) => `M ${point(from)} A ${radius} ${radius} 0 0 1 ${point(to)}`

const arcs = ({ healthy_from, at_risk_from }: Bands) => [
  { from: 0, to: at_risk_from - 0.8, stroke: 'stroke-critical' },
  { from: at_risk_from + 0.8, to: healthy_from - 0.8, stroke: 'stroke-at-risk' },
  { from: healthy_from + 0.8, to: 100, stroke: 'stroke-healthy' },
]

interface GaugeProps {
  score: number | null
  bands?: Bands
  /** What the score is called, where that is not told by its band alone. */
  bucket?: Bucket
}

/** A score on the scale of its bands. */
export function Gauge({ score, bands = accountBands, bucket = scoreBucket(score, bands) }: GaugeProps) {
  const tone = toneClasses[bucketTone(bucket)]
  return (
    <div className="relative mx-auto w-full max-w-72">
      <svg viewBox="0 0 200 112" role="img" aria-label={`Health score ${formatScore(score)} of 100, ${bucket}`} className="w-full">
        {arcs(bands).map((band) => (
          <path
            key={band.from}
            d={arc(band.from, band.to)}
            fill="none"
            strokeWidth="7"
            className={`${band.stroke} opacity-30`}
          />
        ))}
        {score !== null && (
          <>
            <path d={arc(0, Math.max(score, 0.01))} fill="none" strokeWidth="15" strokeLinecap="round" className={tone.stroke} />
            <path d={`M ${point(score, 66)} L ${point(score, 94)}`} strokeWidth="3.5" strokeLinecap="round" className="stroke-ink" />
          </>
        )}
      </svg>
      <div className="absolute inset-x-0 bottom-0 text-center">
        <span data-testid="score" className={`number text-4xl font-bold tracking-tight ${tone.ink}`}>
          {formatScore(score)}
        </span>
        <span className="block text-xs text-ink-faint">of 100</span>
      </div>
    </div>
  )
}
