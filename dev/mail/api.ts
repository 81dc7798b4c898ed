import { Hono } from 'hono'
import { kinds } from './message.ts'
import type { EventKind, Message, SentEvent } from './message.ts'
import type { MailStore } from './store.ts'

export interface EventOptions {
  store: MailStore
  sendEvent: (message: Message, kind: EventKind) => Promise<number | null>
}

export function eventKind(value: unknown): EventKind | undefined {
  return kinds.find((kind) => kind === value)
}

const iso = (at: number) => new Date(at).toISOString()

function item(message: Message) {
  const events = message.events.map(({ kind, at, status }: SentEvent) => ({
    event: kind,
    at: iso(at),
    status,
  }))
  return { ...message, at: iso(message.at), events }
}

/** For scripts and tests; people use the pages. */
export function apiRoutes({ store, sendEvent }: EventOptions): Hono {
  const routes = new Hono()

  routes.get('/messages', (c) => {
    const to = c.req.query('to')?.toLowerCase()
    const found = store.list().filter((message) => !to || message.to.toLowerCase() === to)
    return c.json({ items: found.map(item), next: null })
  })

  routes.get('/messages/:id', (c) => {
    const message = store.get(c.req.param('id'))
    return message ? c.json(item(message)) : c.json({ error: 'No such message.' }, 404)
  })

  routes.post('/messages/:id/events', async (c) => {
    const message = store.get(c.req.param('id'))
    if (!message) return c.json({ error: 'No such message.' }, 404)
    const body: unknown = await c.req.json().catch(() => null)
    const kind = eventKind(typeof body === 'object' && body && 'event' in body ? body.event : null)
    if (!kind) return c.json({ error: `event must be one of ${kinds.join(', ')}.` }, 400)
    const status = await sendEvent(message, kind)
    if (status === null) return c.json({ error: 'The app did not answer.' }, 502)
    const text = JSON.stringify({ event: kind, status })
    return new Response([204, 205, 304].includes(status) ? null : text, {
      status,
      headers: { 'content-type': 'application/json' },
    })
  })

  return routes
}
