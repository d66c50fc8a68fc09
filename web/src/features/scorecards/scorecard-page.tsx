import { ArrowLeft, FileQuestion } from 'lucide-react'
import { Link, useParams } from 'react-router-dom'

import { ApiError } from '@/shared/api/api-error'
import { usePageTitle } from '@/shared/model/page-title'
import { useScorecard } from '@/shared/requests/get-scorecard'
import { buttonClasses } from '@/shared/ui/button'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { ScorecardEditor } from './scorecard-editor'

/** The address of a scorecard that is not stored yet. */
const newName = 'new'

export default function ScorecardPage() {
  const name = useParams().name ?? newName
  return (
    <>
      <Link to="/scorecards" className="mb-3 inline-flex items-center gap-1.5 rounded-md text-xs font-medium text-ink-faint hover:text-ink">
        <ArrowLeft aria-hidden className="size-4" />
        All scorecards
      </Link>
      {name === newName ? <ScorecardEditor key={newName} /> : <Stored key={name} name={name} />}
    </>
  )
}

function Stored({ name }: { name: string }) {
  const scorecard = useScorecard(name)
  if (scorecard.isPending) return <SkeletonRows rows={8} label="Loading the scorecard" />
  if (scorecard.isError) {
    if (scorecard.error instanceof ApiError && scorecard.error.status === 404) return <Unknown />
    return <ErrorState title="The scorecard could not be loaded" error={scorecard.error} retry={() => void scorecard.refetch()} />
  }
  return <ScorecardEditor stored={scorecard.data} />
}

function Unknown() {
  usePageTitle('Scorecard not found')
  return (
    <EmptyState
      icon={FileQuestion}
      titleAs="h1"
      title="There is no such scorecard"
      action={
        <Link to="/scorecards" className={buttonClasses('primary')}>
          See all scorecards
        </Link>
      }
    >
      It may have been retired, or the link is mistyped.
    </EmptyState>
  )
}
