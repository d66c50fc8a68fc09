import { History } from 'lucide-react'

import type { Import, JobStatus } from '@/shared/api/types'
import { formatBytes, formatCount, formatMoment } from '@/shared/model/format'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { useImportList } from './requests/list-imports'

/** What has been imported before. */
export function ImportList() {
  return (
    <Card title="Past imports" className="mt-4">
      <Content />
    </Card>
  )
}

function Content() {
  const imports = useImportList()
  if (imports.isPending) return <SkeletonRows rows={4} label="Loading past imports" />
  if (imports.isError) {
    return <ErrorState title="The past imports could not be loaded" error={imports.error} retry={() => void imports.refetch()} />
  }
  if (imports.data.imports.length === 0) {
    return (
      <EmptyState icon={History} title="Nothing imported yet">
        Drop a CSV file above, or download the sample and drop that.
      </EmptyState>
    )
  }
  return (
    <table className="w-full">
      <caption className="sr-only">Past imports, newest first</caption>
      <thead>
        <tr className="border-b border-line text-left text-xs text-ink-faint">
          <th scope="col" className="pb-2 font-medium">File</th>
          <th scope="col" className="pb-2 font-medium">Status</th>
          <th scope="col" className="pb-2 text-right font-medium">Rows</th>
          <th scope="col" className="pb-2 text-right font-medium">Rejected</th>
          <th scope="col" className="hidden pb-2 text-right font-medium md:table-cell">New accounts</th>
          <th scope="col" className="hidden pb-2 text-right font-medium md:table-cell">New metrics</th>
          <th scope="col" className="hidden pb-2 text-right font-medium sm:table-cell">Started</th>
        </tr>
      </thead>
      <tbody>
        {imports.data.imports.map((entry) => (
          <Row key={entry.id} entry={entry} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ entry }: { entry: Import }) {
  return (
    <tr className="number border-b border-line/70 last:border-0">
      <th scope="row" className="max-w-0 py-2.5 pr-3 text-left font-normal md:w-1/3">
        <span className="block truncate font-medium">{entry.filename}</span>
        <span className="block truncate text-xs text-ink-faint">
          {formatBytes(entry.bytes_total)}
          <span className="sm:hidden"> · {formatMoment(entry.created_at)}</span>
        </span>
      </th>
      <td className="pr-3">
        <Status entry={entry} />
      </td>
      <td className="text-right">{formatCount(entry.rows_read)}</td>
      <td className="text-right">
        {entry.rows_rejected > 0 ? (
          <a href={`/api/imports/${entry.id}/errors`} download className="font-medium text-critical-ink underline underline-offset-2">
            {formatCount(entry.rows_rejected)}
            <span className="sr-only"> rejected rows, download the report</span>
          </a>
        ) : (
          formatCount(0)
        )}
      </td>
      <td className="hidden text-right md:table-cell">{formatCount(entry.accounts_created)}</td>
      <td className="hidden text-right md:table-cell">{formatCount(entry.metrics_created)}</td>
      <td className="hidden whitespace-nowrap text-right text-ink-soft sm:table-cell">{formatMoment(entry.created_at)}</td>
    </tr>
  )
}

const looks: Record<JobStatus, { label: string; look: string }> = {
  queued: { label: 'Waiting', look: 'bg-insufficient-soft text-insufficient-ink' },
  running: { label: 'Running', look: 'bg-money-soft text-money-ink' },
  succeeded: { label: 'Done', look: 'bg-healthy-soft text-healthy-ink' },
  failed: { label: 'Failed', look: 'bg-critical-soft text-critical-ink' },
  dead: { label: 'Failed', look: 'bg-critical-soft text-critical-ink' },
}

function Status({ entry }: { entry: Import }) {
  const { label, look } = looks[entry.status]
  const share = entry.bytes_total > 0 ? Math.round((entry.bytes_done / entry.bytes_total) * 100) : 0
  return (
    <span className={`whitespace-nowrap rounded-full px-2 py-0.5 text-xs font-medium ${look}`}>
      {label}
      {entry.status === 'running' && ` ${share}%`}
    </span>
  )
}
