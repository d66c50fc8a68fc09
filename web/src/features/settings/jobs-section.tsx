import { CircleCheckBig, RotateCw } from 'lucide-react'
import { useSearchParams } from 'react-router-dom'

import type { Job, JobStatus } from '@/shared/api/types'
import { inWords } from '@/shared/model/factor-text'
import { formatDecimal, formatMoment, noValue } from '@/shared/model/format'
import { formatRelative } from '@/shared/model/relative-time'
import { Button } from '@/shared/ui/button'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { FilterSelect } from '@/shared/ui/filters'
import { FormError } from '@/shared/ui/form-field'
import { LoadMore } from '@/shared/ui/load-more'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { useJobList } from './requests/list-jobs'
import { useReplayJob } from './requests/replay-job'

const states: readonly JobStatus[] = ['queued', 'running', 'succeeded', 'failed', 'dead']

/** What runs in the background; a dead job is tried no more until somebody replays it. */
export function JobsSection() {
  const [parameters, setParameters] = useSearchParams()
  const state = states.find((known) => known === parameters.get('state')) ?? ''
  return (
    <Card
      title="Jobs"
      hint="A dead job has failed too often and waits for you"
      action={<FilterSelect label="State" all="All states" value={state} values={states} onChange={(next) => setParameters(next ? { state: next } : {}, { replace: true })} />}
    >
      <Content state={state} />
    </Card>
  )
}

function Content({ state }: { state: JobStatus | '' }) {
  const list = useJobList(state)
  const replay = useReplayJob()
  if (list.isPending) return <SkeletonRows rows={4} label="Loading jobs" />
  if (list.isError) return <ErrorState title="The jobs could not be loaded" error={list.error} retry={() => void list.refetch()} />
  const jobs = list.data.pages.flatMap((page) => page.data)
  if (jobs.length === 0) {
    return (
      <EmptyState icon={CircleCheckBig} title={state ? `No ${state} jobs` : 'No jobs yet'}>
        {state === 'dead' ? 'Nothing waits for you.' : 'Imports, recalculations and backtests appear here.'}
      </EmptyState>
    )
  }
  return (
    <>
      <FormError error={replay.error} />
      <table className={`w-full text-left ${list.isPlaceholderData ? 'opacity-60' : ''}`}>
        <caption className="sr-only">Jobs</caption>
        <thead>
          <tr className="border-b border-line text-xs text-ink-faint">
            <th scope="col" className="pb-2 font-medium">Job</th>
            <th scope="col" className="pb-2 font-medium">State</th>
            <th scope="col" className="hidden pb-2 text-right font-medium sm:table-cell">Attempts</th>
            <th scope="col" className="hidden pb-2 text-right font-medium sm:table-cell">Created</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {jobs.map((job) => (
            <JobRow key={job.id} job={job} replaying={replay.isPending && replay.variables === job.id} onReplay={() => replay.mutate(job.id)} />
          ))}
        </tbody>
      </table>
      <div className="mt-3 flex justify-center">
        <LoadMore more={list} label="Load older jobs" />
      </div>
    </>
  )
}

const badges: Record<JobStatus, string> = {
  queued: 'bg-insufficient-soft text-insufficient-ink',
  running: 'bg-brand-soft text-brand-ink',
  succeeded: 'bg-healthy-soft text-healthy-ink',
  failed: 'bg-at-risk-soft text-at-risk-ink',
  dead: 'bg-critical-soft text-critical-ink',
}

function JobRow({ job, replaying, onReplay }: { job: Job; replaying: boolean; onReplay: () => void }) {
  return (
    <tr className="border-b border-line/70 align-top last:border-0">
      <th scope="row" className="py-2 pr-3 font-normal">
        <span className="font-medium">{inWords(job.type)}</span> <span className="number text-xs text-ink-faint">#{job.id}</span>
      </th>
      <td className="py-2 pr-3">
        <span className={`rounded-full px-2 py-0.5 text-xs font-medium ${badges[job.status]}`}>{job.status}</span>
        {job.status === 'running' && <span className="number ml-2 text-xs text-ink-faint">{formatDecimal(job.progress, 0)}%</span>}
        {job.error && <span className="mt-1 block break-words text-xs text-ink-soft">{job.error}</span>}
      </td>
      <td className="number hidden py-2 text-right text-ink-soft sm:table-cell">{job.attempts}</td>
      <td className="hidden whitespace-nowrap py-2 text-right text-xs text-ink-soft sm:table-cell" title={formatMoment(job.created_at)}>
        {job.created_at ? formatRelative(job.created_at) : noValue}
      </td>
      <td className="w-px py-1 pl-3 text-right">
        {job.status === 'dead' && (
          <Button disabled={replaying} onClick={onReplay}>
            <RotateCw aria-hidden className="size-4" />
            Replay
          </Button>
        )}
      </td>
    </tr>
  )
}
