import { describe, expect, it } from 'vitest'

import { daysBefore, formatDuration, formatRelative, todayUtc } from './relative-time'

const now = Date.parse('2026-03-01T12:00:00Z')

describe('formatRelative', () => {
  it.each([
    ['2026-03-01T11:59:40Z', 'just now'],
    ['2026-03-01T11:57:00Z', '3 min. ago'],
    ['2026-03-01T10:30:00Z', '1 hr. ago'],
    ['2026-02-28T11:00:00Z', 'yesterday'],
    ['2026-02-10T12:00:00Z', '2 wk. ago'],
    ['2025-03-01T11:00:00Z', 'last yr.'],
    ['2026-03-03T12:00:00Z', 'in 2 days'],
  ])('says of %s: %s', (moment, expected) => {
    expect(formatRelative(moment, now)).toBe(expected)
  })
})

describe('formatDuration', () => {
  it.each([
    [8, '8 s'],
    [725, '12 min'],
    [3900, '1 h 05 min'],
    [3599, '1 h 00 min'],
  ])('writes %d seconds as %s', (seconds, expected) => {
    expect(formatDuration(seconds)).toBe(expected)
  })
})

describe('days', () => {
  it('count back over the end of a month, and forward', () => {
    expect(todayUtc(now)).toBe('2026-03-01')
    expect(daysBefore('2026-03-01', 1)).toBe('2026-02-28')
    expect(daysBefore('2026-12-31', -1)).toBe('2027-01-01')
  })
})
