import type { Stripe } from 'stripe'
import type { Books } from '../books.ts'
import { moved } from './balance.ts'
import { intentOf, newCharge, outcome } from './intents.ts'
import type { Debit, Method } from './methods.ts'
import { buyer } from './sessions.ts'

type Intent = Stripe.PaymentIntent
type Charge = Stripe.Charge
type Session = Stripe.Checkout.Session

export interface Payer {
  email: string
  name: string | null
}

/** A completed session counts against the link's limit, and the last one switches the link off. */
function count(books: Books, session: Session): void {
  if (typeof session.payment_link !== 'string') return
  const link = books.get('payment_link', session.payment_link)
  const limit = link.restrictions?.completed_sessions
  if (!limit) return
  const completed = { ...limit, count: limit.count + 1 }
  const active = link.active && completed.count < completed.limit
  const after = books.put('payment_link', {
    ...link,
    active,
    restrictions: { completed_sessions: completed },
  })
  books.tell('payment_link.updated', after)
}

function complete(
  books: Books,
  session: Session,
  intent: Intent,
  payer: Payer,
  status: 'paid' | 'unpaid',
): Session {
  const completed = books.put('checkout.session', {
    ...session,
    customer_details: buyer(payer.email, payer.name),
    payment_intent: intent.id,
    payment_status: status,
    status: 'complete',
    url: null,
  })
  count(books, session)
  books.tell('checkout.session.completed', completed)
  return completed
}

/** The money has come: by card at once, by debit days later. */
export function received(books: Books, intent: Intent, charge: Charge): void {
  const paid = { ...charge, paid: true, status: 'succeeded' as const }
  const { amount, currency } = charge
  const movement = moved(books, {
    amount,
    currency,
    source: charge.id,
    type: charge.id.startsWith('py_') ? 'payment' : 'charge',
    category: 'charge',
  })
  const settled = books.put('charge', {
    ...paid,
    amount_captured: amount,
    balance_transaction: movement.id,
    outcome: outcome('authorized', 'Payment complete.'),
    receipt_url: `${books.url}/receipts/${charge.id}`,
  })
  const done = books.put('payment_intent', {
    ...intent,
    amount_received: amount,
    last_payment_error: null,
    latest_charge: charge.id,
    next_action: null,
    payment_method: charge.payment_method,
    processing: null,
    status: 'succeeded',
  })
  books.tell('charge.succeeded', settled)
  books.tell('payment_intent.succeeded', done)
}

/** No money: the payment waits for another way to pay, and says why. */
export function failed(
  books: Books,
  intent: Intent,
  charge: Charge,
  why: { code: 'card_declined' | 'insufficient_funds'; type: string; message: string },
): Intent {
  const refused = books.put('charge', {
    ...charge,
    failure_code: why.code,
    failure_message: why.message,
    outcome: outcome(
      'issuer_declined',
      'The bank did not return any further details.',
      'generic_decline',
    ),
    paid: false,
    status: 'failed',
  })
  const waiting = books.put('payment_intent', {
    ...intent,
    last_payment_error: {
      charge: charge.id,
      code:
        why.code === 'card_declined' ? 'card_declined' : 'payment_intent_payment_attempt_failed',
      ...(why.code === 'card_declined' && { decline_code: 'generic_decline' }),
      message: why.message,
      payment_method_type: why.type,
      type: why.code === 'card_declined' ? 'card_error' : 'invalid_request_error',
    },
    latest_charge: charge.id,
    processing: null,
    status: 'requires_payment_method',
  })
  books.tell('charge.failed', refused)
  books.tell('payment_intent.payment_failed', waiting)
  return waiting
}

const attempt = (books: Books, intent: Intent, method: Method, payer: Payer, declined: boolean) =>
  newCharge(books, intent, method, { ...payer, declined })

export function payByCard(books: Books, session: Session, payer: Payer): Session {
  const intent = intentOf(books, session)
  received(books, intent, attempt(books, intent, 'card', payer, false))
  return complete(books, session, intent, payer, 'paid')
}

/** The session stays open, for another try. */
export function decline(books: Books, session: Session, payer: Payer): Session {
  const intent = intentOf(books, session)
  failed(books, intent, attempt(books, intent, 'card', payer, true), {
    code: 'card_declined',
    type: 'card',
    message: 'Your card was declined.',
  })
  return books.put('checkout.session', {
    ...session,
    customer_details: buyer(payer.email, payer.name),
    payment_intent: intent.id,
  })
}

/** Done as far as the buyer can see; the bank answers days later. */
export function payByDebit(books: Books, session: Session, debit: Debit, payer: Payer): Session {
  const intent = intentOf(books, session)
  const charge = books.put('charge', attempt(books, intent, debit, payer, false))
  const processing = books.put('payment_intent', {
    ...intent,
    last_payment_error: null,
    latest_charge: charge.id,
    payment_method: charge.payment_method,
    status: 'processing',
  })
  books.tell('charge.pending', charge)
  books.tell('payment_intent.processing', processing)
  return complete(books, session, processing, payer, 'unpaid')
}
