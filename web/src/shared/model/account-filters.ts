import type { AccountQuery, AccountSort } from '@/shared/api/types'

/** What the accounts page shows; it lives in the address, so that a view can be kept and sent. */
export interface AccountFilters {
  search: string
  bucket: string
  segment: string
  region: string
  sort: AccountSort
  page: number
}

export const pageSize = 25

const sortFields = ['id', 'account_name', 'segment', 'region', 'arr', 'health_score', 'updated_at'] as const
export type SortField = (typeof sortFields)[number]

export const defaultFilters: AccountFilters = { search: '', bucket: '', segment: '', region: '', sort: 'health_score', page: 1 }

function isSort(value: string | null): value is AccountSort {
  return value !== null && (sortFields as readonly string[]).includes(value.replace(/^-/, ''))
}

/** Reads an address; what makes no sense there counts as not given. */
export function readFilters(parameters: URLSearchParams): AccountFilters {
  const sort = parameters.get('sort')
  const page = Number(parameters.get('page'))
  return {
    search: parameters.get('search') ?? '',
    bucket: parameters.get('bucket') ?? '',
    segment: parameters.get('segment') ?? '',
    region: parameters.get('region') ?? '',
    sort: isSort(sort) ? sort : defaultFilters.sort,
    page: Number.isInteger(page) && page >= 1 ? page : 1,
  }
}

/** The address of a view; defaults stay out of it. */
export function writeFilters(filters: Partial<AccountFilters>): URLSearchParams {
  const parameters = new URLSearchParams()
  for (const [name, fallback] of Object.entries(defaultFilters)) {
    const value = filters[name as keyof AccountFilters]
    if (value !== undefined && value !== fallback && value !== '') parameters.set(name, String(value))
  }
  return parameters
}

/** Any change of a filter leads back to the first page, for the old page may not exist any more. */
export function changeFilters(filters: AccountFilters, change: Partial<AccountFilters>): AccountFilters {
  return { ...filters, page: 1, ...change }
}

export function toQuery(filters: AccountFilters): AccountQuery {
  return { ...filters, page_size: pageSize }
}

export function accountsLink(filters: Partial<AccountFilters> = {}): string {
  const parameters = writeFilters(filters).toString()
  return parameters ? `/accounts?${parameters}` : '/accounts'
}

export function hasFilters(filters: AccountFilters): boolean {
  return Boolean(filters.search || filters.bucket || filters.segment || filters.region)
}
