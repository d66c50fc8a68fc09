import { ArrowRight, Eye } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router-dom'

import type { HealthStatus } from '@/shared/api/health'
import type { ScorecardDraft, ScorecardPreview, StatusCounts } from '@/shared/api/scorecard'
import { bucketTone, statusBucket, toneClasses } from '@/shared/model/buckets'
import { formatChange, formatCount, formatScore, plural, roundHalfUp } from '@/shared/model/format'
import { BucketBadge, BucketIcon } from '@/shared/ui/bucket-badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'

import { usePreviewScorecard } from './requests/preview-scorecard'

interface PreviewCardProps {
  draft: ScorecardDraft
  /** What the draft changes, in words. */
  changes: readonly string[]
  onRefused: (error: Error | null) => void
}

/** What saving would do, before it is done. */
export function PreviewCard({ draft, changes, onRefused }: PreviewCardProps) {
  const preview = usePreviewScorecard()
  const [shown, setShown] = useState<ScorecardDraft>()
  const stale = shown !== undefined && shown !== draft

  function run() {
    onRefused(null)
    preview.mutate(draft, { onSuccess: () => setShown(draft), onError: onRefused })
  }

  return (
    <Card
      title="Preview"
      hint="What saving would do to the customers of this scorecard"
      action={
        <Button disabled={preview.isPending || changes.length === 0} onClick={run}>
          <Eye aria-hidden className="size-4" />
          {preview.isPending ? 'Calculating…' : 'Preview'}
        </Button>
      }
    >
      {changes.length === 0 ? (
        <p className="text-xs text-ink-soft">Nothing has changed yet.</p>
      ) : (
        <ul aria-label="Changes" className="list-disc space-y-0.5 pl-4 text-xs text-ink-soft marker:text-brand">
          {changes.map((text) => (
            <li key={text}>{text}</li>
          ))}
        </ul>
      )}
      {preview.data && (
        <div className={`mt-4 ${stale ? 'opacity-50' : ''}`} data-testid="preview">
          {stale && <p className="mb-2 text-xs font-medium text-at-risk-ink">You have changed more since: preview again.</p>}
          <Result preview={preview.data} />
        </div>
      )}
    </Card>
  )
}

function Result({ preview }: { preview: ScorecardPreview }) {
  if (preview.customers === 0) return <p className="text-xs text-ink-soft">No customer has this scorecard.</p>
  return (
    <div className="space-y-4">
      <div className="space-y-2">
        <Distribution label="Now" counts={preview.before} average={preview.average_before} />
        <Distribution label="Then" counts={preview.after} average={preview.average_after} />
      </div>
      {preview.moves.length === 0 ? (
        <p className="text-xs text-ink-soft">No customer moves to another band.</p>
      ) : (
        <ul aria-label="Moves between bands" className="space-y-1 text-xs">
          {preview.moves.map((move) => (
            <li key={`${move.from} ${move.to}`} className="flex items-center gap-1.5">
              <BucketBadge bucket={statusBucket(move.from)} />
              <ArrowRight aria-hidden className="size-3.5 text-ink-faint" />
              <span className="sr-only">to</span>
              <BucketBadge bucket={statusBucket(move.to)} />
              <span className="number ml-auto font-semibold">{plural(move.customers, 'customer')}</span>
            </li>
          ))}
        </ul>
      )}
      {preview.movers.length > 0 && <Movers movers={preview.movers} />}
    </div>
  )
}

const order: readonly HealthStatus[] = ['healthy', 'at_risk', 'critical', 'insufficient_data']

function Distribution({ label, counts, average }: { label: string; counts: StatusCounts; average: number | null }) {
  const total = order.reduce((sum, status) => sum + counts[status], 0)
  const spoken = order.map((status) => `${statusBucket(status)} ${counts[status]}`).join(', ')
  return (
    <div>
      <div className="mb-1 flex justify-between text-xs">
        <span className="font-medium">{label}</span>
        <span className="number text-ink-soft">average {formatScore(average)}</span>
      </div>
      <div role="img" aria-label={`${label}: ${spoken}`} className="flex h-4 gap-px overflow-hidden rounded-md bg-surface-sunken">
        {order.map((status) => (
          <span key={status} className={toneClasses[bucketTone(statusBucket(status))].bar} style={{ width: `${total > 0 ? (counts[status] / total) * 100 : 0}%` }} />
        ))}
      </div>
      <div aria-hidden className="mt-1 flex gap-3 text-xs text-ink-soft">
        {order.map((status) => (
          <span key={status} className="number inline-flex items-center gap-1">
            <BucketIcon bucket={statusBucket(status)} className="size-3" />
            {formatCount(counts[status])}
          </span>
        ))}
      </div>
    </div>
  )
}

function Movers({ movers }: { movers: ScorecardPreview['movers'] }) {
  return (
    <table className="w-full text-left text-xs">
      <caption className="pb-1 text-left font-medium text-ink-soft">Who moves most</caption>
      <tbody>
        {movers.slice(0, 10).map((mover) => {
          const difference = roundHalfUp((mover.score_after ?? 0) - (mover.score_before ?? 0))
          return (
            <tr key={mover.customer_id} className="border-t border-line/70">
              <th scope="row" className="w-full max-w-0 py-1 font-normal">
                <Link to={`/customers/${mover.customer_id}`} className="block truncate rounded hover:text-brand-ink hover:underline">
                  {mover.customer_name}
                </Link>
              </th>
              <td className="number whitespace-nowrap pl-3 text-right">
                {formatScore(mover.score_before)} → <span className={`font-semibold ${toneClasses[bucketTone(statusBucket(mover.status_after))].ink}`}>{formatScore(mover.score_after)}</span>
              </td>
              <td className={`number w-14 whitespace-nowrap pl-3 text-right ${difference < 0 ? 'text-critical-ink' : 'text-healthy-ink'}`}>{formatChange(difference)}</td>
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}
