import type { Stripe } from 'stripe'
import type { Books } from '../books.ts'
import { newId } from '../ids.ts'

interface Movement {
  amount: number
  currency: string
  source: string
  type: Stripe.BalanceTransaction['type']
  category: string
}

/** The account's balance moves; the local Stripe takes no fee. */
export function moved(books: Books, movement: Movement): Stripe.BalanceTransaction {
  const { amount, currency, source, type, category } = movement
  return books.put('balance_transaction', {
    id: newId('txn'),
    object: 'balance_transaction',
    amount,
    available_on: books.now,
    balance_type: 'payments',
    created: books.now,
    currency,
    description: null,
    exchange_rate: null,
    fee: 0,
    fee_details: [],
    net: amount,
    reporting_category: category,
    source,
    status: 'available',
    type,
  })
}
