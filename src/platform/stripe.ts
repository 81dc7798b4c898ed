import type Stripe from 'stripe'

/** What our types and the local Stripe were made for; a newer one is a change of code. */
const API_VERSION = '2026-10-28.endive'
const TIMEOUT = 15_000

/** Whose Stripe it is, opened for as long as one call lasts. */
export interface Connection {
  key: string
  /** Stripe's own address, or a loopback one. */
  url: string
}

/**
 * What Stripe made of one call. `unanswered`: it may have done it. Nobody need tell that from not having
 * been reached, since every call that changes something carries an idempotency key, and asking again
 * with the same key does nothing twice (for at least 24 hours).
 */
export type Told<T> =
  | { kind: 'done'; value: T }
  | { kind: 'refused'; why: Refusal; reason: string; code: string | null; retryAfter?: number }
  | { kind: 'unanswered'; reason: string }

/**
 * `key`: it is none, or no longer. `permission`: it may not do this. `gone`: Stripe knows no such thing.
 * `request`: final for what was asked. `busy`: worth asking again.
 */
type Refusal = 'key' | 'permission' | 'gone' | 'request' | 'busy'

export const isTestKey = (key: string): boolean => /^(?:rk|sk)_test_/.test(key)

const client = async ({ key, url }: Connection) => {
  const { default: Stripe } = await import('stripe')
  const { protocol, hostname, port } = new URL(url)
  return new Stripe(key, {
    apiVersion: API_VERSION,
    // The runtime's own fetch, looked up when it is called.
    httpClient: Stripe.createFetchHttpClient((input: URL | RequestInfo, init?: RequestInit) =>
      fetch(input, init),
    ),
    host: hostname,
    port: port || (protocol === 'http:' ? 80 : 443),
    protocol: protocol === 'http:' ? 'http' : 'https',
    timeout: TIMEOUT,
    // Jobs ask again, with the same idempotency key.
    maxNetworkRetries: 0,
    telemetry: false,
  })
}

/** Never throws: an error of the client holds the request, so only Stripe's words leave this function. */
async function told<T>(
  connection: Connection,
  call: (stripe: Stripe) => Promise<T>,
): Promise<Told<T>> {
  if (!isTestKey(connection.key) && new URL(connection.url).hostname !== 'api.stripe.com') {
    const reason = 'A key of real money is never sent to another address than Stripe’s own.'
    return { kind: 'refused', why: 'request', reason, code: null }
  }
  try {
    return { kind: 'done', value: await call(await client(connection)) }
  } catch (error) {
    return refusalOf(error)
  }
}

const field = (from: unknown, name: string): unknown =>
  typeof from === 'object' && from !== null
    ? Object.entries(from).find(([n]) => n === name)?.[1]
    : undefined

/** Stripe masks keys in its own words; whoever answers in its place may not. */
const words = (text: string): string =>
  text.replace(/\b(?:sk|rk|pk|whsec)_\w+/g, (key) => `${key.slice(0, 8)}…`).slice(0, 300)

function refusalOf(error: unknown): Told<never> {
  const status = field(error, 'statusCode')
  const type = field(error, 'type')
  if (typeof status !== 'number' || status >= 500 || type === 'StripeConnectionError') {
    return {
      kind: 'unanswered',
      reason:
        typeof status === 'number' ? `Stripe is in trouble (${status}).` : 'Stripe did not answer.',
    }
  }
  const message = error instanceof Error ? words(error.message) : ''
  const code = field(error, 'code')
  const refused = {
    kind: 'refused',
    reason: message || `Stripe refused it (${status}).`,
    code: typeof code === 'string' ? code : null,
  } as const
  if (status === 429) return { ...refused, why: 'busy', retryAfter: 2000 }
  // 409: the same idempotency key is being worked on at this moment, or an object is locked.
  if (status === 409) return { ...refused, why: 'busy' }
  if (status === 401) return { ...refused, why: 'key' }
  if (status === 403) return { ...refused, why: 'permission' }
  if (code === 'resource_missing') return { ...refused, why: 'gone' }
  return { ...refused, why: 'request' }
}

export interface StripeAccount {
  id: string
  name: string | null
}

