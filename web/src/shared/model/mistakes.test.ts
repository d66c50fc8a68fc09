import { describe, expect, it } from 'vitest'

import { mistakeAt, placeOf } from './mistakes'

describe('mistakeAt', () => {
  const mistakes = [{ pointer: '/name', message: 'must not be empty' }, { pointer: 'sort', message: 'is unknown' }]

  it('finds the message of a field, with or without the slash', () => {
    expect(mistakeAt(mistakes, 'name')).toBe('must not be empty')
    expect(mistakeAt(mistakes, '/sort')).toBe('is unknown')
    expect(mistakeAt(mistakes, 'email')).toBeUndefined()
  })
})

describe('placeOf', () => {
  it.each([
    ['/name', 'Name'],
    ['/factors/0/weight', 'Factors 1 weight'],
    ['/event_data/ip_address', 'Event data IP address'],
    ['sort', 'Sort'],
  ])('says %s as "%s"', (pointer, expected) => {
    expect(placeOf(pointer)).toBe(expected)
  })
})
