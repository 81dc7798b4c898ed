import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import * as z from 'zod/mini'
import { disputeStages, type DisputeStage, type DisputeTold } from '../../src/db/schema/invoices.ts'
import { decide, later } from '../../src/features/payments/decide.ts'
import { standingOf, withWord } from '../../src/features/payments/dispute.ts'
import { eventInput } from '../../src/features/payments/objects.ts'
import { meaningOf } from '../../src/features/payments/told.ts'
import { dispute, event, intent, refund, session } from '../harness/stripe-events.ts'
import { shuffled } from '../harness/stripe-history.ts'

const AT = 1_790_000_000
const paid = { id: 'pi_1', link: 'plink_1', amount: 500 }
const meaning = (type: string, object: Record<string, unknown>) =>
  meaningOf(z.parse(eventInput, event(type, object, AT)))
const told = (type: string, object: Record<string, unknown>) => {
  const found = meaning(type, object)
  return found.kind === 'money' || found.kind === 'state' ? found.told : undefined
}

describe('a session', () => {
  it.each([
    ['completed', 'paid', 'succeeded'],
    ['completed', 'unpaid', 'pending'],
    ['async_payment_succeeded', 'paid', 'succeeded'],
    ['async_payment_failed', 'unpaid', 'failed'],
    // What it says of the payment decides, and not its name.
    ['async_payment_failed', 'paid', 'succeeded'],
    ['async_payment_succeeded', 'unpaid', 'pending'],
  ] as const)('that is %s and %s has %s', (name, status, state) => {
    expect(told(`checkout.session.${name}`, session(paid, status, AT))).toMatchObject({
      kind: 'payment',
      id: 'pi_1',
      link: 'plink_1',
      state,
      currency: 'EUR',
      amount: 500,
      at: AT * 1000,
    })
  })

  it.each([
    ['nothing to pay', { payment_status: 'no_payment_required', payment_intent: null }],
    ['no amount', { amount_total: null }],
    ['nothing asked', { amount_total: 0 }],
    ['an amount of parts', { amount_total: 0.5 }],
    ['a payer still before it', { status: 'open', payment_status: 'unpaid' }],
    ['nobody any more', { status: 'expired', payment_status: 'unpaid' }],
    ['an unknown word for paid', { payment_status: 'perhaps' }],
  ])('with %s is no money', (_, over) => {
    const object = { ...session(paid, 'paid', AT), ...over }
    expect(meaning('checkout.session.completed', object)).toEqual({ kind: 'nothing' })
  })

  it('may hold its link and its payment whole', () => {
    const over = { payment_link: { id: 'plink_1' }, payment_intent: { id: 'pi_1' } }
    const object = { ...session(paid, 'paid', AT), ...over }
    expect(told('checkout.session.completed', object)).toMatchObject({
      id: 'pi_1',
      link: 'plink_1',
    })
  })
})

it.each([
  ['succeeded', 'succeeded'],
  ['processing', 'pending'],
  ['requires_payment_method', 'failed'],
] as const)('a payment that is %s has %s, wherever it belongs', (status, state) => {
  expect(told('payment_intent.x', intent(paid, status, AT))).toMatchObject({ state, link: null })
})

