import { Plus, SlidersHorizontal } from 'lucide-react'
import { Link } from 'react-router-dom'

import type { Scorecard } from '@/shared/api/scorecard'
import { customersLink } from '@/shared/model/customer-filters'
import { formatCount, formatDecimal, formatMomentDay, plural } from '@/shared/model/format'
import { usePageTitle } from '@/shared/model/page-title'
import { useScorecardList } from '@/shared/requests/list-scorecards'
import { buttonClasses } from '@/shared/ui/button'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { PageHeader } from '@/shared/ui/page-header'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { RulesCard } from './rules-card'
import { WeightBar } from './weight-bar'

export default function ScorecardsPage() {
  usePageTitle('Scorecards')
  const list = useScorecardList()
  return (
    <>
      <PageHeader
        title="Scorecards"
        lead="What counts towards health, how much, and for whom"
        action={
          <Link to="/scorecards/new" className={buttonClasses('primary')}>
            <Plus aria-hidden className="size-4" />
            New scorecard
          </Link>
        }
      />
      <div className="mb-4 rounded-2xl border border-line bg-surface shadow-card">
        {list.isPending && (
          <div className="p-4">
            <SkeletonRows rows={3} label="Loading scorecards" />
          </div>
        )}
        {list.isError && <ErrorState title="The scorecards could not be loaded" error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess &&
          (list.data.length === 0 ? (
            <EmptyState icon={SlidersHorizontal} title="No scorecards">
              Without a scorecard nobody is scored. Make one, and choose its factors.
            </EmptyState>
          ) : (
            <ScorecardsTable scorecards={list.data} />
          ))}
      </div>
      <RulesCard scorecards={list.data ?? []} />
    </>
  )
}

function ScorecardsTable({ scorecards }: { scorecards: Scorecard[] }) {
  return (
    <table className="w-full text-left">
      <caption className="sr-only">Scorecards</caption>
      <thead>
        <tr className="border-b border-line text-xs text-ink-faint">
          <th scope="col" className="py-2.5 pl-4 font-medium sm:pl-5">Scorecard</th>
          <th scope="col" className="hidden font-medium md:table-cell">Factors</th>
          <th scope="col" className="hidden pl-5 font-medium lg:table-cell">Bands from</th>
          <th scope="col" className="hidden font-medium lg:table-cell">Changed</th>
          <th scope="col" className="pr-4 text-right font-medium sm:pr-5">Customers</th>
        </tr>
      </thead>
      <tbody>
        {scorecards.map((card) => (
          <tr key={card.name} className="border-b border-line/70 last:border-0 hover:bg-surface-sunken/70">
            <th scope="row" className="py-3 pl-4 font-normal sm:pl-5 md:w-1/4">
              <Link to={`/scorecards/${encodeURIComponent(card.name)}`} className="rounded font-medium hover:text-brand-ink hover:underline">
                {card.name}
              </Link>{' '}
              <span className="number text-xs text-ink-faint">version {card.version}</span>
              {card.retired && <span className="ml-2 rounded-full bg-insufficient-soft px-2 py-0.5 text-xs text-insufficient-ink">retired</span>}
              <span className="mt-0.5 block text-xs text-ink-faint">{card.description}</span>
              <span className="mt-2 block md:hidden">
                <WeightBar factors={card.factors} />
              </span>
            </th>
            <td className="hidden py-3 pr-4 md:table-cell">
              <WeightBar factors={card.factors} legend />
            </td>
            <td className="number hidden whitespace-nowrap pl-5 lg:table-cell">
              <span className="text-healthy-ink">{plain(card.bands.healthy_from)}</span> · <span className="text-at-risk-ink">{plain(card.bands.at_risk_from)}</span>
            </td>
            <td className="hidden whitespace-nowrap text-xs text-ink-soft lg:table-cell">
              {card.author ? `${formatMomentDay(card.created_at)} by ${card.author}` : 'Came with Keepwell'}
            </td>
            <td className="number whitespace-nowrap pr-4 text-right sm:pr-5">
              <Link to={customersLink({ scorecard: card.name })} className="rounded text-brand-ink hover:underline" aria-label={plural(card.customers, 'customer')}>
                {formatCount(card.customers)}
              </Link>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

const plain = (value: number) => formatDecimal(value, Number.isInteger(value) ? 0 : 1)
