import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { dayOf, endOfDay } from '../../src/lib/day.ts'
import { relative } from '../../src/lib/relative.ts'

const zones = [
  'UTC',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
  'Asia/Kathmandu',
  'Australia/Lord_Howe',
  'America/New_York',
  'Europe/Oslo',
]

describe('endOfDay', () => {
  it.each([
    ['2026-12-31', 'UTC', '2027-01-01T00:00:00.000Z'],
    ['2026-12-31', 'Pacific/Kiritimati', '2026-12-31T10:00:00.000Z'],
    ['2026-12-31', 'Pacific/Pago_Pago', '2027-01-01T11:00:00.000Z'],
    ['2026-12-31', 'Asia/Kathmandu', '2026-12-31T18:15:00.000Z'],
    // The shortest and the longest day of a year with daylight saving.
    ['2026-03-29', 'Europe/Oslo', '2026-03-29T22:00:00.000Z'],
    ['2026-10-25', 'Europe/Oslo', '2026-10-25T23:00:00.000Z'],
    // Samoa had no 30 December 2011: the 29th ended where the 31st began.
    ['2011-12-29', 'Pacific/Apia', '2011-12-30T10:00:00.000Z'],
  ])('of %s in %s is %s', (day, zone, instant) => {
    expect(new Date(endOfDay(day, zone)).toISOString()).toBe(instant)
  })

  it('is the first instant of another day, in every zone', () => {
    const instants = fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2040, 0, 1) })
    fc.assert(
      fc.property(instants, fc.constantFrom(...zones), (instant, zone) => {
        const day = dayOf(instant, zone)
        const end = endOfDay(day, zone)
        expect(end).toBeGreaterThan(instant)
        expect(dayOf(end - 1, zone)).toBe(day)
        expect(dayOf(end, zone) > day).toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

it('says how long ago in the reader’s words', () => {
  const now = Date.UTC(2026, 10, 22, 12)
  expect(relative(now - 2 * 3_600_000, now, 'en-GB')).toBe('2 hours ago')
  expect(relative(now - 25 * 3_600_000, now, 'en-GB')).toBe('yesterday')
  expect(relative(now, now, 'en-GB')).toBe('now')
})
