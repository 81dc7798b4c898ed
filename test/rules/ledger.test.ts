import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  leftOf,
  mayVoid,
  netOf,
  owedOf,
  standingOf,
  sumsOf,
  type Entry,
  type InvoiceFacts,
} from '../../src/features/invoices/ledger.ts'
import { isOverdue, overdueSum, placeOf } from '../../src/features/invoices/rules.ts'
import { encodeCursor } from '../../src/lib/cursor.ts'

const facts = (over: Partial<InvoiceFacts>): InvoiceFacts => ({
  status: 'open',
  total: 100,
  credited: 0,
  paid: 0,
  refunded: 0,
  reversed: 0,
  repeatable: false,
  ...over,
})

const stands = (over: Partial<InvoiceFacts>, reopens = false) => standingOf(facts(over), reopens)

describe('an invoice', () => {
  it.each<[string, Partial<InvoiceFacts>, boolean, [string, number, number]]>([
    ['unpaid', {}, false, ['open', 100, 0]],
    ['paid in part', { paid: 40 }, false, ['open', 60, 0]],
    ['paid', { paid: 100 }, false, ['paid', 0, 0]],
    ['paid too much', { paid: 130 }, false, ['paid', 0, 30]],
    ['credited', { credited: 30 }, false, ['open', 70, 0]],
    ['credited altogether', { credited: 100 }, false, ['paid', 0, 0]],
    ['paid and credited', { status: 'paid', paid: 100, credited: 30 }, false, ['paid', 0, 30]],
    ['refunded', { status: 'paid', paid: 100, refunded: 100 }, false, ['paid', 0, 0]],
    ['reversed', { status: 'paid', paid: 100, reversed: 100 }, true, ['open', 100, 0]],
    ['reversed in part', { status: 'paid', paid: 150, reversed: 50 }, true, ['paid', 0, 0]],
    [
      'reversed after a refund',
      { status: 'paid', paid: 100, refunded: 40, reversed: 60 },
      true,
      ['open', 100, 0],
    ],
    ['void', { status: 'void' }, false, ['void', 0, 0]],
    ['void and paid late', { status: 'void', paid: 40 }, false, ['void', 0, 40]],
    [
      'void, and the payment reversed',
      { status: 'void', paid: 40, reversed: 40 },
      true,
      ['void', 0, 0],
    ],
    ['a retainer paid twice', { repeatable: true, paid: 200 }, false, ['paid', 0, 0]],
    ['a draft', { status: 'draft' }, true, ['draft', 0, 0]],
  ])('%s', (_, over, reopens, [status, balance, credit]) => {
    expect(stands(over, reopens)).toEqual({ status, balance, credit })
  })

  const amount = fc.nat(1000)
  const anyFacts = fc.record({
    status: fc.constantFrom('open' as const, 'paid' as const, 'void' as const),
    total: amount,
    credited: amount,
    paid: amount,
    refunded: amount,
    reversed: amount,
    repeatable: fc.boolean(),
  })
  /** No more is credited or given back than there is. */
  const possible = ({ total, credited, ...sums }: InvoiceFacts) =>
    credited <= total && netOf(sums) >= 0

  it('asks and owes at no time both, and stands still when nothing happens', () => {
    fc.assert(
      fc.property(anyFacts.filter(possible), fc.boolean(), (invoice, reopens) => {
        const now = standingOf(invoice, reopens)
        const [net, owed] = [netOf(invoice), owedOf(invoice)]
        expect(Math.min(now.balance, now.credit)).toBe(0)
        expect(now.balance > 0).toBe(now.status === 'open')
        if (now.status === 'open') expect(now.balance).toBe(owed - net)
        if (invoice.repeatable) expect(now.credit).toBe(0)
        else if (now.status === 'void') expect(now.credit).toBe(net)
        else expect(now.credit).toBe(Math.max(0, net - owed))
        expect(standingOf({ ...invoice, status: now.status }, reopens)).toEqual(now)
      }),
    )
  })

  it('is paid when enough has come, and open again by a reversal alone', () => {
    fc.assert(
      fc.property(anyFacts.filter(possible), (invoice) => {
        const enough = netOf(invoice) >= owedOf(invoice)
        const after = (status: 'open' | 'paid', reopens: boolean) =>
          standingOf({ ...invoice, status }, reopens).status
        expect(after('open', false)).toBe(enough ? 'paid' : 'open')
        expect(after('paid', false)).toBe('paid')
        expect(after('paid', true)).toBe(enough ? 'paid' : 'open')
        expect(standingOf({ ...invoice, status: 'void' }, true).status).toBe('void')
      }),
    )
  })
})

