import { CircleCheckBig, ChevronDown, Clock, TriangleAlert } from 'lucide-react'

import type { Recommendation } from '@/shared/api/types'
import { formatShare } from '@/shared/model/format'
import { Card } from '@/shared/ui/card'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { useAccountHealth } from './requests/get-account-health'
import { useRecommendations } from './requests/recommend-actions'

/** What speaks against the account, and what to do about it. */
export function RiskCard({ id }: { id: number }) {
  const health = useAccountHealth(id)
  const recommendations = useRecommendations(id)

  if (health.isPending || recommendations.isPending) {
    return (
      <Card title="Risks and playbooks">
        <SkeletonRows rows={5} label="Loading risks and playbooks" />
      </Card>
    )
  }
  const failed = health.isError ? health : recommendations.isError ? recommendations : undefined
  if (failed) {
    return (
      <Card title="Risks and playbooks">
        <ErrorState title="The risks could not be loaded" error={failed.error} retry={() => void failed.refetch()} />
      </Card>
    )
  }
  const risks = health.data?.risk_factors ?? []
  const plays = recommendations.data?.recommendations ?? []
  if (risks.length === 0) {
    return (
      <Card title="Risks and playbooks">
        <EmptyState icon={CircleCheckBig} title="No risks in sight">
          Nothing speaks against this account today.
        </EmptyState>
      </Card>
    )
  }
  return (
    <Card title="Risks and playbooks" hint="What speaks against this account, and what helps">
      <ul aria-label="Risk factors" className="mb-4 flex flex-wrap gap-1.5">
        {risks.map((risk) => (
          <li key={risk} className="inline-flex items-center gap-1.5 rounded-full bg-critical-soft px-2.5 py-1 text-xs font-medium text-critical-ink">
            <TriangleAlert aria-hidden className="size-3.5" />
            {risk}
          </li>
        ))}
      </ul>
      <ul aria-label="Recommended playbooks" className="space-y-2">
        {plays.map((play) => (
          <li key={play.playbook.id}>
            <Playbook play={play} />
          </li>
        ))}
      </ul>
      {plays.length === 0 && <p className="text-ink-soft">No playbook matches these risks.</p>}
    </Card>
  )
}

const priorities: Record<Recommendation['playbook']['priority'], string> = {
  High: 'bg-critical-soft text-critical-ink',
  Medium: 'bg-at-risk-soft text-at-risk-ink',
  Low: 'bg-insufficient-soft text-insufficient-ink',
}

function Playbook({ play }: { play: Recommendation }) {
  const { playbook } = play
  return (
    <details className="group rounded-xl border border-line open:bg-surface-sunken/50">
      <summary className="flex cursor-pointer list-none items-start gap-3 rounded-xl px-3.5 py-3 hover:bg-surface-sunken/60 [&::-webkit-details-marker]:hidden">
        <span className="number grid h-9 w-11 shrink-0 place-items-center rounded-lg bg-brand-soft text-xs font-bold text-brand-ink" title="Relevance">
          <span className="sr-only">Relevance </span>
          {formatShare(play.relevance_score)}
        </span>
        <span className="min-w-0 flex-1">
          <span className="block font-medium">{playbook.title}</span>
          <span className="mt-1 flex flex-wrap items-center gap-x-2.5 gap-y-1 text-xs text-ink-faint">
            <span className={`rounded-full px-1.5 py-px font-medium ${priorities[playbook.priority]}`}>{playbook.priority} priority</span>
            <span>{playbook.category}</span>
            <span className="inline-flex items-center gap-1">
              <Clock aria-hidden className="size-3" />
              {playbook.estimated_effort}
            </span>
          </span>
        </span>
        <ChevronDown aria-hidden className="mt-1 size-4 shrink-0 text-ink-faint transition-transform group-open:rotate-180" />
      </summary>
      <div className="px-3.5 pb-4 text-ink-soft sm:pl-[4.4rem]">
        <p>{playbook.description}</p>
        <ol className="mt-3 list-decimal space-y-1.5 pl-5 marker:font-semibold marker:text-brand-ink">
          {playbook.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p className="mt-3 text-xs text-ink-faint">Answers: {play.matching_risk_factors.join(', ')}</p>
      </div>
    </details>
  )
}
