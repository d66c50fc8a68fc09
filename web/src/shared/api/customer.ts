import type { components, operations } from './schema'

type Schemas = components['schemas']

export type Customer = Schemas['Customer']
export type CustomerPage = Schemas['CustomerList']
export type CustomerSession = Schemas['Session']
/** Events per day and type. */
export type CustomerActivity = Schemas['ActivityAnswer']['data']
export type DashboardStats = Schemas['DashboardStats']['data']
export type Segment = Schemas['Segment']

export type CustomerQuery = NonNullable<operations['list_customers']['parameters']['query']>
export type CustomerSort = NonNullable<CustomerQuery['sort']>
export type CustomerSortField = Exclude<CustomerSort, `-${string}`>

/** What may be given for a customer; only the name has to be. */
export interface CustomerDraft {
  name: string
  email?: string
  company?: string
  segment?: string
  region?: string
  plan?: string
  mrr?: number
  signup_date?: string
  external_id?: string
}