const entry = (kind: Entry['kind'], amount: number, over: object = {}) => ({
  id: 'other',
  of: null,
  kind,
  amount,
  state: 'succeeded' as const,
  ...over,
})

describe('a ledger', () => {
  it('counts what succeeded, by kind', () => {
    const entries = [
      entry('payment', 100),
      entry('payment', 50, { state: 'pending' }),
      entry('payment', 25, { state: 'failed' }),
      entry('refund', 10),
      entry('refund', 5, { state: 'pending' }),
      entry('reversal', 7),
    ]
    expect(sumsOf(entries)).toEqual({ paid: 100, refunded: 10, reversed: 7 })
    expect(netOf(sumsOf(entries))).toBe(83)
  })

  it('has of a payment what was not taken back, or is not on its way back', () => {
    const payment = entry('payment', 100, { id: 'p' })
    const back = (amount: number, state: Entry['state']) =>
      entry('refund', amount, { of: 'p', state })
    const entries = [payment, back(10, 'succeeded'), back(20, 'pending'), back(40, 'failed')]
    expect(leftOf(payment, [...entries, entry('refund', 50, { of: 'q' })])).toBe(70)
    expect(leftOf(entry('refund', 10), [])).toBe(0)
    expect(leftOf(entry('payment', 10, { state: 'pending' }), [])).toBe(0)
  })

  it('lets an open invoice go while nothing is held or on its way', () => {
    const none = { status: 'open' as const, paid: 0, refunded: 0, reversed: 0 }
    expect(mayVoid(none, [])).toBe(true)
    expect(mayVoid({ ...none, paid: 1 }, [])).toBe(false)
    expect(mayVoid({ ...none, paid: 5, refunded: 2, reversed: 3 }, [])).toBe(true)
    expect(mayVoid(none, [entry('payment', 1, { state: 'pending' })])).toBe(false)
    expect(mayVoid(none, [entry('payment', 1, { state: 'failed' })])).toBe(true)
    for (const status of ['draft', 'paid', 'void'] as const) {
      expect(mayVoid({ ...none, status }, [])).toBe(false)
    }
  })
})

describe('overdue', () => {
  const open = { status: 'open', balance: 1, dueOn: '2026-11-10' } as const

  it('is what is asked for when its day is over', () => {
    expect(isOverdue(open, '2026-11-10')).toBe(false)
    expect(isOverdue(open, '2026-11-11')).toBe(true)
    expect(isOverdue({ ...open, balance: 0 }, '2026-11-11')).toBe(false)
    expect(isOverdue({ ...open, dueOn: null }, '2026-11-11')).toBe(false)
    for (const status of ['draft', 'paid', 'void'] as const) {
      expect(isOverdue({ ...open, status }, '2026-11-11')).toBe(false)
    }
  })

  it('adds up by days', () => {
    const owed = ['2026-11-08', '2026-11-09', '2026-11-10'].map((dueOn) => ({ dueOn, amount: 10 }))
    expect(overdueSum(owed, '2026-11-10')).toBe(20)
    expect(overdueSum([], '2026-11-10')).toBe(0)
  })
})

describe('a place in a client’s list', () => {
  const id = '01a20383-51d4-730e-bdd6-3c30997306b0'

  it('is a limit and what was seen last', () => {
    expect(placeOf({}, 50)).toEqual({ limit: 50 })
    expect(placeOf({ limit: '7', cursor: encodeCursor([5, id]) }, 50)).toEqual({
      limit: 7,
      after: { at: 5, id },
    })
  })

  it.each([
    { limit: '0' },
    { limit: '101' },
    { limit: 'x' },
    { cursor: id },
    { cursor: encodeCursor(['5', id]) },
    { cursor: encodeCursor([5, 'x']) },
    { cursor: encodeCursor([0.5, id]) },
  ])('is not %j', (query) => {
    expect(placeOf(query, 50)).toBeUndefined()
  })
})
