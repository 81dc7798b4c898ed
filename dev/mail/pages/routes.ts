import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { eventKind } from '../api.ts'
import type { EventOptions } from '../api.ts'
import { inboxPage } from './inbox.ts'
import { mailDocument, mailPolicy } from './mail-document.ts'
import { messagePage } from './message.ts'
import { viewOf, viewQuery } from './view.ts'

export function pageRoutes({ store, sendEvent }: EventOptions): Hono {
  const routes = new Hono()
  routes.use(csrf())
  routes.use(async (c, next) => {
    await next()
    c.header('Cache-Control', 'no-store')
  })

  routes.get('/', (c) => c.html(inboxPage(store.list(), c.req.query('to') ?? '')))

  routes.get('/messages/:id', (c) => {
    const message = store.get(c.req.param('id'))
    return message ? c.html(messagePage(message, viewOf(c.req.query()))) : c.notFound()
  })

  routes.get('/messages/:id/html', (c) => {
    const message = store.get(c.req.param('id'))
    if (!message) return c.notFound()
    const mail = message.html ?? '<p>This mail has no HTML part.</p>'
    c.header('Content-Security-Policy', mailPolicy)
    return c.html(mailDocument(mail, viewOf(c.req.query()).scheme))
  })

  routes.post('/messages/:id/events', async (c) => {
    const message = store.get(c.req.param('id'))
    const kind = eventKind((await c.req.parseBody())['event'])
    if (!message || !kind) return c.notFound()
    await sendEvent(message, kind)
    return c.redirect(`/messages/${message.id}${viewQuery(viewOf(c.req.query()))}`, 303)
  })

  return routes
}
