import { Hono } from 'hono'
import { html } from 'hono/html'
import { Api } from './api/api.ts'
import { apiVersion } from './api/check.ts'
import { keyFrom, masked } from './api/key.ts'
import { Books } from './books.ts'
import { controlRoutes } from './controls.ts'
import { page } from './pages/page.ts'
import { checkoutRoutes } from './pages/checkout-routes.ts'
import { accountCalls } from './resources/account.ts'
import { eventCalls } from './resources/events.ts'
import { paymentLinkCalls } from './resources/payment-links.ts'
import { paymentCalls } from './resources/payments.ts'
import { priceCalls } from './resources/prices.ts'
import { productCalls } from './resources/products.ts'
import { refundCalls } from './resources/refunds.ts'
import { sessionCalls } from './resources/sessions.ts'
import { addEndpoint, webhookEndpointCalls } from './resources/webhook-endpoints.ts'
import { memoryStore } from './store.ts'
import type { Store } from './store.ts'
import { Deliveries } from './webhooks/deliveries.ts'

export interface StripeAppOptions {
  /** Its own origin: payment links live under it. */
  url: string
  store?: Store
  now?: () => number
  /** What brings webhooks. Anything but the network, for a test that calls the app in process. */
  fetch?: (request: Request) => Promise<Response>
  /** Pauses before each further try to bring an event. */
  retryAfterMs?: readonly number[]
  /** Sees every call of the API first: answer, wait or never return, or let it pass by returning undefined. */
  intercept?: (request: Request) => Response | undefined | Promise<Response | undefined>
}

const second = 1000
/** Quick at first, for a developer who waits; Stripe itself goes on for hours. */
const patience = [second, 5 * second, 30 * second, 300 * second, 1800 * second]

export interface StripeApp extends Hono {
  /** Resolves when no webhook is on its way or waits to be tried again. */
  delivered(): Promise<void>
  /** Makes a webhook endpoint for the account of a key, as the dashboard would. */
  connect(key: string, url: string, events?: string[]): Promise<{ account: string; secret: string }>
}

/** Stripe as far as the app uses it, and pages to play the buyer and the banks. Runs in Node and in workerd. */
export function createStripeApp(options: StripeAppOptions): StripeApp {
  const { url, store = memoryStore(), now = Date.now, intercept } = options
  const deliveries = new Deliveries({
    store,
    now,
    fetch: options.fetch ?? ((request) => fetch(request)),
    retryAfterMs: options.retryAfterMs ?? patience,
  })
  const around = {
    store,
    now,
    url,
    apiVersion,
    deliver: deliveries.send.bind(deliveries),
  }
  const booksOf = (account: string) => new Books(around, account)
  const controls = { store, deliveries, booksOf }

  const api = new Api(around)
  accountCalls(api)
  productCalls(api)
  priceCalls(api)
  paymentLinkCalls(api)
  sessionCalls(api)
  paymentCalls(api)
  refundCalls(api)
  eventCalls(api)
  webhookEndpointCalls(api)
  api.unknown()

  const app = new Hono()
  app.use('/v1/*', async (c, next) => (await intercept?.(c.req.raw.clone())) ?? next())
  app.route('/', api.routes)
  app.route('/test', controlRoutes(controls))
  app.route('/', checkoutRoutes(controls))
  app.notFound((c) => c.html(page('Not here', html`<h1>There is no such page</h1>`), 404))

  return Object.assign(app, {
    delivered: () => deliveries.done(),
    async connect(key: string, address: string, events = ['*']) {
      const { account } = await keyFrom(`Bearer ${key}`)
      store.put(account, 'account', { id: account, key: masked(key) })
      const { secret = '' } = addEndpoint(booksOf(account), {
        url: address,
        enabled_events: events,
      })
      return { account, secret }
    },
  })
}
