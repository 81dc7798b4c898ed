import type { Stripe } from 'stripe'
import type { Books } from '../books.ts'
import { inWords, validAmount } from '../currencies.ts'
import { invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import { moved } from './balance.ts'

type Refund = Stripe.Refund
type Charge = Stripe.Charge

export interface Wanted {
  charge?: string | undefined
  payment_intent?: string | undefined
  amount?: number | undefined
  reason?: Refund['reason'] | undefined
  metadata?: Stripe.Metadata | undefined
}

/** The switch that keeps new refunds waiting, as those to some banks do. */
export const waitingRefunds = 'refunds-wait'

function chargeOf(books: Books, { charge, payment_intent: intent }: Wanted): Charge {
  if (charge === undefined && intent === undefined) {
    throw invalid(
      'One of the following params should be provided for this request: payment_intent or charge.',
      { code: 'parameter_missing', param: 'payment_intent' },
    )
  }
  const paid =
    intent === undefined ? undefined : books.get('payment_intent', intent, 'payment_intent')
  if (paid && paid.status !== 'succeeded') {
    throw invalid(`This PaymentIntent (${paid.id}) does not have a successful charge to refund.`, {
      code: 'payment_intent_unexpected_state',
      param: 'payment_intent',
    })
  }
  if (paid && charge !== undefined && paid.latest_charge !== charge) {
    throw invalid(`The charge ${charge} does not belong to ${paid.id}.`, { param: 'charge' })
  }
  const found = books.get('charge', charge ?? String(paid?.latest_charge), 'charge')
  if (found.status === 'succeeded') return found
  throw invalid(`Charge ${found.id} has not succeeded, so there is nothing to refund.`, {
    code: 'charge_not_refundable',
    param: 'charge',
  })
}

/** What can be given back, within what is left of the charge. https://docs.stripe.com/refunds */
function amountOf(charge: Charge, wanted: number | undefined): number {
  const left = charge.amount - charge.amount_refunded
  if (left <= 0) {
    throw invalid(`Charge ${charge.id} has already been refunded.`, {
      code: 'charge_already_refunded',
    })
  }
  if (wanted === undefined) return left
  if (wanted < 1) {
    throw invalid('Invalid positive integer', {
      code: 'parameter_invalid_integer',
      param: 'amount',
    })
  }
  validAmount(wanted, charge.currency, 'amount')
  if (wanted <= left) return wanted
  throw invalid(
    `Refund amount (${inWords(wanted, charge.currency)}) is greater than unrefunded amount on charge (${inWords(left, charge.currency)})`,
    { code: 'amount_too_large', param: 'amount' },
  )
}

function destination(charge: Charge): Refund['destination_details'] {
  if (charge.payment_method_details?.type !== 'card') {
    return {
      type: 'us_bank_transfer',
      us_bank_transfer: { reference: null, reference_status: null },
    }
  }
  return {
    type: 'card',
    card: {
      reference: newId('ref', 12),
      reference_status: 'available',
      reference_type: 'acquirer_reference_number',
      type: 'refund',
    },
  }
}

function paidBack(books: Books, charge: Charge, by: number): Charge {
  const amount = charge.amount_refunded + by
  return books.put('charge', {
    ...charge,
    amount_refunded: amount,
    refunded: amount === charge.amount,
  })
}

function waits(books: Books, charge: Charge): boolean {
  const byCard = charge.payment_method_details?.type === 'card'
  return !byCard || books.isOn(waitingRefunds)
}

export function refund(books: Books, wanted: Wanted): Refund {
  const charge = chargeOf(books, wanted)
  const open = books
    .list('dispute')
    .find((dispute) => dispute.charge === charge.id && dispute.status !== 'won')
  if (open) {
    throw invalid(`Charge ${charge.id} has been charged back; cannot issue a refund.`, {
      code: 'charge_disputed',
    })
  }
  const amount = amountOf(charge, wanted.amount)
  const id = newId(charge.id.startsWith('py_') ? 'pyr' : 're')
  const movement = moved(books, {
    amount: -amount,
    currency: charge.currency,
    source: id,
    type: charge.id.startsWith('py_') ? 'payment_refund' : 'refund',
    category: 'refund',
  })
  const details = destination(charge)
  const made = books.put('refund', {
    id,
    object: 'refund',
    amount,
    balance_transaction: movement.id,
    charge: charge.id,
    created: books.now,
    currency: charge.currency,
    customer: null,
    customer_account: null,
    metadata: wanted.metadata ?? {},
    payment_intent: charge.payment_intent,
    payment_method: charge.payment_method,
    reason: wanted.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: waits(books, charge) ? 'pending' : 'succeeded',
    transfer_reversal: null,
    ...(details && { destination_details: details }),
  })
  const after = paidBack(books, charge, amount)
  books.tell('refund.created', made)
  books.tell('charge.refunded', after, { amount_refunded: charge.amount_refunded })
  if (made.status === 'succeeded') tellUpdate(books, made)
  return made
}

function tellUpdate(books: Books, refund: Refund): void {
  books.tell('refund.updated', refund)
  books.tell('charge.refund.updated', refund)
}

function refundThatIs(books: Books, id: string, ...statuses: string[]): Refund {
  const found = books.get('refund', id, 'refund')
  if (statuses.includes(found.status ?? '')) return found
  throw invalid(`${id} is ${found.status}: this is for one that is ${statuses.join(' or ')}.`)
}

export function settleRefund(books: Books, id: string): Refund {
  const settled = books.put('refund', {
    ...refundThatIs(books, id, 'pending'),
    status: 'succeeded',
  })
  tellUpdate(books, settled)
  return settled
}

/**
 * The bank sends the money back, also after the refund had succeeded: the charge is as if it had never
 * been. https://docs.stripe.com/testing#refunds
 */
export function failRefund(books: Books, id: string): Refund {
  const before = refundThatIs(books, id, 'pending', 'succeeded')
  const back = moved(books, {
    amount: before.amount,
    currency: before.currency,
    source: id,
    type: 'refund_failure',
    category: 'refund_failure',
  })
  const after = books.put('refund', {
    ...before,
    failure_balance_transaction: back.id,
    failure_reason: 'expired_or_canceled_card',
    status: 'failed',
  })
  paidBack(books, books.get('charge', String(before.charge)), -before.amount)
  tellUpdate(books, after)
  books.tell('refund.failed', after)
  return after
}
