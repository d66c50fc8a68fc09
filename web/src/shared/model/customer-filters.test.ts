import { describe, expect, it } from 'vitest'

import { customersLink, defaultCustomerFilters, hasCustomerFilters, readCustomerFilters, writeCustomerFilters } from './customer-filters'

describe('the address of the customers page', () => {
  it('keeps a view through writing and reading', () => {
    const filters = { search: 'a&b=ü', health_status: 'at_risk', segment: 'Mid-Market', plan: 'growth', region: 'EU', scorecard: 'activity', sort: '-arr' } as const
    expect(readCustomerFilters(new URLSearchParams(writeCustomerFilters(filters).toString()))).toEqual(filters)
  })

  it('leaves defaults out', () => {
    expect(customersLink(defaultCustomerFilters)).toBe('/customers')
    expect(customersLink({ health_status: 'critical', search: '' })).toBe('/customers?health_status=critical')
  })

  it.each(['sort=price', 'sort=--arr', 'sort='])('reads nonsense (%s) as not given', (address) => {
    expect(readCustomerFilters(new URLSearchParams(address))).toEqual(defaultCustomerFilters)
  })

  it('counts an order as no filter', () => {
    expect(hasCustomerFilters({ ...defaultCustomerFilters, sort: '-arr' })).toBe(false)
    expect(hasCustomerFilters({ ...defaultCustomerFilters, plan: 'growth' })).toBe(true)
  })
})
