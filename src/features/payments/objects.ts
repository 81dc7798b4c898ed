import * as z from 'zod/mini'

// What we read of Stripe's objects, and no more: whatever else they hold may change.

const reference = z.pipe(
  z.union([z.string(), z.object({ id: z.string() })]),
  z.transform((given) => (typeof given === 'string' ? given : given.id)),
)
const named = z._default(z.nullable(reference), null)
const text = z._default(z.nullable(z.string()), null)
const metadata = z._default(z.nullable(z.record(z.string(), z.string())), null)
const whole = z.int()

/** Of a payment's charge only the id stands in an event; it is whole where we asked for it so. */
const charged = z.pipe(
  z.union([
    z.string(),
    z.object({
      payment_method_details: z._default(z.nullable(z.object({ type: z.string() })), null),
    }),
  ]),
  z.transform((given) =>
    typeof given === 'string' ? null : (given.payment_method_details?.type ?? null),
  ),
)

/** https://docs.stripe.com/api/events/object */
export const eventInput = z.object({
  id: z.string().check(z.regex(/^evt_\w{1,250}$/)),
  type: z.string().check(z.maxLength(200)),
  /** Unix seconds. */
  created: whole,
  livemode: z.boolean(),
  data: z.object({ object: z.unknown() }),
})
export type StripeEvent = z.output<typeof eventInput>

export const anyObject = z.object({ id: z.string().check(z.maxLength(255)) })

/** https://docs.stripe.com/api/checkout/sessions/object */
export const sessionInput = z.object({
  id: z.string(),
  payment_link: named,
  payment_intent: named,
  payment_status: z.string(),
  status: text,
  amount_total: z._default(z.nullable(whole), null),
  currency: text,
  created: whole,
  payment_method_types: z._default(z.nullable(z.array(z.string())), null),
  metadata,
})
export type Session = z.output<typeof sessionInput>

/** https://docs.stripe.com/api/payment_intents/object */
export const intentInput = z.object({
  id: z.string(),
  status: z.string(),
  amount: whole,
  currency: z.string(),
  created: whole,
  last_payment_error: z._default(
    z.nullable(z.object({ message: z._default(z.nullable(z.string()), null) })),
    null,
  ),
  latest_charge: z._default(z.nullable(charged), null),
  metadata,
})
export type Intent = z.output<typeof intentInput>

/** https://docs.stripe.com/api/refunds/object */
export const refundInput = z.object({
  id: z.string(),
  payment_intent: named,
  amount: whole,
  currency: z.string(),
  status: text,
  created: whole,
  failure_reason: text,
  metadata,
})
export type Refund = z.output<typeof refundInput>

/** https://docs.stripe.com/api/disputes/object */
export const disputeInput = z.object({
  id: z.string(),
  payment_intent: named,
  amount: whole,
  currency: z.string(),
  status: z.string(),
  created: whole,
  reason: text,
  evidence_details: z._default(
    z.nullable(z.object({ due_by: z._default(z.nullable(whole), null) })),
    null,
  ),
})
export type Dispute = z.output<typeof disputeInput>

/** https://docs.stripe.com/api/charges/object */
export const chargeInput = z.object({ id: z.string(), payment_intent: named, metadata })
