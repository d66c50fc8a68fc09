import { describe, expect, it } from 'vitest'

import { detailsOf } from './factor-details'

describe('detailsOf', () => {
  it('tells what a factor adds to its score, in words', () => {
    const factor = { score: 1, value: 2, unit: 'calls', description: 'x', trend: null, weight: 1, contribution: 1, error_rate: 0.0512, calls: 12, connected: true, last: null, used: ['a', 'b'], uses: { a: 3, b: 1 }, none: [] }
    expect(detailsOf(factor)).toEqual([
      { name: 'Error rate', text: '0.05' },
      { name: 'Calls', text: '12' },
      { name: 'Connected', text: 'yes' },
      { name: 'Last', text: '–' },
      { name: 'Used', text: 'a, b' },
      { name: 'Uses', text: 'a 3, b 1' },
      { name: 'None', text: '–' },
    ])
  })
})
