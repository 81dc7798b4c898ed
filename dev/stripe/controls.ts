import { Hono } from 'hono'
import type { Context } from 'hono'
import { failDebit, settleDebit } from './checkout/bank.ts'
import { closeDispute, dispute } from './checkout/disputing.ts'
import { failRefund, refund, settleRefund, waitingRefunds } from './checkout/refunding.ts'
import { expire } from './checkout/sessions.ts'
import type { Books } from './books.ts'
import { Refused } from './errors.ts'
import type { Delivery, Kind } from './rows.ts'
import type { Store } from './store.ts'
import { paused } from './webhooks/deliveries.ts'
import type { Deliveries } from './webhooks/deliveries.ts'

export interface Controls {
  store: Store
  deliveries: Deliveries
  booksOf: (account: string) => Books
}

interface Given {
  [name: string]: unknown
}

const isGiven = (value: unknown): value is Given => typeof value === 'object' && value !== null

/** The books of whichever account has it: ids are unique, as in Stripe. */
export function ownerOf(controls: Controls, kind: Kind, id: string): Books | undefined {
  const account = controls.store.accounts().find((each) => controls.store.get(each, kind, id))
  return account === undefined ? undefined : controls.booksOf(account)
}

/** What the world does to a payment, by name of the call under /test. */
const deeds: Record<string, (books: Books, id: string, amount: number | undefined) => object> = {
  settle: settleDebit,
  fail: failDebit,
  dispute,
  'dispute-won': (books, id) => closeDispute(books, id, 'won'),
  'dispute-lost': (books, id) => closeDispute(books, id, 'lost'),
  // As from Stripe's dashboard.
  refund: (books, id, amount) => refund(books, { payment_intent: id, amount }),
}

const refundDeeds: Record<string, (books: Books, id: string) => object> = {
  'settle-refund': settleRefund,
  'fail-refund': failRefund,
}

const delivery = ({ at, ...row }: Delivery) => ({ ...row, at: new Date(at).toISOString() })

async function given(c: Context): Promise<Given> {
  const body: unknown = await c.req.json().catch(() => null)
  return isGiven(body) ? body : {}
}

/** Playing the world: banks, buyers and a network that loses webhooks. For scripts and tests. */
export function controlRoutes(controls: Controls): Hono {
  const routes = new Hono()
  const { deliveries, store } = controls

  routes.onError((error, c) => {
    if (error instanceof Refused) return c.json({ error: error.message }, error.status)
    throw error
  })

  const on = (kind: Kind, name: string, deed: (books: Books, id: string, body: Given) => object) =>
    routes.post(`/${name}`, async (c) => {
      const body = await given(c)
      const field = kind === 'checkout.session' ? 'session' : kind
      const id = body[field]
      if (typeof id !== 'string') return c.json({ error: `${field} must be named.` }, 400)
      const books = ownerOf(controls, kind, id)
      if (!books) return c.json({ error: `No such ${field}: ${id}` }, 404)
      return c.json(deed(books, id, body))
    })

  for (const [name, deed] of Object.entries(deeds)) {
    on('payment_intent', name, (books, id, { amount }) =>
      deed(books, id, typeof amount === 'number' ? amount : undefined),
    )
  }
  for (const [name, deed] of Object.entries(refundDeeds)) on('refund', name, deed)
  on('checkout.session', 'expire', (books, id) => expire(books, books.get('checkout.session', id)))

  routes.post('/pause-webhooks', async (c) => {
    const on = (await given(c))['paused'] === true
    store.put('', 'switch', { id: paused, on })
    return c.json({ paused: on })
  })

  routes.post('/pending-refunds', async (c) => {
    const on = (await given(c))['pending'] === true
    store.put('', 'switch', { id: waitingRefunds, on })
    return c.json({ pending: on })
  })

  routes.get('/deliveries', (c) => {
    const event = c.req.query('event')
    const items = store
      .accounts()
      .flatMap((account) => store.list(account, 'delivery'))
      .filter((row) => event === undefined || row.event === event)
      .sort((a, b) => b.at - a.at)
      .map(delivery)
    return c.json({ items, next: null })
  })

  routes.post('/redeliver', async (c) => {
    const { event: id } = await given(c)
    const books = typeof id === 'string' ? ownerOf(controls, 'event', id) : undefined
    if (!books || typeof id !== 'string') return c.json({ error: 'No such event.' }, 404)
    return c.json({ statuses: await deliveries.again(books.account, books.get('event', id)) })
  })

  return routes
}
