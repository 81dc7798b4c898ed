import { Hono } from 'hono'
import { paths } from '../../paths.ts'
import { problem } from '../api/problem.ts'
import type { Base } from '../http.ts'

const refusals = {
  'not-genuine': {
    status: 400,
    title: 'Not from Stripe',
    detail: 'The signature does not match, or is too old.',
  },
  'not-an-event': { status: 400, title: 'Not an event', detail: 'The body is no event.' },
} as const

export const stripe = new Hono<Base>().post(paths.webhooks.stripe(':endpoint'), async (c) => {
  const { receiveStripe } = await import('../../features/payments/receive.ts')
  const ctx = Object.assign(c.get('ctx'), { actor: { kind: 'stripe' } as const })
  const received = await receiveStripe(ctx, {
    endpoint: c.req.param('endpoint'),
    body: await c.req.arrayBuffer(),
    signature: c.req.header('stripe-signature') ?? '',
  })
  return received.ok ? c.json({ received: true }) : problem(c, refusals[received.failure])
})
