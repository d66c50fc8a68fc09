import { Check, Copy, Plus, Sprout, Upload } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'react-router-dom'

import { Button, buttonClasses } from '@/shared/ui/button'
import { EmptyState } from '@/shared/ui/empty-state'

/** A first event that makes its customer, ready for a shell. */
export function firstEvent(origin: string): string {
  const events = [{ customer_name: 'Acme Corp', event_type: 'login', event_data: { ip_address: '203.0.113.7' } }]
  return `curl -X POST '${origin}/api/events/batch?create_customers=true' -H 'content-type: application/json' -d '${JSON.stringify({ events })}'`
}

/** What a new user sees: three ways to the first customer. */
export function NoCustomers({ onNew }: { onNew: () => void }) {
  const [copied, setCopied] = useState(false)
  const command = firstEvent(window.location.origin)
  return (
    <EmptyState
      icon={Sprout}
      title="No customers yet"
      action={
        <>
          <Link to="/import" className={buttonClasses('primary')}>
            <Upload aria-hidden className="size-4" />
            Import a CSV file
          </Link>
          <Button onClick={onNew}>
            <Plus aria-hidden className="size-4" />
            New customer
          </Button>
        </>
      }
    >
      <p>Import a CSV file of daily metrics, add a customer by hand, or send the first event:</p>
      <div className="mt-3 flex items-start gap-2 rounded-lg bg-surface-sunken p-3 text-left">
        <code className="min-w-0 flex-1 break-all text-xs text-ink">{command}</code>
        <button
          type="button"
          aria-label={copied ? 'Copied' : 'Copy the command'}
          onClick={() => void navigator.clipboard.writeText(command).then(() => setCopied(true))}
          className="grid size-7 shrink-0 place-items-center rounded-md text-ink-soft hover:bg-surface hover:text-ink"
        >
          {copied ? <Check aria-hidden className="size-4 text-healthy-ink" /> : <Copy aria-hidden className="size-4" />}
        </button>
      </div>
    </EmptyState>
  )
}
