import { Sprout, Upload } from 'lucide-react'
import { Link } from 'react-router-dom'

import { buttonClasses } from './button'
import { EmptyState } from './empty-state'

/** The first thing that a new user sees: how to get accounts in. */
export function NoAccounts() {
  return (
    <EmptyState
      icon={Sprout}
      title="No accounts yet"
      action={
        <Link to="/import" className={buttonClasses('primary')}>
          <Upload aria-hidden className="size-4" />
          Import a CSV file
        </Link>
      }
    >
      Drag a CSV file of daily account metrics onto the import page, or run{' '}
      <code className="rounded bg-surface-sunken px-1.5 py-0.5 text-xs text-ink">keepwell demo</code> on the server to look
      around with demo data.
    </EmptyState>
  )
}
