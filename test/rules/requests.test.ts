import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { addDays, atHour, dayOf, daysBetween, formatTime } from '../../src/lib/day.ts'
import {
  byDueDay,
  firstNudge,
  isLate,
  nextNudge,
  requestState,
} from '../../src/features/requests/rules.ts'

const zones = fc.constantFrom(
  'Europe/Oslo',
  'America/New_York',
  'America/Sao_Paulo',
  'Africa/Cairo',
  'Asia/Kathmandu',
  'Asia/Kolkata',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Pacific/Chatham',
  'Pacific/Kiritimati',
  'UTC',
)
const instants = fc.integer({
  min: Date.parse('2024-01-01T00:00:00Z'),
  max: Date.parse('2030-12-31T00:00:00Z'),
})
const MINUTE = 60_000

/** The days of all mails of a request, each leaving `late` ms after it was due. */
function mailed(
  { openedAt, dueOn, late = 0 }: { openedAt: number; dueOn: string | null; late?: number },
  timeZone: string,
): number[] {
  const sent: number[] = []
  let { nudgeAt, nudges } = firstNudge(openedAt)
  while (nudgeAt !== null) {
    const now = nudgeAt + late
    sent.push(nudgeAt)
    expect(sent.length).toBeLessThan(6)
    ;({ nudgeAt, nudges } = nextNudge({ dueOn, nudgeAt, nudges }, now, timeZone))
    if (nudgeAt !== null) expect(nudgeAt).toBeGreaterThan(now)
  }
  return sent
}

const daysOf = (instants_: readonly number[], zone: string) =>
  instants_.map((instant) => dayOf(instant, zone))

describe('when an open request is mailed about', () => {
  const zone = 'Europe/Oslo'
  const openedAt = Date.parse('2026-11-24T13:00:00Z')

  it('at once, two days before the due day, on it, and a week later', () => {
    const sent = mailed({ openedAt, dueOn: '2026-12-04' }, zone)
    expect(sent.map((instant) => new Date(instant).toISOString())).toEqual([
      '2026-11-24T13:00:00.000Z',
      '2026-12-02T08:00:00.000Z',
      '2026-12-04T08:00:00.000Z',
      '2026-12-11T08:00:00.000Z',
    ])
  })

  it('a week and two weeks later without a due day', () => {
    expect(daysOf(mailed({ openedAt, dueOn: null }, zone), zone)).toEqual([
      '2026-11-24',
      '2026-12-01',
      '2026-12-08',
    ])
  })

  it('not twice on the day it was opened, and not for days that are over', () => {
    const days = (dueOn: string) => daysOf(mailed({ openedAt, dueOn }, zone), zone)
    expect(days('2026-11-24')).toEqual(['2026-11-24', '2026-12-01'])
    expect(days('2026-11-25')).toEqual(['2026-11-24', '2026-11-25', '2026-12-02'])
    expect(days('2026-11-26')).toEqual(['2026-11-24', '2026-11-26', '2026-12-03'])
    expect(days('2026-11-01')).toEqual(['2026-11-24'])
  })

  it('once for all that a late cron has missed', () => {
    const after = (nudgeAt: number, now: string, dueOn: string | null, nudges = 1) =>
      nextNudge({ dueOn, nudgeAt, nudges }, Date.parse(now), zone).nudgeAt
    const before = atHour('2026-12-02', 9, zone)
    // Three days late: the due day's own mail is this one.
    expect(after(before, '2026-12-05T06:00:00Z', '2026-12-04')).toBe(atHour('2026-12-11', 9, zone))
    const week = atHour('2026-12-01', 9, zone)
    expect(after(week, '2026-12-04T10:00:00Z', null)).toBe(atHour('2026-12-08', 9, zone))
    expect(after(week, '2026-12-09T10:00:00Z', null)).toBe(null)
    expect(after(openedAt, '2026-12-02T10:00:00Z', null, 0)).toBe(atHour('2026-12-08', 9, zone))
  })

  it('at nine by the organisation’s clock, whatever the zone, on days that only go forward', () => {
    const due = fc.option(fc.integer({ min: -30, max: 90 }), { nil: null })
    const late = fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 40 * 24 * 60 * MINUTE }))
    fc.assert(
      fc.property(zones, instants, due, late, (timeZone, at, inDays, late_) => {
        const today = dayOf(at, timeZone)
        const dueOn = inDays === null ? null : addDays(today, inDays)
        const sent = mailed({ openedAt: at, dueOn, late: late_ }, timeZone)
        const days = daysOf(sent, timeZone)
        expect(new Set(days).size).toBe(days.length)
        expect(days).toEqual([...days].sort())
        for (const instant of sent.slice(1)) {
          expect(formatTime(instant, { locale: 'en-GB', timeZone })).toBe('09:00')
          const day = dayOf(instant, timeZone)
          const away = dueOn === null ? daysBetween(today, day) : daysBetween(dueOn, day)
          expect(dueOn === null ? [7, 14] : [-2, 0, 7]).toContain(away)
        }
      }),
      { numRuns: 60 },
    )
  })
})

describe('an hour of a day', () => {
  it('is the first instant at which the clock shows it', () => {
    expect(atHour('2026-03-29', 9, 'Europe/Oslo')).toBe(Date.parse('2026-03-29T07:00:00Z'))
    expect(atHour('2026-10-25', 9, 'Europe/Oslo')).toBe(Date.parse('2026-10-25T08:00:00Z'))
    // Skipped by the clock: what comes directly after.
    expect(atHour('2026-03-29', 2, 'Europe/Oslo')).toBe(Date.parse('2026-03-29T01:00:00Z'))
    // A day that Samoa never had.
    expect(atHour('2011-12-30', 9, 'Pacific/Apia')).toBe(Date.parse('2011-12-30T10:00:00Z'))
  })
})

it('is open, then sent or closed, and late only while it is open', () => {
  const open = { fulfilledAt: null, closedAt: null, dueOn: '2026-12-04' }
  expect(requestState(open)).toBe('open')
  expect(requestState({ ...open, fulfilledAt: 1 })).toBe('fulfilled')
  expect(requestState({ fulfilledAt: 1, closedAt: 2 })).toBe('closed')
  expect(isLate(open, '2026-12-04')).toBe(false)
  expect(isLate(open, '2026-12-05')).toBe(true)
  expect(isLate({ ...open, fulfilledAt: 1 }, '2026-12-05')).toBe(false)
  expect(isLate({ ...open, dueOn: null }, '2026-12-05')).toBe(false)
})

it('puts what is due first on top', () => {
  const sorted = [{ dueOn: null }, { dueOn: '2026-12-09' }, { dueOn: '2026-12-04' }]
    .toSorted(byDueDay)
    .map(({ dueOn }) => dueOn)
  expect(sorted).toEqual(['2026-12-04', '2026-12-09', null])
})
