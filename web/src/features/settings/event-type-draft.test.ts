import { describe, expect, it } from 'vitest'

import { changeType, newAttribute, parseChoices } from './event-type-draft'

describe('an attribute that is edited', () => {
  it('loses limits and choices that its type does not have', () => {
    const number = { ...newAttribute(), type: 'number' as const, minimum: 1, maximum: 5 }
    expect(changeType(number, 'string')).toMatchObject({ minimum: null, maximum: null })
    expect(changeType({ ...newAttribute(), choices: ['a'] }, 'number').choices).toEqual([])
  })

  it('reads choices between commas', () => {
    expect(parseChoices(' low, medium,, low , high,')).toEqual(['low', 'medium', 'high'])
  })
})
