import { Banknote, Building2, HeartPulse, ShieldAlert, type LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { Link } from 'react-router-dom'

import type { PortfolioSummary } from '@/shared/api/types'
import { accountsLink } from '@/shared/model/account-filters'
import { bucketTone, scoreBucket, toneClasses } from '@/shared/model/buckets'
import { formatCount, formatMoneyChange, formatMoneyShort, formatMoney, formatScore, formatShare, plural } from '@/shared/model/format'
import { changeDirection } from '@/shared/ui/trend-mark'

import { bucketNumbers } from './bucket-numbers'

export function StatCards({ summary }: { summary: PortfolioSummary }) {
  const rows = bucketNumbers(summary)
  const scored = rows.some((row) => row.bucket !== 'Insufficient Data' && row.accounts > 0)
  const average = scored ? summary.avg_health_score : null
  const averageBucket = scoreBucket(average)
  const averageTone = bucketTone(averageBucket)
  const atRisk = rows.filter((row) => row.bucket === 'At-Risk' || row.bucket === 'Critical').reduce((sum, row) => sum + row.arr, 0)
  const atRiskShare = summary.total_arr > 0 ? atRisk / summary.total_arr : 0
  const critical = rows.find((row) => row.bucket === 'Critical')

  return (
    <div className="grid grid-cols-2 gap-3 sm:gap-4 xl:grid-cols-4">
      <StatCard
        icon={Building2}
        tile="bg-brand-soft text-brand-ink"
        label="Accounts"
        value={formatCount(summary.total_accounts)}
        to={accountsLink()}
        note={`in ${plural(Object.keys(summary.accounts_by_segment).length, 'segment')}`}
      />
      <StatCard
        icon={Banknote}
        tile="bg-money-soft text-money-ink"
        label="Total ARR"
        value={formatMoneyShort(summary.total_arr)}
        title={formatMoney(summary.total_arr)}
        to={accountsLink({ sort: '-arr' })}
        note={
          <>
            <Change amount={summary.arr_trend_30d} span="30 days" />
            <Change amount={summary.arr_trend_90d} span="90 days" />
          </>
        }
      />
      <StatCard
        icon={HeartPulse}
        tile={toneClasses[averageTone].badge}
        label="Average health"
        value={<span className={toneClasses[averageTone].ink}>{formatScore(average)}</span>}
        to={accountsLink({ sort: '-health_score' })}
        note={<ScoreScale score={average} label={averageBucket} />}
      />
      <StatCard
        icon={ShieldAlert}
        tile="bg-critical-soft text-critical-ink"
        label="ARR at risk"
        value={formatMoneyShort(atRisk)}
        title={formatMoney(atRisk)}
        to={critical?.accounts ? accountsLink({ bucket: 'Critical', sort: '-arr' }) : accountsLink({ bucket: 'At-Risk', sort: '-arr' })}
        note={
          <>
            <span>{formatShare(atRiskShare, 1)} of all ARR</span>
            {critical && critical.arr > 0 && <span className="text-critical-ink">{formatMoneyShort(critical.arr)} critical</span>}
          </>
        }
      />
    </div>
  )
}

interface StatCardProps {
  icon: LucideIcon
  tile: string
  label: string
  value: ReactNode
  title?: string
  note: ReactNode
  to: string
}

function StatCard({ icon: Icon, tile, label, value, title, note, to }: StatCardProps) {
  return (
    <Link
      to={to}
      className="group flex min-w-0 flex-col rounded-2xl border border-line bg-surface p-4 shadow-card transition-shadow hover:shadow-lift sm:p-5"
    >
      <span className="flex items-center gap-2.5 text-xs font-medium text-ink-soft sm:text-sm">
        <span className={`grid size-8 shrink-0 place-items-center rounded-xl sm:size-9 ${tile}`}>
          <Icon aria-hidden className="size-[18px]" />
        </span>
        {label}
      </span>
      <span title={title} className="number mt-3 text-2xl font-bold tracking-tight sm:text-3xl">
        {value}
      </span>
      <span className="mt-1.5 flex flex-wrap gap-x-3 gap-y-0.5 text-xs text-ink-faint">{note}</span>
    </Link>
  )
}

const changeInks = { improving: 'text-healthy-ink', stable: 'text-ink-faint', declining: 'text-critical-ink' }

function Change({ amount, span }: { amount: number; span: string }) {
  return (
    <span className="whitespace-nowrap">
      <span className={`number font-medium ${changeInks[changeDirection(amount)]}`}>{formatMoneyChange(amount)}</span> in {span}
    </span>
  )
}

/** Where a score lies on the three bands. */
function ScoreScale({ score, label }: { score: number | null; label: string }) {
  return (
    <span className="block w-full">
      <span aria-hidden className="relative mt-1 flex h-1.5 gap-0.5">
        <span className="w-[40%] rounded-l-full bg-critical/50" />
        <span className="w-[30%] bg-at-risk/60" />
        <span className="w-[30%] rounded-r-full bg-healthy/60" />
        {score !== null && <span className="absolute -top-1 h-3.5 w-1 -translate-x-1/2 rounded-full bg-ink ring-2 ring-surface" style={{ left: `${score}%` }} />}
      </span>
      <span className="mt-1.5 block">{label}</span>
    </span>
  )
}
