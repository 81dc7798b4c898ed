import Stripe from 'stripe'
import { createStripeApp, type StripeAppOptions } from '../../dev/stripe/app.ts'

export const stripeOrigin = 'http://127.0.0.1:12111'
export const testKey = 'sk_test_studio0001'

export type StripeScene = ReturnType<typeof stripeScene>

/** A local Stripe, the SDK talking to it, and the events that its webhook got. */
export function stripeScene(options: Partial<StripeAppOptions> = {}) {
  const hooks: { url: string; body: string; signature: string }[] = []
  const app = createStripeApp({
    url: stripeOrigin,
    retryAfterMs: [],
    async fetch(request) {
      const signature = request.headers.get('stripe-signature') ?? ''
      hooks.push({ url: request.url, body: await request.text(), signature })
      return new Response('ok')
    },
    ...options,
  })

  const sdk = (key: string) =>
    new Stripe(key, {
      host: '127.0.0.1',
      port: 12111,
      protocol: 'http',
      maxNetworkRetries: 0,
      httpClient: Stripe.createFetchHttpClient(
        async (input: RequestInfo | URL, init?: RequestInit) => app.fetch(new Request(input, init)),
      ),
    })
  const stripe = sdk(testKey)

  async function link(
    amount: number,
    currency = 'eur',
    more: Partial<Stripe.PaymentLinkCreateParams> = {},
  ) {
    const price = await stripe.prices.create({
      product_data: { name: 'INV-2026-001' },
      currency,
      unit_amount: amount,
    })
    return stripe.paymentLinks.create({ line_items: [{ price: price.id, quantity: 1 }], ...more })
  }

  /** Opens the link's page; gives the session of its form. */
  async function open(url: string): Promise<string> {
    const page = await (await app.request(url)).text()
    return /name="session" value="(cs_test_\w+)"/.exec(page)?.[1] ?? ''
  }

  const submit = async (url: string, form: Record<string, string>) =>
    app.request(url, { method: 'POST', body: new URLSearchParams(form) })

  /** A buyer opens the page and sends its form. */
  async function pay(url: string, outcome: 'card' | 'decline' | 'debit') {
    const session = await open(url)
    await submit(url, { session, outcome })
    return stripe.checkout.sessions.retrieve(session, { expand: ['payment_intent'] })
  }

  const control = async (name: string, body: object) =>
    app.request(`/test/${name}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })

  /** A call as it goes over the wire, for what the SDK would never send. */
  const raw = async (
    method: string,
    path: string,
    body = '',
    headers: Record<string, string> = {},
  ) =>
    app.request(path, {
      method,
      headers: {
        authorization: `Bearer ${testKey}`,
        ...(method === 'GET' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...headers,
      },
      ...(method === 'GET' ? {} : { body }),
    })

  /** Kinds of events, oldest first. */
  async function told(): Promise<string[]> {
    const { data } = await stripe.events.list({ limit: 100 })
    return data.map(({ type }) => type).toReversed()
  }

  return { app, stripe, sdk, hooks, link, open, submit, pay, control, raw, told }
}

/** The id of what may have come expanded. */
export function idOf(value: string | { id: string } | null | undefined): string {
  if (!value) throw new Error('There is none.')
  return typeof value === 'string' ? value : value.id
}
