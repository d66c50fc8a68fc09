import { MonitorOff } from 'lucide-react'

import { formatCount, formatMoment, noValue } from '@/shared/model/format'
import { formatDuration } from '@/shared/model/relative-time'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { LoadMore } from '@/shared/ui/load-more'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { useCustomerSessions } from './requests/list-customer-sessions'

export function SessionsCard({ id }: { id: number }) {
  return (
    <Card title="Sessions" hint="From a login to a logout or half an hour of silence">
      <Content id={id} />
    </Card>
  )
}

function Content({ id }: { id: number }) {
  const list = useCustomerSessions(id)
  if (list.isPending) return <SkeletonRows rows={4} label="Loading sessions" />
  if (list.isError) return <ErrorState title="The sessions could not be loaded" error={list.error} retry={() => void list.refetch()} />
  const sessions = list.data.pages.flatMap((page) => page.data)
  if (sessions.length === 0) {
    return (
      <EmptyState icon={MonitorOff} title="No sessions yet">
        A login opens one.
      </EmptyState>
    )
  }
  return (
    <>
      <table className="w-full text-left">
        <caption className="sr-only">Sessions</caption>
        <thead>
          <tr className="border-b border-line text-xs text-ink-faint">
            <th scope="col" className="pb-2 font-medium">Started</th>
            <th scope="col" className="pb-2 font-medium">User</th>
            <th scope="col" className="pb-2 text-right font-medium">Length</th>
            <th scope="col" className="hidden pb-2 text-right font-medium sm:table-cell">Pages</th>
            <th scope="col" className="hidden pb-2 text-right font-medium sm:table-cell">Features</th>
          </tr>
        </thead>
        <tbody>
          {sessions.map((session) => (
            <tr key={session.id} className="border-b border-line/70 last:border-0">
              <td className="whitespace-nowrap py-1.5">{formatMoment(session.started_at)}</td>
              <td className="max-w-24 truncate text-ink-soft">{session.user || noValue}</td>
              <td className="number whitespace-nowrap text-right">{session.ended_at ? formatDuration(session.duration_seconds) : <span className="text-healthy-ink">open</span>}</td>
              <td className="number hidden text-right text-ink-soft sm:table-cell">{formatCount(session.page_views)}</td>
              <td className="number hidden text-right text-ink-soft sm:table-cell">{formatCount(session.feature_uses)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className="mt-3 flex justify-center">
        <LoadMore more={list} label="Load older sessions" />
      </div>
    </>
  )
}
