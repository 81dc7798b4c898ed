/** Events as Stripe tells them, with what of them is read and a little of what isn't. */
export interface EventJson {
  id: string
  object: 'event'
  type: string
  created: number
  livemode: boolean
  data: { object: Record<string, unknown> }
}

let events = 0

export const event = (
  type: string,
  object: Record<string, unknown>,
  created: number,
  over: Partial<EventJson> = {},
): EventJson => ({
  id: `evt_${String(++events).padStart(8, '0')}`,
  object: 'event',
  type,
  created,
  livemode: false,
  data: { object },
  ...over,
})

export interface Paid {
  id: string
  link: string | null
  amount: number
  currency?: string
  metadata?: Record<string, string>
}

export const session = (
  { id, link, amount, currency = 'eur', metadata = {} }: Paid,
  payment_status: 'paid' | 'unpaid',
  created: number,
) => ({
  id: `cs_test_${id.slice(3)}`,
  object: 'checkout.session',
  mode: 'payment',
  status: 'complete',
  payment_status,
  payment_intent: id,
  payment_link: link,
  amount_total: amount,
  amount_subtotal: amount,
  currency,
  created,
  payment_method_types: ['card', 'sepa_debit'],
  metadata,
})

export const intent = (
  { id, amount, currency = 'eur', metadata = {} }: Paid,
  status: 'succeeded' | 'processing' | 'requires_payment_method',
  created: number,
) => ({
  id,
  object: 'payment_intent',
  status,
  amount,
  amount_received: status === 'succeeded' ? amount : 0,
  currency,
  created,
  last_payment_error:
    status === 'requires_payment_method'
      ? { type: 'invalid_request_error', message: 'The account has insufficient funds.' }
      : null,
  metadata,
})

export interface Back {
  id: string
  of: string
  amount: number
  currency?: string
  metadata?: Record<string, string>
}

export const refund = (
  { id, of, amount, currency = 'eur', metadata = {} }: Back,
  status: 'pending' | 'succeeded' | 'failed',
  created: number,
) => ({
  id,
  object: 'refund',
  charge: `ch_${of.slice(3)}`,
  payment_intent: of,
  amount,
  currency,
  status,
  created,
  metadata,
  ...(status === 'failed' ? { failure_reason: 'expired_or_canceled_card' } : {}),
})

export const dispute = (
  { id, of, amount, currency = 'eur' }: Back,
  status:
    | 'warning_needs_response'
    | 'needs_response'
    | 'under_review'
    | 'appeal_under_review'
    | 'won'
    | 'lost',

  created: number,
) => ({
  id,
  object: 'dispute',
  charge: `ch_${of.slice(3)}`,
  payment_intent: of,
  amount,
  currency,
  status,
  reason: 'fraudulent',
  created,
})

const encoder = new TextEncoder()

/** The header that Stripe signs a delivery with. */
export async function signed(secret: string, body: string, at: number): Promise<string> {
  const key = await crypto.subtle.importKey(
    'raw',
    encoder.encode(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  )
  const time = Math.floor(at / 1000)
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(`${time}.${body}`))
  const hex = [...new Uint8Array(mac)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return `t=${time},v1=${hex}`
}