describe('how it was paid', () => {
  it.each([
    [['card', 'sepa_debit'], 'paid', 'card'],
    [['card', 'sepa_debit'], 'unpaid', 'debit'],
    [['card'], 'paid', 'card'],
    [['us_bank_account'], 'unpaid', 'debit'],
    // What is paid at once was no debit, and what comes later no card.
    [['sepa_debit'], 'paid', null],
    [['card'], 'unpaid', null],
    // These leave it open.
    [['card', 'link'], 'paid', null],
    [['card', 'sepa_debit', 'customer_balance'], 'unpaid', null],
    [[], 'paid', null],
    [null, 'paid', null],
  ] as const)('a page that offered %j and is %s says: %s', (types, status, means) => {
    const object = { ...session(paid, status, AT), payment_method_types: types }
    expect(told('checkout.session.completed', object)).toMatchObject({ means })
  })

  it.each([
    [{ payment_method_details: { type: 'card' } }, 'card'],
    [{ payment_method_details: { type: 'bacs_debit' } }, 'debit'],
    [{ payment_method_details: { type: 'paypal' } }, null],
    [{ payment_method_details: null }, null],
    ['ch_1', null],
    [null, null],
  ] as const)('a charge %j says: %s', (latest_charge, means) => {
    const object = { ...intent(paid, 'succeeded', AT), latest_charge }
    expect(told('payment_intent.succeeded', object)).toMatchObject({ means })
  })

  it('is learned later and stays', () => {
    const nothing = { of: undefined, kept: undefined, keptOf: undefined, asks: undefined }
    const known = told('payment_intent.succeeded', {
      ...intent(paid, 'succeeded', AT),
      latest_charge: { payment_method_details: { type: 'card' } },
    })
    if (!known) throw new Error('It is money.')
    const row = {
      id: 'x',
      stripeId: 'pi_1',
      kind: 'payment',
      method: 'stripe',
      state: 'succeeded',
      currency: 'EUR',
      amount: 500,
      at: AT * 1000,
      failure: null,
      dispute: null,
      means: null,
    } as const
    const learned = decide(known, { ...nothing, row })
    expect(learned).toMatchObject({ kind: 'move', means: 'card', quiet: true })
    const again = { ...known, means: null }
    expect(decide(again, { ...nothing, row: { ...row, means: 'card' } })).toEqual({
      kind: 'nothing',
    })
  })
})

it('a payment that nobody has tried yet, or that was declined before a debit, fails nothing', () => {
  const waiting = intent(paid, 'requires_payment_method', AT)
  const untried = { ...waiting, last_payment_error: null }
  expect(told('payment_intent.created', untried)).toBeUndefined()
  const declined = told('payment_intent.payment_failed', waiting)
  if (!declined) throw new Error('It was tried.')
  const row = {
    id: 'x',
    stripeId: 'pi_1',
    kind: 'payment',
    method: 'stripe',
    state: 'pending',
    currency: 'EUR',
    amount: 500,
    at: AT * 1000,
    failure: null,
    dispute: null,
    means: 'debit',
  } as const
  const known = { row, of: undefined, kept: undefined, keptOf: undefined, asks: undefined }
  expect(decide(declined, known), 'in the same second').toEqual({ kind: 'nothing' })
  expect(decide({ ...declined, at: row.at + 1000 }, known)).toMatchObject({ state: 'failed' })
})

it.each([
  ['pending', 'pending'],
  ['succeeded', 'succeeded'],
  ['failed', 'failed'],
] as const)('a refund that is %s has %s', (status, state) => {
  const object = refund({ id: 're_1', of: 'pi_1', amount: 5 }, status, AT)
  for (const type of ['refund.created', 'refund.failed', 'charge.refund.updated']) {
    expect(told(type, object)).toMatchObject({ kind: 'refund', id: 're_1', of: 'pi_1', state })
  }
})

it.each([
  ['needs_response', 'pending'],
  ['under_review', 'pending'],
  ['won', 'failed'],
  ['lost', 'succeeded'],
] as const)('a dispute that is %s has %s', (status, state) => {
  const object = dispute({ id: 'dp_1', of: 'pi_1', amount: 5 }, status, AT)
  expect(told('charge.dispute.closed', object)).toMatchObject({ kind: 'reversal', state })
})

it('says nothing where its object is none, and asks where it holds too little', () => {
  for (const type of ['checkout.session.completed', 'refund.created', 'charge.dispute.created']) {
    expect(meaning(type, { id: 7 })).toEqual({ kind: 'nothing' })
  }
  const charge = { id: 'ch_1', payment_intent: 'pi_1' }
  expect(meaning('charge.refunded', charge)).toEqual({ kind: 'ask', payment: 'pi_1', ours: false })
  expect(meaning('charge.refunded', { ...charge, metadata: { invoice: 'x' } })).toMatchObject({
    ours: true,
  })
  expect(meaning('customer.created', { id: 'cus_1' })).toEqual({ kind: 'nothing' })
})

