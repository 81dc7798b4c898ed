import { DatabaseSync } from 'node:sqlite'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { byMonth, countWords, inOrder, monthsTo } from '../../src/features/glance/rules.ts'
import {
  ages,
  dayPrefixes,
  dueBefore,
  dueBetween,
  type DueBetween,
} from '../../src/features/invoices/ageing.ts'
import { isOverdue } from '../../src/features/invoices/rules.ts'
import { invoiceMatch } from '../../src/features/invoices/search.ts'
import { addDays, addMonths, daysBetween } from '../../src/lib/day.ts'

const day = fc
  .date({
    min: new Date('2019-12-01T00:00:00Z'),
    max: new Date('2032-03-01T00:00:00Z'),
    noInvalidDate: true,
  })
  .map((date) => date.toISOString().slice(0, 10))

const within = (on: string, { from = '', to = '9' }: DueBetween) => on >= from && on <= to

describe('ages', () => {
  it('hold every due day exactly once, by how many days ago it was', () => {
    fc.assert(
      fc.property(day, day, (dueOn, today) => {
        const late = daysBetween(dueOn, today)
        const found = ages.filter((age) => within(dueOn, dueBetween(age, today)))
        const expected =
          late <= 0
            ? 'current'
            : late <= 30
              ? '1-30'
              : late <= 60
                ? '31-60'
                : late <= 90
                  ? '61-90'
                  : 'over-90'
        expect(found).toEqual([expected])
        const invoice = { status: 'open', balance: 1, dueOn } as const
        expect(within(dueOn, dueBefore(today))).toBe(isOverdue(invoice, today))
      }),
      { numRuns: 1000 },
    )
  })
})

describe('the beginnings of a range of days', () => {
  it('cover its days and no other, and are few', () => {
    fc.assert(
      fc.property(day, day, day, fc.boolean(), fc.boolean(), (one, other, on, opens, ends) => {
        const [from = '', to = ''] = [one, other].sort()
        const range = { ...(opens ? {} : { from }), ...(ends ? {} : { to }) }
        const prefixes = dayPrefixes(range)
        expect(prefixes.length).toBeLessThan(90)
        expect(prefixes).not.toContain('')
        for (const each of [on, from, to, addDays(from, -1), addDays(to, 1)]) {
          const covered = prefixes.filter((prefix) => each.replaceAll('-', '').startsWith(prefix))
          expect(covered.length, each).toBe(within(each, range) ? 1 : 0)
        }
      }),
      { numRuns: 1000 },
    )
  })

  it('are none where the last day comes first', () => {
    expect(dayPrefixes({ from: '2026-11-24', to: '2026-11-23' })).toEqual([])
  })
})

describe('months', () => {
  it('are twelve, with the one that runs at the end, over the turn of a year', () => {
    const months = monthsTo('2026-03-31')
    expect(months).toHaveLength(12)
    expect([months[0], months[9], months[11]]).toEqual(['2025-04', '2026-01', '2026-03'])
    expect(addMonths('2026-12', 1)).toBe('2027-01')
    expect(addMonths('2026-01', -13)).toBe('2024-12')
  })

  it('are there also where nothing came, and may be below nothing', () => {
    const months = byMonth([{ month: '2026-02', amount: -5 }], '2026-03-31')
    expect(months.slice(-3).map(({ amount }) => amount)).toEqual([0, -5, 0])
  })
})

it('shows its own currency first and counts to 99', () => {
  expect(inOrder(['SEK', 'EUR', 'GBP', 'EUR'], 'GBP')).toEqual(['GBP', 'EUR', 'SEK'])
  expect([0, 99, 100].map(countWords)).toEqual(['0', '99', '99+'])
})

describe('a search of invoices', () => {
  const organizationId = '01a20383-51d4-730e-bdd6-3c30997306b0'
  const own = organizationId.replaceAll('-', '')
  const db = new DatabaseSync(':memory:')
  db.exec(`create virtual table invoice_search using fts5(
    organization, portal, state, currency, due, number, client, project, buyer,
    tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3 4')`)
  const insert = db.prepare('insert into invoice_search values (?, ?, ?, ?, ?, ?, ?, ?, ?)')
  insert.run(own, 'p', 'open owed', 'EUR', '20261001', 'INV-2026-004', 'Café Łódź', 'owed', 'Ann')
  insert.run(own, 'q', 'paid', 'EUR', '20261001', 'INV-2026-005', 'open', 'eur 20261001', own)
  insert.run('f'.repeat(32), own, `open owed ${own}`, own, own, 'INV-1', own, `owed ${own}`, own)

  const found = (text: string, over: object = {}): unknown[] => {
    const match = invoiceMatch(text, { organizationId, words: [], ...over })
    if (match === undefined) return []
    return db
      .prepare('select rowid from invoice_search where invoice_search match ? order by rowid')
      .all(match)
      .map(({ rowid }) => rowid)
  }

  it('finds by number, client, project and buyer, and is narrowed by words of ours alone', () => {
    expect(found('inv-2026-00')).toEqual([1, 2])
    expect(found('2026 004')).toEqual([1])
    expect(found('cafe Łó')).toEqual([1])
    expect(found('ann')).toEqual([1])
    // No text of anybody's is a state, a currency or a day.
    expect(found('', { words: ['owed'] })).toEqual([1])
    expect(found('', { words: ['open'] })).toEqual([1])
    expect(found('inv', { words: ['owed'], currency: 'EUR', due: { to: '2026-10-01' } })).toEqual([
      1,
    ])
    expect(found('inv', { due: { from: '2026-10-02' } })).toEqual([])
    expect(found('inv', { due: { from: '2026-10-02', to: '2026-10-01' } })).toEqual([])
    expect(found('', { portalId: 'q' })).toEqual([2])
    expect(found('"*')).toEqual([])
  })

  it('never fails and never leaves its organisation, whatever is typed', () => {
    const hostile = fc
      .array(
        fc.oneof(
          fc.string({ unit: 'binary', maxLength: 8 }),
          fc.constantFrom(
            '"',
            '*',
            ')',
            '(',
            ' OR ',
            ' NOT ',
            'NEAR(',
            'organization:',
            '{',
            '^',
            own,
            'inv',
          ),
        ),
        { maxLength: 12 },
      )
      .map((parts) => parts.join(''))
    fc.assert(
      fc.property(hostile, (text) => {
        expect(found(text)).not.toContain(3)
      }),
      { numRuns: 1000 },
    )
  })
})
