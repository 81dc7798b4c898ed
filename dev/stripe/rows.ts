import type { Stripe } from 'stripe'

/** As Stripe writes it, where the SDK makes an object of its own of the decimal. */
export type Price = Omit<Stripe.Price, 'unit_amount_decimal'> & {
  unit_amount_decimal: string | null
}
export type LineItem = Omit<Stripe.LineItem, 'price'> & { price: Price }

export type EventType = Stripe.Event['type']

export interface StoredEvent {
  id: string
  object: 'event'
  api_version: string
  created: number
  data: { object: object; previous_attributes?: object }
  livemode: false
  pending_webhooks: number
  request: { id: string | null; idempotency_key: string | null } | null
  type: EventType
}

/** The answer to a call with an Idempotency-Key, kept to be given again. */
export interface Replay {
  id: string
  call: string
  /** Of the parameters. */
  print: string
  requestId: string
  status: number
  body: string
  at: number
}

/** One try to bring an event to an endpoint. */
export interface Delivery {
  id: string
  account: string
  event: string
  type: EventType
  endpoint: string
  url: string
  attempt: number
  /** What was answered, or null when nobody did. */
  status: number | null
  at: number
}

/** Everything that is kept, by kind. */
export interface Rows {
  account: { id: string; key: string }
  product: Stripe.Product
  price: Price
  payment_link: Stripe.PaymentLink
  'checkout.session': Stripe.Checkout.Session
  payment_intent: Stripe.PaymentIntent
  charge: Stripe.Charge
  refund: Stripe.Refund
  dispute: Stripe.Dispute
  balance_transaction: Stripe.BalanceTransaction
  webhook_endpoint: Stripe.WebhookEndpoint
  event: StoredEvent
  /** Of a payment link or a checkout session. */
  basket: { id: string; items: LineItem[] }
  /** Of a webhook endpoint; shown when it is made and never again. */
  secret: { id: string; secret: string }
  replay: Replay
  delivery: Delivery
  switch: { id: string; on: boolean }
}

export type Kind = keyof Rows