/** The account that the key opens. */
export const accountOf = (connection: Connection): Promise<Told<StripeAccount>> =>
  told(connection, async (stripe) => {
    const { id, business_profile: profile, settings } = await stripe.accounts.retrieveCurrent()
    return { id, name: settings?.dashboard.display_name || profile?.name || null }
  })

/** By the names of Stripe's permissions; each is asked for something that can't be, or that changes nothing. */
const probes = {
  payment_links_write: (stripe) => stripe.paymentLinks.update(NONE('plink'), { active: false }),
  checkout_sessions_write: (stripe) => stripe.checkout.sessions.expire(NONE('cs_test')),
  products_write: (stripe) => stripe.products.update(NONE('prod'), { active: false }),
  prices_write: (stripe) => stripe.prices.update(NONE('price'), { active: false }),
  payment_intents_read: (stripe) => stripe.paymentIntents.list({ limit: 1 }),
  refunds_write: (stripe) => stripe.refunds.update(NONE('re'), { metadata: {} }),
  disputes_read: (stripe) => stripe.disputes.list({ limit: 1 }),
  events_read: (stripe) => stripe.events.list({ limit: 1 }),
} satisfies Record<string, (stripe: Stripe) => Promise<unknown>>

const NONE = (prefix: string) => `${prefix}_00000000000000`

export type StripePermission = keyof typeof probes

/** What the key may do. Stripe refuses by permission before it looks at what was asked. */
export async function permissionsOf(
  connection: Connection,
): Promise<Told<Record<string, boolean>>> {
  const asked = await Promise.all(
    Object.entries(probes).map(async ([name, probe]) => {
      const answer = await told<unknown>(connection, probe)
      return { name, answer }
    }),
  )
  const silent = asked.find(
    ({ answer }) =>
      answer.kind === 'unanswered' ||
      (answer.kind === 'refused' && (answer.why === 'busy' || answer.why === 'key')),
  )
  if (silent && silent.answer.kind !== 'done') return silent.answer
  return {
    kind: 'done',
    value: Object.fromEntries(
      asked.map(({ name, answer }) => [
        name,
        !(answer.kind === 'refused' && answer.why === 'permission'),
      ]),
    ),
  }
}

export interface NewLink {
  /** What is paid for, as the payer reads it. */
  title: string
  amount: number
  /** ISO 4217. */
  currency: string
  /** One completed payment, or as many as come. */
  once: boolean
  /** Where the payer comes back to. */
  returnTo: string
  /** What somebody reads who comes when it is switched off. */
  whenOff: string
  /** Ours: comes back with the link, its sessions and its payments. */
  metadata: Record<string, string>
}

/** https://docs.stripe.com/api/payment-link/create */
export const makeLink = (
  connection: Connection,
  link: NewLink,
  idempotencyKey: string,
): Promise<Told<{ id: string; url: string }>> =>
  told(connection, async (stripe) => {
    const { id, url } = await stripe.paymentLinks.create(
      {
        line_items: [
          {
            quantity: 1,
            price_data: {
              currency: link.currency.toLowerCase(),
              unit_amount: link.amount,
              product_data: { name: link.title },
            },
          },
        ],
        ...(link.once ? { restrictions: { completed_sessions: { limit: 1 } } } : {}),
        after_completion: { type: 'redirect', redirect: { url: link.returnTo } },
        inactive_message: link.whenOff,
        submit_type: 'pay',
        metadata: link.metadata,
        payment_intent_data: { metadata: link.metadata, description: link.title },
      },
      { idempotencyKey },
    )
    return { id, url }
  })

/**
 * Switches a link off and ends what was begun by it. Each step is harmless when done again, so it needs
 * no idempotency key: a remembered answer would be in the way of a second try.
 */
