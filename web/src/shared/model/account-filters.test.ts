import { describe, expect, it } from 'vitest'

import { accountsLink, changeFilters, defaultFilters, readFilters, writeFilters } from './account-filters'
import { nextSort } from './sort'

describe('the address of the accounts page', () => {
  it('keeps a view through writing and reading', () => {
    const filters = { search: 'a&b=ü', bucket: 'At-Risk', segment: 'Mid-Market', region: 'EU', sort: '-arr', page: 3 } as const
    expect(readFilters(new URLSearchParams(writeFilters(filters).toString()))).toEqual(filters)
  })

  it('leaves defaults out', () => {
    expect(accountsLink(defaultFilters)).toBe('/accounts')
    expect(accountsLink({ bucket: 'Critical', page: 1 })).toBe('/accounts?bucket=Critical')
  })

  it.each(['page=0', 'page=-2', 'page=1.5', 'page=many', 'sort=price', 'sort=--arr'])('reads nonsense (%s) as not given', (address) => {
    expect(readFilters(new URLSearchParams(address))).toEqual(defaultFilters)
  })

  it('goes back to the first page when a filter changes, and only then', () => {
    const third = { ...defaultFilters, page: 3 }
    expect(changeFilters(third, { region: 'US' })).toEqual({ ...third, region: 'US', page: 1 })
    expect(changeFilters(third, { page: 4 }).page).toBe(4)
  })
})

describe('nextSort', () => {
  it('sorts up first, then down, then up again', () => {
    expect(nextSort('health_score', 'arr')).toBe('arr')
    expect(nextSort('arr', 'arr')).toBe('-arr')
    expect(nextSort('-arr', 'arr')).toBe('arr')
  })
})
