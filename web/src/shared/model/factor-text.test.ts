import { describe, expect, it } from 'vitest'

import { factorTitle, formatFactorValue } from './factor-text'

describe('factorTitle', () => {
  it('makes words of a name that it does not know', () => {
    expect(factorTitle('invoice_age')).toBe('Invoice age')
    expect(factorTitle('nps_trend')).toBe('NPS trend')
  })
})

describe('formatFactorValue', () => {
  it.each([
    ['feature_adoption_rate', 0.416, '', '42%'],
    ['api_usage', 120, 'calls in 30 days', '120 calls in 30 days'],
    ['session_length', 2.345, 'minutes', '2.35 minutes'],
    ['payment_timeliness', 100, '% on time', '100% on time'],
    ['nps', null, '', '–'],
  ])('writes the %s %s with the unit "%s" as "%s"', (name, value, unit, expected) => {
    expect(formatFactorValue(name, value, unit)).toBe(expected)
  })
})
