import { Table } from 'lucide-react'
import { useState } from 'react'

import type { Metrics } from '@/shared/api/types'
import { scoreBucket } from '@/shared/model/buckets'
import { formatCount, formatDay, formatShare, noValue, plural } from '@/shared/model/format'
import { BucketIcon } from '@/shared/ui/bucket-badge'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { ScoreBar } from '@/shared/ui/score-bar'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { historyLimit } from './history-card'
import { useMetricsHistory } from './requests/list-metrics-history'

const shownAtFirst = 14

/** The daily rows behind every number above. */
export function MetricsTable({ id }: { id: number }) {
  return (
    <Card title="Daily metrics" className="mt-4">
      <Content id={id} />
    </Card>
  )
}

function Content({ id }: { id: number }) {
  const history = useMetricsHistory(id, historyLimit)
  const [all, setAll] = useState(false)

  if (history.isPending) return <SkeletonRows rows={6} label="Loading metrics" />
  if (history.isError) {
    return <ErrorState title="The metrics could not be loaded" error={history.error} retry={() => void history.refetch()} />
  }
  const rows = [...history.data.history].reverse()
  if (rows.length === 0) {
    return (
      <EmptyState icon={Table} title="No metrics yet">
        Import a CSV file with rows of this account to see them here.
      </EmptyState>
    )
  }
  return (
    <>
      {/* The table scrolls by itself on small screens; the page does not. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div role="region" aria-label="Table of days" tabIndex={0} className="-mx-5 overflow-x-auto px-5">
        <table className="w-full min-w-[640px]">
          <caption className="sr-only">Daily metrics, newest first</caption>
          <thead>
            <tr className="border-b border-line text-right text-xs text-ink-faint">
              <th scope="col" className="pb-2 text-left font-medium">Day</th>
              <th scope="col" className="pb-2 pl-4 text-left font-medium">Health</th>
              <th scope="col" className="pb-2 font-medium">Active users</th>
              <th scope="col" className="pb-2 font-medium">Adoption</th>
              <th scope="col" className="pb-2 font-medium">Open tickets</th>
              <th scope="col" className="pb-2 font-medium">NPS</th>
              <th scope="col" className="pb-2 font-medium">Logins</th>
            </tr>
          </thead>
          <tbody>
            {rows.slice(0, all ? rows.length : shownAtFirst).map((row) => (
              <Row key={row.id} row={row} />
            ))}
          </tbody>
        </table>
      </div>
      {rows.length > shownAtFirst && (
        <div className="mt-4 text-center">
          <Button onClick={() => setAll(!all)}>{all ? 'Show fewer' : `Show all ${plural(rows.length, 'day')}`}</Button>
        </div>
      )}
    </>
  )
}

function Row({ row }: { row: Metrics }) {
  const bucket = scoreBucket(row.health_score)
  return (
    <tr className="number border-b border-line/70 text-right last:border-0">
      <th scope="row" className="whitespace-nowrap py-2 text-left font-medium">{formatDay(row.date)}</th>
      <td className="w-52 pl-4">
        <span className="flex items-center gap-2">
          <ScoreBar score={row.health_score} className="min-w-0 flex-1" />
          <BucketIcon bucket={bucket} />
          <span className="sr-only">{bucket}</span>
        </span>
      </td>
      <td>{formatCount(row.daily_active_users)}</td>
      <td>{formatShare(row.feature_adoption_rate)}</td>
      <td>{formatCount(row.support_tickets_open)}</td>
      <td>{row.nps_score === null ? noValue : formatCount(row.nps_score)}</td>
      <td>{formatShare(row.login_frequency)}</td>
    </tr>
  )
}
