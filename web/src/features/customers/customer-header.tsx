import { PenLine, Plus } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { Link } from 'react-router-dom'

import type { Customer } from '@/shared/api/customer'
import { statusBucket } from '@/shared/model/buckets'
import { formatDay, formatMoment, formatMoney } from '@/shared/model/format'
import { formatRelative } from '@/shared/model/relative-time'
import { BucketBadge } from '@/shared/ui/bucket-badge'
import { Button } from '@/shared/ui/button'
import { PageHeader } from '@/shared/ui/page-header'

import { OverrideDialog } from './override-dialog'
import { RecordActivityDialog } from './record-activity-dialog'
import { useCustomerHealth } from './requests/get-customer-health'

type Open = 'activity' | 'override' | undefined

/** Who it is, how it stands, and what can be done here. */
export function CustomerHeader({ customer }: { customer: Customer }) {
  const [open, setOpen] = useState<Open>()
  const health = useCustomerHealth(customer.id).data
  const close = () => setOpen(undefined)
  return (
    <>
      <PageHeader
        title={customer.name}
        lead={<Facts customer={customer} status={health?.status ?? customer.health_status} />}
        action={
          <div className="flex flex-wrap gap-2">
            <Button onClick={() => setOpen('override')}>
              <PenLine aria-hidden className="size-4" />
              {health?.override ? 'Change override' : 'Set score by hand'}
            </Button>
            <Button weight="primary" onClick={() => setOpen('activity')}>
              <Plus aria-hidden className="size-4" />
              Record activity
            </Button>
          </div>
        }
      />
      {open === 'activity' && <RecordActivityDialog id={customer.id} onClose={close} />}
      {open === 'override' && <OverrideDialog id={customer.id} health={health} onClose={close} />}
    </>
  )
}

function Facts({ customer, status }: { customer: Customer; status: Customer['health_status'] }) {
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-1.5">
      <BucketBadge bucket={statusBucket(status ?? 'insufficient_data')} />
      {[customer.segment, customer.plan, customer.region].filter(Boolean).map((text) => (
        <span key={text}>{text}</span>
      ))}
      <Amount name="ARR" value={customer.arr} />
      {customer.mrr !== null && customer.mrr > 0 && <Amount name="MRR" value={customer.mrr} />}
      {customer.email && (
        <a href={`mailto:${customer.email}`} className="rounded text-brand-ink hover:underline">
          {customer.email}
        </a>
      )}
      {customer.signup_date && <span>Customer since {formatDay(customer.signup_date)}</span>}
      {customer.churned_at && <span className="font-medium text-critical-ink">Left {formatDay(customer.churned_at)}</span>}
      <Link to={`/accounts/${customer.id}`} className="rounded text-brand-ink hover:underline">
        Daily metrics
      </Link>
      {customer.last_activity && (
        <span className="text-xs text-ink-faint" title={formatMoment(customer.last_activity)}>
          Last activity {formatRelative(customer.last_activity)}
        </span>
      )}
    </div>
  )
}

function Amount({ name, value }: { name: string; value: number }): ReactNode {
  return (
    <span>
      <span className="number font-semibold text-ink">{formatMoney(value)}</span> {name}
    </span>
  )
}
