import { Compass } from 'lucide-react'
import { Link } from 'react-router-dom'

import { usePageTitle } from '@/shared/model/page-title'
import { buttonClasses } from '@/shared/ui/button'
import { EmptyState } from '@/shared/ui/empty-state'

export function NotFoundPage() {
  usePageTitle('Page not found')
  return (
    <EmptyState
      icon={Compass}
      titleAs="h1"
      title="There is no page at this address"
      action={
        <Link to="/" className={buttonClasses('primary')}>
          Go to the overview
        </Link>
      }
    >
      The link may be old, or mistyped.
    </EmptyState>
  )
}
