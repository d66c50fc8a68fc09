import { describe, expect, it } from 'vitest'

import type { EventAttribute, EventType } from '@/shared/api/event'

import { controlOf, mistakeIn, mistakesInForm, orderedAttributes, rangeHint, summarise, toEventDraft } from './event-form'

function attribute(name: string, change: Partial<EventAttribute> = {}): EventAttribute {
  return { name, type: 'string', required: false, above: null, minimum: null, maximum: null, choices: [], ...change }
}

const payment: EventType = {
  name: 'payment',
  description: '',
  built_in: true,
  attributes: [
    attribute('currency'),
    attribute('amount', { type: 'number', required: true, above: 0 }),
    attribute('status', { choices: ['paid', 'failed'] }),
    attribute('advance', { type: 'boolean' }),
  ],
}

describe('the activity form', () => {
  it('gives every attribute the control of its type, required ones first', () => {
    expect(orderedAttributes(payment).map((entry) => [entry.name, controlOf(entry)])).toEqual([
      ['amount', 'number'],
      ['currency', 'text'],
      ['status', 'choice'],
      ['advance', 'yes-no'],
    ])
  })

  it.each([
    [{ above: 0 }, 'Above 0'],
    [{ minimum: 1, maximum: 5 }, '1 to 5'],
    [{ minimum: 0 }, 'At least 0'],
    [{ maximum: 0.5 }, 'At most 0.50'],
    [{}, undefined],
  ])('tells of the range %j: %s', (range, expected) => {
    expect(rangeHint(attribute('a', { type: 'number', ...range }))).toBe(expected)
  })

  it.each([
    [attribute('a', { required: true }), '  ', 'is required'],
    [attribute('a'), '', undefined],
    [attribute('a', { type: 'number', above: 0 }), '0', 'must be above 0'],
    [attribute('a', { type: 'number', minimum: 1 }), '0.5', 'must be at least 1'],
    [attribute('a', { type: 'number', maximum: 10 }), '11', 'must be at most 10'],
    [attribute('a', { type: 'number' }), 'many', 'must be a number'],
    [attribute('a', { choices: ['low', 'high'] }), 'medium', 'must be one of low, high'],
    [attribute('a', { type: 'number', minimum: 0, maximum: 10 }), '10', undefined],
  ])('checks %j with "%s": %s', (entry, text, expected) => {
    expect(mistakeIn(entry, text)).toBe(expected)
  })

  it('names every mistake', () => {
    expect(mistakesInForm(payment, { status: 'lost' })).toEqual({ amount: 'is required', status: 'must be one of paid, failed' })
  })

  it('sends values of the right type and leaves out what is empty', () => {
    expect(toEventDraft(payment, { amount: '12.5', currency: ' EUR ', status: '', advance: 'false' }, '')).toEqual({
      event_type: 'payment',
      event_data: { amount: 12.5, currency: 'EUR', advance: false },
    })
  })

  it('sends a moment in UTC', () => {
    const { timestamp } = toEventDraft(payment, { amount: '1' }, '2026-03-01T12:30')
    expect(timestamp).toBe(new Date(2026, 2, 1, 12, 30).toISOString())
  })
})

describe('summarise', () => {
  it('writes data in one line, nested data too', () => {
    expect(summarise({ path: '/a', ok: true, tags: ['x'] })).toBe('path /a · ok true · tags ["x"]')
  })
})
