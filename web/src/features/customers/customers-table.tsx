import { Link } from 'react-router-dom'

import type { Customer, CustomerSort, CustomerSortField } from '@/shared/api/customer'
import { statusBucket } from '@/shared/model/buckets'
import { formatCount, formatMoment, formatMoneyShort, noValue } from '@/shared/model/format'
import { formatRelative } from '@/shared/model/relative-time'
import { BucketBadge, BucketIcon } from '@/shared/ui/bucket-badge'
import { ScoreBar } from '@/shared/ui/score-bar'
import { SortHead } from '@/shared/ui/sort-head'

const medium = 'hidden md:table-cell'
const wide = 'hidden lg:table-cell'
const widest = 'hidden xl:table-cell'

interface CustomersTableProps {
  customers: Customer[]
  sort: CustomerSort
  onSort: (sort: CustomerSort) => void
}

export function CustomersTable({ customers, sort, onSort }: CustomersTableProps) {
  const head = (field: CustomerSortField, label: string, className: string, right = false) => (
    <SortHead field={field} label={label} className={className} right={right} sort={sort} onSort={onSort} />
  )
  return (
    <table className="w-full">
      <caption className="sr-only">Customers</caption>
      <thead>
        <tr className="border-b border-line text-left text-xs text-ink-faint">
          {head('name', 'Customer', 'pl-4 sm:pl-5')}
          {head('health_score', 'Health', 'pl-4 sm:pl-6')}
          <th scope="col" className={`${wide} font-medium`}>Band</th>
          {head('segment', 'Segment', medium)}
          <th scope="col" className={`${wide} font-medium`}>Plan</th>
          {head('region', 'Region', widest)}
          {head('arr', 'ARR', '', true)}
          <th scope="col" className={`${widest} text-right font-medium`}>MRR</th>
          <th scope="col" className={`${medium} pl-3 text-right font-medium`}>Tickets</th>
          <th scope="col" className={`${medium} pl-3 text-right font-medium`}>NPS</th>
          <th scope="col" className={`${widest} pl-4 font-medium`}>Scorecard</th>
          <th scope="col" className={`${medium} pl-4 pr-5 text-right font-medium`}>Last activity</th>
        </tr>
      </thead>
      <tbody>
        {customers.map((customer) => (
          <CustomerRow key={customer.id} customer={customer} />
        ))}
      </tbody>
    </table>
  )
}

function CustomerRow({ customer }: { customer: Customer }) {
  const bucket = statusBucket(customer.health_status)
  const about = [customer.company !== customer.name && customer.company, customer.email].filter(Boolean).join(' · ')
  return (
    <tr className="relative border-b border-line/70 last:border-0 hover:bg-surface-sunken/70">
      <th scope="row" className="max-w-0 py-2 pl-4 text-left font-normal sm:pl-5 md:w-1/4">
        <Link to={`/customers/${customer.id}`} className="block truncate font-medium after:absolute after:inset-0">
          {customer.name}
        </Link>
        <span className="hidden truncate text-xs text-ink-faint md:block">{about || noValue}</span>
        <span className="block truncate text-xs text-ink-faint md:hidden">{[customer.segment, customer.plan].filter(Boolean).join(' · ')}</span>
      </th>
      <td className="w-px pl-4 pr-4 sm:w-44 sm:pl-6">
        <span className="flex items-center gap-2">
          <ScoreBar score={customer.health_score} bucket={bucket} className="min-w-0 flex-1" />
          <span className="lg:hidden">
            <BucketIcon bucket={bucket} />
            <span className="sr-only">{bucket}</span>
          </span>
        </span>
      </td>
      <td className={`${wide} pr-4`}>
        <BucketBadge bucket={bucket} />
      </td>
      <td className={`pr-3 text-ink-soft ${medium}`}>{customer.segment || noValue}</td>
      <td className={`pr-3 text-ink-soft ${wide}`}>{customer.plan || noValue}</td>
      <td className={`text-ink-soft ${widest}`}>{customer.region || noValue}</td>
      <td className="number whitespace-nowrap pr-4 text-right md:pr-0">{formatMoneyShort(customer.arr)}</td>
      <td className={`number whitespace-nowrap pl-3 text-right text-ink-soft ${widest}`}>{customer.mrr === null ? noValue : formatMoneyShort(customer.mrr)}</td>
      <td className={`number pl-3 text-right ${medium}`}>{customer.support_tickets === null ? noValue : formatCount(customer.support_tickets)}</td>
      <td className={`number pl-3 text-right ${medium}`}>{customer.nps_score === null ? noValue : formatCount(customer.nps_score)}</td>
      <td className={`pl-4 text-ink-soft ${widest}`}>{customer.scorecard || noValue}</td>
      <td className={`whitespace-nowrap pl-4 pr-5 text-right text-ink-soft ${medium}`}>
        {customer.last_activity ? <time dateTime={customer.last_activity} title={formatMoment(customer.last_activity)}>{formatRelative(customer.last_activity)}</time> : noValue}
      </td>
    </tr>
  )
}
