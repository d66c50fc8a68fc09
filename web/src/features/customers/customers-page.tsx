import { Plus, SearchX } from 'lucide-react'
import { useState } from 'react'
import { useSearchParams } from 'react-router-dom'

import {
  hasCustomerFilters,
  readCustomerFilters,
  toCustomerQuery,
  writeCustomerFilters,
  type CustomerFilters,
} from '@/shared/model/customer-filters'
import { formatCount, plural } from '@/shared/model/format'
import { usePageTitle } from '@/shared/model/page-title'
import { Button } from '@/shared/ui/button'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { LoadMore } from '@/shared/ui/load-more'
import { PageHeader } from '@/shared/ui/page-header'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { CustomerFilterBar } from './customer-filter-bar'
import { CustomersTable } from './customers-table'
import { NewCustomerDialog } from './new-customer-dialog'
import { NoCustomers } from './no-customers'
import { useCustomerList } from './requests/list-customers'

export default function CustomersPage() {
  usePageTitle('Customers')
  const [parameters, setParameters] = useSearchParams()
  const [adding, setAdding] = useState(false)
  const filters = readCustomerFilters(parameters)
  const list = useCustomerList(toCustomerQuery(filters))
  const customers = list.data?.pages.flatMap((page) => page.data) ?? []
  const total = list.data?.pages[0]?.total

  function change(next: Partial<CustomerFilters>, how: { replace?: boolean } = {}) {
    setParameters((current) => writeCustomerFilters({ ...readCustomerFilters(current), ...next }), how)
  }
  const clear = () => change({ search: '', health_status: '', segment: '', plan: '', region: '', scorecard: '' })

  return (
    <>
      <PageHeader
        title="Customers"
        lead={<span aria-live="polite">{total === undefined ? 'Counting…' : plural(total, 'customer')}</span>}
        action={
          <Button weight="primary" onClick={() => setAdding(true)}>
            <Plus aria-hidden className="size-4" />
            New customer
          </Button>
        }
      />
      <CustomerFilterBar filters={filters} change={change} clear={clear} customers={customers} />
      <div className="rounded-2xl border border-line bg-surface shadow-card">
        {list.isPending && (
          <div className="p-4">
            <SkeletonRows rows={10} label="Loading customers" />
          </div>
        )}
        {list.isError && <ErrorState title="The customers could not be loaded" error={list.error} retry={() => void list.refetch()} />}
        {list.isSuccess && customers.length === 0 && (hasCustomerFilters(filters) ? <NoMatch clear={clear} /> : <NoCustomers onNew={() => setAdding(true)} />)}
        {list.isSuccess && customers.length > 0 && (
          <div className={list.isPlaceholderData ? 'opacity-60 transition-opacity' : ''}>
            <CustomersTable customers={customers} sort={filters.sort} onSort={(sort) => change({ sort })} />
            <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-3 sm:px-5">
              <span className="number text-xs text-ink-faint">
                {formatCount(customers.length)} of {formatCount(total ?? customers.length)} shown
              </span>
              <LoadMore more={list} label="Load more" />
            </div>
          </div>
        )}
      </div>
      {adding && <NewCustomerDialog onClose={() => setAdding(false)} />}
    </>
  )
}

function NoMatch({ clear }: { clear: () => void }) {
  return (
    <EmptyState icon={SearchX} title="No customer matches" action={<Button onClick={clear}>Clear the filters</Button>}>
      Try fewer filters or a shorter search.
    </EmptyState>
  )
}