it('two words for it come to the same, whichever was heard first', () => {
  const states = ['pending', 'succeeded', 'failed'] as const
  for (const kind of ['payment', 'refund'] as const) {
    const all = states.flatMap((state) => [1, 2].map((at) => ({ state, at })))
    for (const a of all) {
      for (const b of all) {
        expect(later(kind, a, b)).toEqual(later(kind, b, a))
        for (const c of all) {
          expect(later(kind, later(kind, a, b), c)).toEqual(later(kind, a, later(kind, b, c)))
        }
      }
    }
  }
})

describe('a dispute', () => {
  const words = { reason: null, answerBy: null }
  /** What is made of its turns, heard in this order. */
  const heard = (turns: readonly (readonly [number, DisputeStage])[]) => {
    const all = turns.reduce<DisputeTold | null>(
      (was, [at, stage]) => withWord(was, { stage, ...words }, at),
      null,
    )
    if (!all) throw new Error('Nothing was told.')
    return standingOf(all)
  }

  it('stands as Stripe said last, since it said so', () => {
    const life = [
      [10, 'inquiry'],
      [20, 'open'],
      [30, 'lost'],
      [31, 'lost'],
      [40, 'won'],
      [50, 'lost'],
      [55, 'appeal'],
      [60, 'won'],
      [61, 'won'],
      [70, 'appeal'],
    ] as const
    const states = life.map((_, end) => heard(life.slice(0, end + 1)))
    expect(states).toEqual([
      { stage: 'inquiry', state: 'pending', at: 10 },
      { stage: 'open', state: 'pending', at: 10 },
      { stage: 'lost', state: 'succeeded', at: 30 },
      { stage: 'lost', state: 'succeeded', at: 30 },
      { stage: 'won', state: 'failed', at: 40 },
      { stage: 'lost', state: 'succeeded', at: 50 },
      // The money stays where it is until that is decided.
      { stage: 'appeal', state: 'succeeded', at: 50 },
      { stage: 'won', state: 'failed', at: 60 },
      { stage: 'won', state: 'failed', at: 60 },
      { stage: 'appeal', state: 'failed', at: 60 },
    ])
  })

  it('comes to the same in whichever order its turns are heard, and however often', () => {
    const turn = fc.tuple(fc.integer({ min: 1, max: 6 }), fc.constantFrom(...disputeStages))
    fc.assert(
      fc.property(fc.array(turn, { minLength: 1, maxLength: 8 }), fc.nat(), (turns, seed) => {
        expect(heard(shuffled(turns, seed))).toEqual(heard(turns))
      }),
      { numRuns: 2000 },
    )
  })

  it('goes by what it says now of why and until when', () => {
    const first = withWord(null, { stage: 'open', reason: 'general', answerBy: 90 }, 10)
    const next = withWord(first, { stage: 'open', reason: 'fraudulent', answerBy: 95 }, 20)
    expect(next).toMatchObject({ reason: 'fraudulent', answerBy: 95 })
    expect(withWord(next, { stage: 'inquiry', reason: 'general', answerBy: 50 }, 5)).toEqual({
      ...next,
      turns: [[5, 'inquiry'], ...next.turns],
    })
  })
})

it('is matched by the link that we know, and by nothing that it says of itself', () => {
  const nothing = { row: undefined, of: undefined, kept: undefined, keptOf: undefined }
  const object = session({ ...paid, metadata: { invoice: 'an invoice of ours' } }, 'paid', AT)
  const claim = told('checkout.session.completed', object)
  if (!claim) throw new Error('It is money.')
  expect(decide(claim, { ...nothing, asks: undefined })).toEqual({ kind: 'keep', reason: 'gone' })
  expect(decide({ ...claim, ours: false }, { ...nothing, asks: undefined })).toEqual({
    kind: 'nothing',
  })
  expect(decide(claim, { ...nothing, asks: { currency: 'EUR' } })).toEqual({ kind: 'enter' })
  expect(decide(claim, { ...nothing, asks: { currency: 'USD' } })).toEqual({
    kind: 'keep',
    reason: 'currency',
  })
})
