import { Hono } from 'hono'
import { receiveEvents } from '../../features/emails/events.ts'
import { paths } from '../../paths.ts'
import { problem } from '../api/problem.ts'
import type { Base } from '../http.ts'

const refusals = {
  'not-genuine': {
    status: 400,
    title: 'Not from SendGrid',
    detail: 'The signature does not match, or is too old.',
  },
  'not-events': { status: 400, title: 'Not events', detail: 'The body is not a list of events.' },
} as const

export const sendgrid = new Hono<Base>().post(paths.webhooks.sendgrid, async (c) => {
  const ctx = Object.assign(c.get('ctx'), { actor: { kind: 'sendgrid' } as const })
  const received = await receiveEvents(ctx, {
    body: await c.req.arrayBuffer(),
    signature: c.req.header('x-twilio-email-event-webhook-signature') ?? '',
    timestamp: c.req.header('x-twilio-email-event-webhook-timestamp') ?? '',
  })
  return received.ok ? c.json({ received: received.value }) : problem(c, refusals[received.failure])
})
