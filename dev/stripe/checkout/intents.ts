import type { Stripe } from 'stripe'
import type { Books } from '../books.ts'
import { newId } from '../ids.ts'
import type { Method } from './methods.ts'
import { detailsOf } from './details.ts'

type Intent = Stripe.PaymentIntent
type Charge = Stripe.Charge
type Session = Stripe.Checkout.Session

/** The session's payment; made when somebody first tries to pay. */
export function intentOf(books: Books, session: Session): Intent {
  const known = session.payment_intent
  if (typeof known === 'string') return books.get('payment_intent', known)
  const link =
    typeof session.payment_link === 'string'
      ? books.find('payment_link', session.payment_link)
      : undefined
  const about = link?.payment_intent_data
  const id = newId('pi')
  const intent = books.put('payment_intent', {
    id,
    object: 'payment_intent',
    allowed_payment_method_types: null,
    amount: session.amount_total ?? 0,
    amount_capturable: 0,
    amount_details: { tip: {} },
    amount_received: 0,
    application: null,
    application_fee_amount: null,
    automatic_payment_methods: null,
    canceled_at: null,
    cancellation_reason: null,
    capture_method: 'automatic_async',
    client_secret: newId(`${id}_secret`, 25),
    confirmation_method: 'automatic',
    created: books.now,
    currency: session.currency ?? '',
    customer: null,
    customer_account: null,
    description: about?.description ?? null,
    excluded_payment_method_types: null,
    last_payment_error: null,
    latest_charge: null,
    livemode: false,
    managed_payments: null,
    metadata: about?.metadata ?? {},
    next_action: null,
    on_behalf_of: null,
    payment_method: null,
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: session.payment_method_types,
    payment_record: null,
    processing: null,
    receipt_email: null,
    review: null,
    setup_future_usage: null,
    shipping: null,
    source: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'requires_payment_method',
    transfer_data: null,
    transfer_group: null,
  })
  books.tell('payment_intent.created', intent)
  return intent
}

/** One try to take the money; nothing has come of it yet. */
export function newCharge(
  books: Books,
  intent: Intent,
  method: Method,
  from: { declined: boolean; email: string | null; name: string | null },
): Charge {
  const id = newId(method === 'card' ? 'ch' : 'py')
  return {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: null,
    billing_details: {
      address: {
        city: null,
        country: null,
        line1: null,
        line2: null,
        postal_code: null,
        state: null,
      },
      email: from.email,
      name: from.name,
      phone: null,
      tax_id: null,
    },
    calculated_statement_descriptor: 'LOCAL TEST ACCOUNT',
    captured: true,
    created: books.now,
    currency: intent.currency,
    customer: null,
    description: intent.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    fraud_details: {},
    livemode: false,
    metadata: intent.metadata,
    on_behalf_of: null,
    outcome: null,
    paid: false,
    payment_intent: intent.id,
    payment_method: newId('pm'),
    payment_method_details: detailsOf(method, from.declined),
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: 'pending',
    transfer_data: null,
    transfer_group: null,
  }
}

export const outcome = (
  type: 'authorized' | 'issuer_declined',
  message: string,
  reason: string | null = null,
): Stripe.Charge.Outcome => ({
  advice_code: null,
  network_advice_code: null,
  network_decline_code: type === 'authorized' ? null : '01',
  network_status: type === 'authorized' ? 'approved_by_network' : 'declined_by_network',
  reason,
  risk_level: 'normal',
  seller_message: message,
  type,
})
