import { Hono } from 'hono'
import { messagesOf } from './accept.ts'
import { fromIssues, refusal } from './errors.ts'
import type { Message } from './message.ts'
import { mailSend } from './schema.ts'
import type { MailStore } from './store.ts'

export interface SendOptions {
  store: MailStore
  apiKey: string
  now: () => number
  accepted: (messages: Message[]) => void
}

const limit = 30 * 1024 * 1024

function newSendId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return btoa(String.fromCharCode(...bytes))
    .replace(/\+/g, '-')
    .replace(/\//g, '_')
    .replace(/=+$/, '')
}

/** The one call of SendGrid's API that the app makes. */
export function sendRoutes({ store, apiKey, now, accepted }: SendOptions): Hono {
  const routes = new Hono()

  routes.use(async (c, next) => {
    const authorization = c.req.header('authorization')
    if (authorization === undefined) {
      return c.json({ errors: refusal('Permission denied, wrong credentials') }, 401)
    }
    if (authorization !== `Bearer ${apiKey}`) {
      const message = 'The provided authorization grant is invalid, expired, or revoked'
      return c.json({ errors: refusal(message) }, 401)
    }
    return next()
  })

  routes.post('/', async (c) => {
    if (c.req.header('content-type')?.split(';')[0]?.trim() !== 'application/json') {
      return c.json({ errors: refusal('Content-Type should be application/json.') }, 415)
    }
    const raw = await c.req.text()
    if (raw.length > limit)
      return c.json({ errors: refusal('The JSON payload is too large.') }, 413)
    let body: unknown
    try {
      body = JSON.parse(raw)
    } catch {
      return c.json({ errors: refusal('Bad Request') }, 400)
    }
    const parsed = mailSend.safeParse(body)
    if (!parsed.success) return c.json({ errors: fromIssues(parsed.error.issues, body) }, 400)
    if (parsed.data.mail_settings?.sandbox_mode?.enable) return c.body(null, 200)
    const sendId = newSendId()
    const messages = messagesOf(parsed.data, sendId, now())
    for (const message of messages) store.add(message)
    accepted(messages)
    return c.body(null, 202, { 'X-Message-Id': sendId })
  })

  routes.all('/', (c) => c.json({ errors: refusal('method not allowed') }, 405))
  return routes
}
