import { html } from 'hono/html'
import { Hono } from 'hono'
import { apiRoutes } from './api.ts'
import { page } from './pages/page.ts'
import { pageRoutes } from './pages/routes.ts'
import { sendRoutes } from './send.ts'
import { memoryStore } from './store.ts'
import type { MailStore } from './store.ts'
import { eventSender, settle } from './webhook.ts'
import type { Webhook } from './webhook.ts'

export interface MailAppOptions {
  apiKey: string
  webhook: Webhook
  store?: MailStore
  /** Report each mail as delivered (or bounced, see outcomeFor) so long after taking it. Off when absent. */
  settleAfterMs?: number
  /** Sees every send first: answer, wait or never return, or let it pass by returning undefined. */
  intercept?: (request: Request) => Response | undefined | Promise<Response | undefined>
  now?: () => number
}

/** SendGrid as far as the app uses it, and an inbox to read what it sent. Runs in Node and in workerd. */
export function createMailApp(options: MailAppOptions): Hono {
  const { apiKey, webhook, store = memoryStore(), settleAfterMs, intercept } = options
  const now = options.now ?? Date.now
  const sendEvent = eventSender(webhook, store, now)
  const app = new Hono()

  app.use('/v3/*', async (c, next) => (await intercept?.(c.req.raw.clone())) ?? next())
  app.route(
    '/v3/mail/send',
    sendRoutes({
      store,
      apiKey,
      now,
      accepted(messages) {
        if (settleAfterMs === undefined) return
        for (const message of messages) void settle(message, settleAfterMs, sendEvent)
      },
    }),
  )
  app.route('/api', apiRoutes({ store, sendEvent }))
  app.route('/', pageRoutes({ store, sendEvent }))
  app.notFound((c) =>
    c.html(
      page('Not here', html`<div class="card empty"><h1>There is no such page</h1></div>`),
      404,
    ),
  )
  return app
}
