import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { SQLiteAsyncDialect } from 'drizzle-orm/sqlite-core'
import { sql, type SQL } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { dayAfterPromise, nextDay } from '../../src/features/reminders/plan.ts'
import {
  afterPromise,
  heldBack,
  nextReminder,
  payersOf,
  promiseTrouble,
  reminderKind,
  remindedUntil,
  stepOn,
  usualSchedule,
  type ReminderFacts,
} from '../../src/features/reminders/rules.ts'
import { fill, placeholders, unknownIn, usualTexts } from '../../src/features/reminders/texts.ts'
import { addDays } from '../../src/lib/day.ts'

const dueOn = '2026-12-04'
const open: ReminderFacts = {
  status: 'open',
  balance: 100,
  pending: 0,
  endedAt: null,
  archivedAt: null,
  on: true,
  pausedAt: null,
  portalPausedAt: null,
  promisedOn: null,
  problemAt: null,
}

describe('the schedule', () => {
  it('comes to each of its days, and to none behind the last', () => {
    const days: (string | null)[] = []
    for (let day: string | null = '2026-11-01'; day;) {
      day = nextReminder(dueOn, usualSchedule, day)
      days.push(day)
    }
    expect(days).toEqual([
      '2026-12-01',
      '2026-12-04',
      '2026-12-07',
      '2026-12-11',
      '2026-12-18',
      null,
    ])
  })

  it('has no day while it is off', () => {
    const off = { ...usualSchedule, on: false }
    expect(nextReminder(dueOn, off, '2026-11-01')).toBeNull()
    expect(afterPromise(dueOn, '2026-11-01', off)).toBeNull()
    expect(afterPromise(dueOn, '2026-12-20', off)).toBeNull()
  })

  it('goes on the day after somebody said they will pay, if that is late', () => {
    expect(afterPromise(dueOn, '2026-11-20', usualSchedule)).toBe('2026-12-01')
    expect(afterPromise(dueOn, '2026-12-02', usualSchedule)).toBe('2026-12-04')
    expect(afterPromise(dueOn, dueOn, usualSchedule)).toBe('2026-12-05')
    expect(afterPromise(dueOn, '2027-01-15', usualSchedule)).toBe('2027-01-16')
  })

  it('says the same in SQL, whatever the schedule and the day', () => {
    const database = new DatabaseSync(':memory:')
    const dialect = new SQLiteAsyncDialect()
    const inSql = (of: SQL) => {
      const query = dialect.sqlToQuery(sql`select ${of} as day`)
      const given = query.params.map((param) => String(param))
      return database.prepare(query.sql).get(...given)?.['day']
    }
    const day = fc.integer({ min: -800, max: 800 }).map((count) => addDays('2026-02-28', count))
    const schedule = fc.record({
      on: fc.boolean(),
      days: fc.array(fc.integer({ min: -90, max: 90 }), { minLength: 1, maxLength: 10 }),
      hour: fc.integer({ min: 0, max: 23 }),
    })
    fc.assert(
      fc.property(day, schedule, fc.integer({ min: -100, max: 100 }), (due, of, off) => {
        const after = addDays(due, off)
        const [dueOn, given] = [sql`${due}`, sql`${JSON.stringify(of)}`]
        expect(inSql(nextDay(dueOn, given, sql`${after}`))).toBe(nextReminder(due, of, after))
        expect(inSql(dayAfterPromise(dueOn, sql`${after}`, given))).toBe(
          afterPromise(due, after, of),
        )
      }),
      { numRuns: 500 },
    )
    database.close()
  })

  it.each([
    ['2026-12-04T07:59:00Z', 'Europe/Oslo', '2026-12-03'],
    ['2026-12-04T08:00:00Z', 'Europe/Oslo', '2026-12-04'],
    ['2026-12-04T03:14:00Z', 'Asia/Kathmandu', '2026-12-03'],
    ['2026-12-04T03:15:00Z', 'Asia/Kathmandu', '2026-12-04'],
    ['2026-12-03T19:00:00Z', 'Pacific/Kiritimati', '2026-12-04'],
    ['2026-12-04T19:59:00Z', 'Pacific/Pago_Pago', '2026-12-03'],
  ])('at %s in %s is behind up to %s', (at, zone, day) => {
    expect(remindedUntil(Date.parse(at), zone, 9)).toBe(day)
  })
})