export async function switchOff(connection: Connection, linkId: string): Promise<Told<void>> {
  const off = await told(connection, (stripe) =>
    stripe.paymentLinks.update(linkId, { active: false }),
  )
  if (off.kind !== 'done') return off
  const open = await told(connection, (stripe) =>
    stripe.checkout.sessions.list({ payment_link: linkId, status: 'open', limit: 100 }),
  )
  if (open.kind !== 'done') return open
  for (const { id } of open.value.data) {
    const expired = await told(connection, (stripe) => stripe.checkout.sessions.expire(id))
    // One that was completed or ran out meanwhile can't be ended, and needn't.
    if (expired.kind === 'unanswered') return expired
    if (expired.kind === 'refused' && expired.why !== 'request' && expired.why !== 'gone')
      return expired
  }
  return open.value.has_more
    ? {
        kind: 'refused',
        why: 'busy',
        reason: 'More were begun than are ended at once.',
        code: null,
      }
    : { kind: 'done', value: undefined }
}

export const sessionOfPayment = (
  connection: Connection,
  paymentIntent: string,
): Promise<Told<Stripe.Checkout.Session | undefined>> =>
  told(connection, async (stripe) => {
    const { data } = await stripe.checkout.sessions.list({
      payment_intent: paymentIntent,
      limit: 1,
    })
    return data[0]
  })

export const paymentIntentOf = (
  connection: Connection,
  id: string,
): Promise<Told<Stripe.PaymentIntent>> =>
  told(connection, (stripe) =>
    // How it was paid is in its charge.
    stripe.paymentIntents.retrieve(id, { expand: ['latest_charge'] }),
  )

interface NewRefund {
  paymentIntent: string
  amount: number
  metadata: Record<string, string>
}

export const makeRefund = (
  connection: Connection,
  { paymentIntent, amount, metadata }: NewRefund,
  idempotencyKey: string,
): Promise<Told<Stripe.Refund>> =>
  told(connection, (stripe) =>
    stripe.refunds.create({ payment_intent: paymentIntent, amount, metadata }, { idempotencyKey }),
  )

/** Of a payment; Stripe forgets an idempotency key after a day, and a refund isn't to be made twice. */
export const refundsOf = (
  connection: Connection,
  paymentIntent: string,
): Promise<Told<Stripe.Refund[]>> =>
  told(connection, async (stripe) => {
    const { data } = await stripe.refunds.list({ payment_intent: paymentIntent, limit: 100 })
    return data
  })

export const disputesOf = (
  connection: Connection,
  paymentIntent: string,
): Promise<Told<Stripe.Dispute[]>> =>
  told(connection, async (stripe) => {
    const { data } = await stripe.disputes.list({ payment_intent: paymentIntent, limit: 100 })
    return data
  })

/** What happened since (`created` in seconds, included), newest first, from behind the event `after`. */
export const eventsSince = (
  connection: Connection,
  { since, types, after }: { since: number; types: readonly string[]; after?: string | undefined },
): Promise<Told<{ events: Stripe.Event[]; more: boolean }>> =>
  told(connection, async (stripe) => {
    const { data, has_more: more } = await stripe.events.list({
      created: { gte: since },
      types: [...types],
      limit: 100,
      ...(after === undefined ? {} : { starting_after: after }),
    })
    return { events: data, more }
  })

/** Where a payment is seen, and its dispute answered, by people. `home` is 'test:acct_...'. */
export function paymentAtStripe(url: string, home: string | null, payment: string): string {
  // The local one has a page for all of it.
  if (new URL(url).hostname !== 'api.stripe.com') return url
  const [mode, account = ''] = home?.split(':') ?? []
  const path = [account, mode === 'test' ? 'test' : '', 'payments', payment].filter(Boolean)
  return `https://dashboard.stripe.com/${path.join('/')}`
}

/** Seconds. An older signature may be somebody's replay. */
const TOLERANCE = 300

/**
 * The event in a webhook's body, if one of the secrets signed exactly these bytes just now; else
 * undefined. https://docs.stripe.com/webhooks#verify-manually
 */
export async function eventIn(
  body: Uint8Array,
  signature: string,
  secrets: readonly string[],
  now: number,
): Promise<Stripe.Event | undefined> {
  const { default: Stripe } = await import('stripe')
  const provider = Stripe.createSubtleCryptoProvider()
  for (const secret of secrets) {
    try {
      return await Stripe.webhooks.constructEventAsync(
        body,
        signature,
        secret,
        TOLERANCE,
        provider,
        now,
      )
    } catch {
      // Another secret may have signed it; a body that is no JSON is none's.
    }
  }
  return undefined
}
