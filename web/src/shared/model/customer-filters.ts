import type { CustomerQuery, CustomerSort, CustomerSortField } from '@/shared/api/customer'

/** What the customers page shows; it lives in the address, so that a view can be kept and sent. */
export interface CustomerFilters {
  search: string
  health_status: string
  segment: string
  plan: string
  region: string
  scorecard: string
  sort: CustomerSort
}

export const customerPageSize = 50

const sortFields: readonly CustomerSortField[] = ['id', 'name', 'health_score', 'arr', 'updated_at', 'segment', 'region']

export const defaultCustomerFilters: CustomerFilters = {
  search: '',
  health_status: '',
  segment: '',
  plan: '',
  region: '',
  scorecard: '',
  sort: 'health_score',
}

function isSort(value: string | null): value is CustomerSort {
  return value !== null && (sortFields as readonly string[]).includes(value.replace(/^-/, ''))
}

/** Reads an address; what makes no sense there counts as not given. */
export function readCustomerFilters(parameters: URLSearchParams): CustomerFilters {
  const text = (name: string) => parameters.get(name) ?? ''
  const sort = parameters.get('sort')
  return {
    search: text('search'),
    health_status: text('health_status'),
    segment: text('segment'),
    plan: text('plan'),
    region: text('region'),
    scorecard: text('scorecard'),
    sort: isSort(sort) ? sort : defaultCustomerFilters.sort,
  }
}

/** The address of a view; defaults stay out of it. */
export function writeCustomerFilters(filters: Partial<CustomerFilters>): URLSearchParams {
  const parameters = new URLSearchParams()
  for (const [name, fallback] of Object.entries(defaultCustomerFilters)) {
    const value = filters[name as keyof CustomerFilters]
    if (value !== undefined && value !== fallback && value !== '') parameters.set(name, value)
  }
  return parameters
}

export function toCustomerQuery(filters: CustomerFilters): CustomerQuery {
  return { ...filters, limit: customerPageSize }
}

export function customersLink(filters: Partial<CustomerFilters> = {}): string {
  const parameters = writeCustomerFilters(filters).toString()
  return parameters ? `/customers?${parameters}` : '/customers'
}

export function hasCustomerFilters(filters: CustomerFilters): boolean {
  return Object.entries(filters).some(([name, value]) => name !== 'sort' && value !== '')
}
