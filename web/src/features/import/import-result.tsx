import { CircleCheckBig, Download, FlaskConical, TriangleAlert } from 'lucide-react'
import { Link } from 'react-router-dom'

import type { IngestResult } from '@/shared/api/types'
import { formatCount, formatDecimal, plural } from '@/shared/model/format'
import { Button, buttonClasses } from '@/shared/ui/button'

import type { Upload } from './requests/ingest-csv'
import { RowErrors } from './row-errors'

interface ImportResultProps {
  result: IngestResult
  upload: Upload
  again: () => void
}

export function ImportResult({ result, upload, again }: ImportResultProps) {
  const rejected = result.rows_rejected > 0
  const Icon = upload.dryRun ? FlaskConical : rejected ? TriangleAlert : CircleCheckBig
  const look = rejected ? 'bg-at-risk-soft text-at-risk-ink' : 'bg-healthy-soft text-healthy-ink'
  return (
    <div data-testid="import-result" className="mt-4 rounded-2xl border border-line p-4 sm:p-5">
      <div className="flex items-start gap-3">
        <span className={`grid size-10 shrink-0 place-items-center rounded-xl ${look}`}>
          <Icon aria-hidden className="size-5" />
        </span>
        <div className="min-w-0">
          <p className="font-semibold">{headline(result, upload)}</p>
          <p className="number mt-0.5 truncate text-xs text-ink-faint">
            {upload.file.name} · {formatDecimal(result.duration_ms / 1000)} s
          </p>
        </div>
      </div>
      <dl className="mt-4 grid grid-cols-2 gap-2 sm:grid-cols-3">
        <Count name="Rows read" value={result.rows_read} />
        <Count name="Rows rejected" value={result.rows_rejected} ink={rejected ? 'text-critical-ink' : ''} />
        <Count name="Accounts created" value={result.accounts_created} />
        <Count name="Accounts updated" value={result.accounts_updated} />
        <Count name="Metrics created" value={result.metrics_created} />
        <Count name="Metrics updated" value={result.metrics_updated} />
      </dl>
      <div className="mt-4 flex flex-wrap gap-2">
        {upload.dryRun ? (
          <Button weight="primary" onClick={again}>
            Import it now
          </Button>
        ) : (
          <>
            <Link to="/" className={buttonClasses('primary')}>
              See the overview
            </Link>
            <Link to="/accounts" className={buttonClasses('quiet')}>
              See the accounts
            </Link>
          </>
        )}
        {result.report_url && (
          <a href={result.report_url} download className={buttonClasses('quiet')}>
            <Download aria-hidden className="size-4" />
            All row errors as CSV
          </a>
        )}
      </div>
      {result.row_errors.length > 0 && <RowErrors errors={result.row_errors} rejected={result.rows_rejected} />}
    </div>
  )
}

function headline(result: IngestResult, upload: Upload): string {
  if (upload.dryRun) {
    return result.rows_rejected > 0
      ? `Dry run: ${plural(result.rows_rejected, 'row')} would be rejected`
      : 'Dry run: the file is fine, nothing was stored'
  }
  const stored = plural(result.rows_read - result.rows_rejected, 'row')
  return result.rows_rejected > 0 ? `${stored} imported, ${formatCount(result.rows_rejected)} rejected` : `${stored} imported`
}

function Count({ name, value, ink = '' }: { name: string; value: number; ink?: string }) {
  return (
    <div className="rounded-xl bg-surface-sunken/70 px-3 py-2">
      <dt className="text-xs text-ink-faint">{name}</dt>
      <dd className={`number text-lg font-bold ${ink}`}>{formatCount(value)}</dd>
    </div>
  )
}
