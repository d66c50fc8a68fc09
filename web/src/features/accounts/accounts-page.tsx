import { SearchX } from 'lucide-react'
import { useSearchParams } from 'react-router-dom'

import {
  changeFilters,
  hasFilters,
  pageSize,
  readFilters,
  toQuery,
  writeFilters,
  type AccountFilters,
} from '@/shared/model/account-filters'
import { plural } from '@/shared/model/format'
import { usePageTitle } from '@/shared/model/page-title'
import { usePortfolioSummary } from '@/shared/requests/get-portfolio-summary'
import { useAccountList } from '@/shared/requests/list-accounts'
import { Button } from '@/shared/ui/button'
import { EmptyState } from '@/shared/ui/empty-state'
import { ErrorState } from '@/shared/ui/error-state'
import { NoAccounts } from '@/shared/ui/no-accounts'
import { PageHeader } from '@/shared/ui/page-header'
import { SkeletonRows } from '@/shared/ui/skeleton'

import { AccountsTable } from './accounts-table'
import { FilterBar } from './filter-bar'
import { Pager } from './pager'

export default function AccountsPage() {
  usePageTitle('Accounts')
  const [parameters, setParameters] = useSearchParams()
  const filters = readFilters(parameters)
  const accounts = useAccountList(toQuery(filters))
  const summary = usePortfolioSummary()

  function change(next: Partial<AccountFilters>, how: { replace?: boolean } = {}) {
    setParameters((current) => writeFilters(changeFilters(readFilters(current), next)), how)
  }
  const clear = () => change({ search: '', bucket: '', segment: '', region: '' })

  return (
    <>
      <PageHeader
        title="Accounts"
        lead={<span aria-live="polite">{accounts.data ? plural(accounts.data.total, 'account') : 'Counting…'}</span>}
      />
      <FilterBar filters={filters} change={change} clear={clear} summary={summary.data} accounts={accounts.data?.accounts ?? []} />
      <div className="rounded-2xl border border-line bg-surface shadow-card">
        {accounts.isPending && (
          <div className="p-4">
            <SkeletonRows rows={10} label="Loading accounts" />
          </div>
        )}
        {accounts.isError && (
          <ErrorState title="The accounts could not be loaded" error={accounts.error} retry={() => void accounts.refetch()} />
        )}
        {accounts.isSuccess && accounts.data.accounts.length === 0 && (
          <Nothing filters={filters} total={accounts.data.total} clear={clear} toFirstPage={() => change({})} />
        )}
        {accounts.isSuccess && accounts.data.accounts.length > 0 && (
          <div className={accounts.isPlaceholderData ? 'opacity-60 transition-opacity' : ''}>
            <AccountsTable accounts={accounts.data.accounts} sort={filters.sort} onSort={(sort) => change({ sort })} />
            <Pager page={filters.page} pageSize={pageSize} total={accounts.data.total} filters={filters} />
          </div>
        )}
      </div>
    </>
  )
}

interface NothingProps {
  filters: AccountFilters
  total: number
  clear: () => void
  toFirstPage: () => void
}

/** Three reasons for an empty table, each with its own way out. */
function Nothing({ filters, total, clear, toFirstPage }: NothingProps) {
  if (total > 0) {
    return (
      <EmptyState icon={SearchX} title="This page lies past the end" action={<Button onClick={toFirstPage}>Go to the first page</Button>}>
        The list has fewer pages than that now.
      </EmptyState>
    )
  }
  if (!hasFilters(filters)) return <NoAccounts />
  return (
    <EmptyState icon={SearchX} title="No account matches" action={<Button onClick={clear}>Clear the filters</Button>}>
      Try fewer filters or a shorter search.
    </EmptyState>
  )
}
