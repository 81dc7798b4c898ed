import { Hono } from 'hono'
import { eventsInput, recordEvents } from '../../features/emails/events.ts'
import { paths } from '../../paths.ts'
import { isSignedBy } from '../../platform/signature.ts'
import type { Base } from '../http.ts'
import { parse } from '../input.ts'
import { problem } from '../api/problem.ts'

/** A signed body older than this (ms) is somebody's replay: SendGrid signs each delivery anew. */
const OLDEST = 60 * 60_000

const refused = {
  status: 400,
  title: 'Not from SendGrid',
  detail: 'The signature does not match, or is too old.',
} as const

export const sendgrid = new Hono<Base>().post(paths.webhooks.sendgrid, async (c) => {
  const { settings, now } = c.get('ctx')
  const timestamp = c.req.header('x-twilio-email-event-webhook-timestamp') ?? ''
  const signature = c.req.header('x-twilio-email-event-webhook-signature') ?? ''
  const signedAt = Number(timestamp) * 1000
  const body = await c.req.arrayBuffer()
  const fresh = /^\d{1,12}$/.test(timestamp) && Math.abs(now - signedAt) <= OLDEST
  const genuine =
    fresh && (await isSignedBy(settings.sendgridWebhookKeys, { body, signature, timestamp }))
  if (!genuine) return problem(c, refused)

  let posted: unknown
  try {
    posted = JSON.parse(new TextDecoder().decode(body))
  } catch {
    return problem(c, { ...refused, title: 'Not JSON', detail: 'The body is not valid JSON.' })
  }
  const events = parse(eventsInput, posted)
  if (!events.ok)
    return problem(c, {
      ...refused,
      title: 'Not events',
      errors: events.errors,
      detail: 'The body is not a list of events.',
    })
  await recordEvents(
    Object.assign(c.get('ctx'), { actor: { kind: 'sendgrid' } as const }),
    events.value,
  )
  return c.json({ received: events.value.length })
})