describe('a step', () => {
  const on = (today: string, promisedOn: string | null = null) =>
    stepOn({ dueOn, promisedOn }, usualSchedule, today)

  it('is the latest that has come, however many were missed', () => {
    expect(on('2026-11-30')).toBeUndefined()
    expect(on('2026-12-01')).toBe('-3')
    expect(on('2026-12-03')).toBe('-3')
    expect(on('2026-12-10')).toBe('3')
    expect(on('2027-03-01')).toBe('14')
  })

  it('is the promise where that has passed since', () => {
    expect(on('2026-12-11', '2026-12-10')).toBe('7')
    expect(on('2026-12-13', '2026-12-12')).toBe('promise-2026-12-12')
    expect(on('2027-01-02', '2027-01-01')).toBe('promise-2027-01-01')
    // Nothing was late: from then on the schedule goes on.
    expect(on('2026-11-20', '2026-11-19')).toBeUndefined()
    expect(on('2026-12-03', '2026-12-02')).toBe('-3')
    expect(on('2026-12-04', '2026-12-03')).toBe('0')
    expect(on('2026-12-05', dueOn)).toBe(`promise-${dueOn}`)
    expect(on('2027-01-01', '2027-01-01')).toBe('14')
  })

  it('has the words of its day, not of its number', () => {
    expect(reminderKind(dueOn, '2026-12-03')).toBe('before')
    expect(reminderKind(dueOn, dueOn)).toBe('due')
    expect(reminderKind(dueOn, '2026-12-05')).toBe('after')
  })
})

describe('a reminder', () => {
  const today = '2026-12-07'

  it.each<[string, Partial<ReminderFacts>, string | undefined, string | undefined]>([
    ['goes out', {}, undefined, undefined],
    ['not once it is paid', { status: 'paid', balance: 0 }, 'settled', 'settled'],
    ['not once it is void', { status: 'void', balance: 0 }, 'settled', 'settled'],
    ['not of a draft', { status: 'draft' }, 'settled', 'settled'],
    ['not once a retainer has ended', { endedAt: 1 }, 'settled', 'settled'],
    ['not while a payment is on its way', { pending: 1 }, 'processing', 'processing'],
    ['not of an archived portal', { archivedAt: 1 }, 'archived', 'archived'],
    ['not before a promise has passed', { promisedOn: today }, 'promised', undefined],
    ['but the day after', { promisedOn: '2026-12-06' }, undefined, undefined],
    ['not while there is a problem', { problemAt: 1 }, 'problem', undefined],
    ['not while it is paused', { pausedAt: 1 }, 'paused', undefined],
    ['not while its portal is', { portalPausedAt: 1 }, 'portal-paused', undefined],
    ['not while reminders are off', { on: false }, 'off', undefined],
  ])('%s', (_, over, schedule, hand) => {
    expect(heldBack({ ...open, ...over }, today, 'schedule')).toBe(schedule)
    expect(heldBack({ ...open, ...over }, today, 'hand')).toBe(hand)
  })

  it('goes to links to invoices, else to all, once a contact, and never where it bounces', () => {
    const link = (contactId: string, scope: 'all' | 'billing', bounced = false) => ({
      contactId,
      scope,
      bounced,
    })
    const to = (...links: ReturnType<typeof link>[]) => payersOf(links).map((one) => one.contactId)
    expect(to(link('a', 'all'), link('b', 'billing'), link('c', 'billing'))).toEqual(['b', 'c'])
    expect(to(link('a', 'all'), link('a', 'all'), link('b', 'all'))).toEqual(['a', 'b'])
    expect(to(link('a', 'all'), link('b', 'billing', true))).toEqual([])
    expect(to()).toEqual([])
  })

  it('waits for a day from today on, within two months', () => {
    expect(promiseTrouble('2026-12-06', today)).toMatch(/over already/)
    expect(promiseTrouble(today, today)).toBeUndefined()
    expect(promiseTrouble(addDays(today, 60), today)).toBeUndefined()
    expect(promiseTrouble(addDays(today, 61), today)).toMatch(/60 days/)
    expect(promiseTrouble('9999-12-31', today)).toMatch(/60 days/)
  })
})

describe('a text', () => {
  const named = {
    number: 'INV-1',
    amount: '€1',
    due: 'Friday',
    days: '3 days',
    contact: '{team} <b>$& $1',
    client: 'C',
    project: 'P',
    team: 'Studio',
  }

  it('takes names in braces, once, and nothing else', () => {
    expect(fill('{number}: {amount}, {{due}} {else} { due } {}', named)).toBe(
      'INV-1: €1, {Friday} {else} { due } {}',
    )
    // What is filled in is somebody's word, and no pattern.
    expect(fill('Hello {contact}', named)).toBe('Hello {team} <b>$& $1')
  })

  it('says which names nothing stands for', () => {
    expect(unknownIn('{number} {toString} {constructor} {} {Due}')).toEqual([
      'toString',
      'constructor',
      '',
      'Due',
    ])
  })

  it('of everybody’s start is usable', () => {
    for (const { subject, body } of Object.values(usualTexts)) {
      expect(unknownIn(subject + body)).toEqual([])
    }
    expect(Object.keys(placeholders).sort()).toEqual(Object.keys(named).sort())
  })
})
