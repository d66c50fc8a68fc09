import { ChevronLeft, ChevronRight } from 'lucide-react'
import { Link } from 'react-router-dom'

import { accountsLink, type AccountFilters } from '@/shared/model/account-filters'
import { formatCount } from '@/shared/model/format'
import { buttonClasses } from '@/shared/ui/button'

interface PagerProps {
  page: number
  pageSize: number
  total: number
  filters: AccountFilters
}

/** Real links, so that a page can be opened in a tab of its own. */
export function Pager({ page, pageSize, total, filters }: PagerProps) {
  const pages = Math.max(Math.ceil(total / pageSize), 1)
  const first = (page - 1) * pageSize + 1
  const last = Math.min(page * pageSize, total)
  return (
    <nav aria-label="Pages of the list" className="flex flex-wrap items-center justify-between gap-3 border-t border-line px-4 py-3 sm:px-5">
      <span className="number text-xs text-ink-faint">
        {formatCount(first)}–{formatCount(last)} of {formatCount(total)}
      </span>
      {pages > 1 && (
        <span className="flex items-center gap-2">
          <Step to={page - 1} pages={pages} filters={filters} label="Previous page">
            <ChevronLeft aria-hidden className="size-4" />
          </Step>
          <span className="number text-xs text-ink-soft">
            Page {formatCount(page)} of {formatCount(pages)}
          </span>
          <Step to={page + 1} pages={pages} filters={filters} label="Next page">
            <ChevronRight aria-hidden className="size-4" />
          </Step>
        </span>
      )}
    </nav>
  )
}

interface StepProps {
  to: number
  pages: number
  filters: AccountFilters
  label: string
  children: React.ReactNode
}

function Step({ to, pages, filters, label, children }: StepProps) {
  const look = `${buttonClasses('quiet')} !px-2.5`
  if (to < 1 || to > pages) {
    return (
      <span aria-hidden className={`${look} pointer-events-none opacity-40`}>
        {children}
      </span>
    )
  }
  return (
    <Link to={accountsLink({ ...filters, page: to })} aria-label={label} className={look}>
      {children}
    </Link>
  )
}
