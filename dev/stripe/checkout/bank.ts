import type { Stripe } from 'stripe'
import type { Books } from '../books.ts'
import { invalid } from '../errors.ts'
import { failed, received } from './pay.ts'

type Session = Stripe.Checkout.Session

function processing(books: Books, id: string) {
  const intent = books.get('payment_intent', id, 'payment_intent')
  const charge = books.find('charge', String(intent.latest_charge))
  const session = books.list('checkout.session').find((each) => each.payment_intent === id)
  if (intent.status === 'processing' && charge && session) return { intent, charge, session }
  throw invalid(`${id} is ${intent.status}: only a bank debit that is processing settles or fails.`)
}

/** The bank has paid. */
export function settleDebit(books: Books, id: string): Session {
  const { intent, charge, session } = processing(books, id)
  received(books, intent, charge)
  const paid = books.put('checkout.session', { ...session, payment_status: 'paid' })
  books.tell('checkout.session.async_payment_succeeded', paid)
  return paid
}

/** The bank has refused: the session stays complete and unpaid. */
export function failDebit(books: Books, id: string): Session {
  const { intent, charge, session } = processing(books, id)
  failed(books, intent, charge, {
    code: 'insufficient_funds',
    type: charge.payment_method_details?.type ?? '',
    message: "The customer's account has insufficient funds to cover this payment.",
  })
  books.tell('checkout.session.async_payment_failed', session)
  return session
}
