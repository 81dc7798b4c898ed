import type { Stripe } from 'stripe'
import type { Books } from '../books.ts'
import { randomLetters } from '../ids.ts'
import { totalOf } from '../resources/line-items.ts'
import { methodsFor } from './methods.ts'

type Session = Stripe.Checkout.Session
type Link = Stripe.PaymentLink

const day = 24 * 60 * 60

export interface Visitor {
  email?: string | undefined
  reference?: string | undefined
}

export function isUsedUp(link: Link): boolean {
  const limit = link.restrictions?.completed_sessions
  return limit !== undefined && limit.count >= limit.limit
}

/** Opening a link's page opens a session of its own; two tabs are two. */
export function openSession(books: Books, link: Link, visitor: Visitor): Session {
  const id = `cs_test_a1${randomLetters(56)}`
  const { items } = books.get('basket', link.id)
  const total = totalOf(items)
  const redirect = link.after_completion.redirect?.url ?? null
  const methods = methodsFor(link.currency, link.payment_method_types)
  books.put('basket', { id, items })
  return books.put('checkout.session', {
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: false,
    allowed_payment_method_types: null,
    amount_subtotal: total,
    amount_total: total,
    automatic_tax: { enabled: false, liability: null, provider: null, status: null },
    billing_address_collection: 'auto',
    cancel_url: null,
    client_reference_id: visitor.reference ?? null,
    client_secret: null,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: books.now,
    currency: link.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: link.custom_text,
    customer: null,
    customer_account: null,
    customer_creation: 'if_required',
    customer_details: null,
    customer_email: null,
    discounts: [],
    expires_at: books.now + day,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: 'auto',
    managed_payments: null,
    metadata: link.metadata,
    mode: 'payment',
    origin_context: null,
    payment_intent: null,
    payment_link: link.id,
    payment_method_collection: 'if_required',
    payment_method_configuration_details: null,
    payment_method_options: {},
    payment_method_types: methods,
    payment_status: 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    saved_payment_method_options: null,
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: link.submit_type,
    subscription: null,
    success_url: redirect,
    total_details: { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: 'hosted_page',
    url: `${books.url}/c/pay/${id}`,
    wallet_options: null,
    ...(visitor.email !== undefined && { customer_details: buyer(visitor.email, null) }),
  })
}

export function buyer(email: string | null, name: string | null): Session['customer_details'] {
  return {
    address: null,
    business_name: null,
    email,
    individual_name: null,
    name,
    phone: null,
    tax_exempt: 'none',
    tax_ids: [],
  }
}

export function expire(books: Books, session: Session): Session {
  const expired = books.put('checkout.session', { ...session, status: 'expired', url: null })
  books.tell('checkout.session.expired', expired)
  return expired
}

/** The session as it is by now: one that stood open for a day has expired. */
export function currentSession(books: Books, id: string): Session {
  const session = books.get('checkout.session', id)
  const over = session.status === 'open' && session.expires_at <= books.now
  return over ? expire(books, session) : session
}
