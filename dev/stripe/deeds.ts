import { failDebit, settleDebit } from './checkout/bank.ts'
import { closeDispute, dispute } from './checkout/disputing.ts'
import { failRefund, refund, settleRefund } from './checkout/refunding.ts'
import type { Books } from './books.ts'
import type { Kind } from './rows.ts'
import type { Store } from './store.ts'
import type { Deliveries } from './webhooks/deliveries.ts'

export interface World {
  store: Store
  deliveries: Deliveries
  booksOf: (account: string) => Books
}

/** The books of whichever account has it: ids are unique, as in Stripe. */
export function ownerOf({ store, booksOf }: World, kind: Kind, id: string): Books | undefined {
  const account = store.accounts().find((each) => store.get(each, kind, id))
  return account === undefined ? undefined : booksOf(account)
}

export interface Deed {
  kind: 'payment_intent' | 'refund'
  run: (books: Books, id: string, amount: number | undefined) => object
}

const toPayment = (run: Deed['run']): Deed => ({ kind: 'payment_intent', run })
const toRefund = (run: Deed['run']): Deed => ({ kind: 'refund', run })

/** What banks, buyers and Stripe's dashboard do to a payment. */
export const deeds: Readonly<Record<string, Deed>> = {
  settle: toPayment(settleDebit),
  fail: toPayment(failDebit),
  dispute: toPayment(dispute),
  'dispute-won': toPayment((books, id) => closeDispute(books, id, 'won')),
  'dispute-lost': toPayment((books, id) => closeDispute(books, id, 'lost')),
  refund: toPayment((books, id, amount) => refund(books, { payment_intent: id, amount })),
  'settle-refund': toRefund(settleRefund),
  'fail-refund': toRefund(failRefund),
}

export const deedNamed = (name: string): Deed | undefined =>
  Object.hasOwn(deeds, name) ? deeds[name] : undefined
