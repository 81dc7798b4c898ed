import { Hono } from 'hono'
import type { Context } from 'hono'
import { waitingRefunds } from './checkout/refunding.ts'
import { deeds, ownerOf } from './deeds.ts'
import type { World } from './deeds.ts'
import { Refused } from './errors.ts'
import type { Delivery } from './rows.ts'
import { paused } from './webhooks/deliveries.ts'

interface Given {
  [name: string]: unknown
}

const isGiven = (value: unknown): value is Given => typeof value === 'object' && value !== null

const shown = ({ at, ...row }: Delivery) => ({ ...row, at: new Date(at).toISOString() })

async function given(c: Context): Promise<Given> {
  const body: unknown = await c.req.json().catch(() => null)
  return isGiven(body) ? body : {}
}

/** Playing the world: banks, buyers and a network that loses webhooks. For scripts and tests. */
export function controlRoutes(world: World): Hono {
  const routes = new Hono()
  const { deliveries, store } = world

  routes.onError((error, c) => {
    if (error instanceof Refused) return c.json({ error: error.message }, error.status)
    throw error
  })

  for (const [name, { kind, run }] of Object.entries(deeds)) {
    routes.post(`/${name}`, async (c) => {
      const { [kind]: id, amount } = await given(c)
      if (typeof id !== 'string') return c.json({ error: `${kind} must be named.` }, 400)
      const books = ownerOf(world, kind, id)
      if (!books) return c.json({ error: `No such ${kind}: ${id}` }, 404)
      return c.json(run(books, id, typeof amount === 'number' ? amount : undefined))
    })
  }

  const onOff = (name: string, field: string, id: string) =>
    routes.post(`/${name}`, async (c) => {
      const on = (await given(c))[field] === true
      store.put('', 'switch', { id, on })
      return c.json({ [field]: on })
    })
  onOff('pause-webhooks', 'paused', paused)
  onOff('pending-refunds', 'pending', waitingRefunds)

  routes.get('/deliveries', (c) => {
    const event = c.req.query('event')
    const items = store
      .accounts()
      .flatMap((account) => store.list(account, 'delivery'))
      .filter((row) => event === undefined || row.event === event)
      .sort((a, b) => b.at - a.at)
    return c.json({ items: items.map(shown), next: null })
  })

  routes.post('/redeliver', async (c) => {
    const { event: id } = await given(c)
    const books = typeof id === 'string' ? ownerOf(world, 'event', id) : undefined
    if (!books || typeof id !== 'string') return c.json({ error: 'No such event.' }, 404)
    return c.json({ statuses: await deliveries.again(books.account, books.get('event', id)) })
  })

  return routes
}
