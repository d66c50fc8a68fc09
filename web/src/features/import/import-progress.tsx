import { formatBytes, formatCount, formatShare, plural } from '@/shared/model/format'

import type { ImportState } from './use-import'

type Busy = Extract<ImportState, { phase: 'uploading' | 'reading' }>

export function ImportProgress({ state }: { state: Busy }) {
  const { file } = state.upload
  const share = state.phase === 'uploading' ? state.share : state.job ? state.job.progress / 100 : null
  return (
    <div className="rounded-2xl border border-line bg-surface-sunken/50 px-5 py-8">
      <p className="truncate font-semibold">{file.name}</p>
      <p className="number mt-0.5 text-xs text-ink-faint">
        {formatBytes(file.size)} · {describe(state)}
      </p>
      <div
        role="progressbar"
        aria-label={state.phase === 'uploading' ? 'Upload' : 'Reading the file'}
        aria-valuemin={0}
        aria-valuemax={100}
        {...(share !== null && { 'aria-valuenow': Math.round(share * 100) })}
        className="mt-4 h-2.5 overflow-hidden rounded-full bg-line"
      >
        <div
          className={`h-full rounded-full bg-brand transition-[width] ${share === null ? 'animate-pulse' : ''}`}
          style={{ width: `${(share ?? 1) * 100}%` }}
        />
      </div>
    </div>
  )
}

function describe(state: Busy): string {
  if (state.phase === 'uploading') return `Uploading, ${formatShare(state.share)}`
  const { job } = state
  if (!job) return 'Reading the rows'
  if (job.status === 'queued') return 'Waiting for its turn'
  if (job.status === 'failed') return `Trying again after a failure: ${job.error ?? 'unknown'}`
  const rejected = job.rows_rejected > 0 ? `, ${formatCount(job.rows_rejected)} rejected` : ''
  return `${plural(job.rows_read, 'row')} read${rejected}, ${formatShare(job.progress / 100)}`
}
