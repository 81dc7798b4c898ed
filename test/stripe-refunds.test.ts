import { beforeEach, expect, it, vi } from 'vitest'
import { paths } from '../src/paths.ts'
import { key, pay, portal, read, refused, world } from './harness/invoice-scene.ts'
import {
  billed,
  later,
  ledgerOf,
  openMoneyScene,
  quiet,
  rows,
  stripe,
} from './harness/money-scene.ts'
import { idOf } from './harness/stripe-scene.ts'

beforeEach(() => {
  vi.setSystemTime(Date.parse('2026-11-10T12:00:00Z'))
  return openMoneyScene()
})

/** An invoice over 100.00 that was paid by card. */
async function paid() {
  const { id, link } = await billed()
  const paying = idOf((await stripe.pay(link.url, 'card')).payment_intent)
  await quiet()
  const [entry] = (await read(id)).payments
  const payment = entry?.id ?? ''
  const at = paths.api.paymentAction(portal, id, payment, 'refund')
  return { id, paying, payment, at }
}

const back = (at: string, body: object) => world.api('POST', at, key, body)
const refunds = async () => (await stripe.stripe.refunds.list({ limit: 10 })).data

it('goes back through Stripe: on its way first, then there, by one request of ours', async () => {
  const { id, at } = await paid()
  const own = { amount: 2500, note: 'Agreed', id: '01a20383-51d4-730e-bdd6-3c30997306b0' }
  await stripe.control('pause-webhooks', { paused: true })
  const answers = await Promise.all([back(at, own), back(at, own), back(at, own)])
  expect(answers.map(({ status }) => status)).toEqual([202, 202, 202])
  expect(await answers[0]?.json()).toMatchObject({ kind: 'refund', amount: 2500, method: 'stripe' })
  await quiet()
  const [made, ...others] = await refunds()
  expect(others).toEqual([])
  expect(made).toMatchObject({ amount: 2500, metadata: { refund: own.id } })
  expect(await read(id)).toMatchObject({ status: 'paid', refunded: 2500, balance: 0 })
  // The webhook tells the same afterwards.
  await stripe.control('pause-webhooks', { paused: false })
  const { data } = await stripe.stripe.events.list({ limit: 100, type: 'refund.created' })
  for (const { id: event } of data) await stripe.control('redeliver', { event })
  expect((await ledgerOf(id)).filter(({ kind }) => kind === 'refund')).toEqual([
    { stripe_id: made?.id, kind: 'refund', state: 'succeeded', amount: 2500 },
  ])
})

it('is at most what is left, whoever asks at once', async () => {
  const { id, at } = await paid()
  expect((await back(at, { amount: 10_001 })).status).toBe(422)
  const answers = await Promise.all(Array.from({ length: 5 }, () => back(at, { amount: 3000 })))
  expect(answers.map(({ status }) => status).sort()).toEqual([202, 202, 202, 422, 422])
  await quiet()
  expect(await read(id)).toMatchObject({ refunded: 9000 })
  expect(await refunds()).toHaveLength(3)
})

it('made in Stripe’s dashboard is in the ledger, and so is one that waits or fails there', async () => {
  const { id, paying, at } = await paid()
  await stripe.control('refund', { payment_intent: paying, amount: 1000 })
  await quiet()
  expect(await read(id)).toMatchObject({ refunded: 1000 })
  await stripe.control('pending-refunds', { pending: true })
  expect((await back(at, { amount: 2000 })).status).toBe(202)
  await quiet()
  expect(await read(id)).toMatchObject({ refunded: 1000 })
  const waiting = (await refunds()).find(({ status }) => status === 'pending')
  await stripe.control('fail-refund', { refund: waiting?.id })
  await quiet()
  const now = await read(id)
  expect(now).toMatchObject({ refunded: 1000 })
  expect(now.payments.find(({ amount }) => amount === 2000)).toMatchObject({ state: 'failed' })
  // It may be tried again: nothing of it is gone.
  await stripe.control('pending-refunds', { pending: false })
  expect((await back(at, { amount: 9000 })).status).toBe(202)
  await quiet()
  expect(await read(id)).toMatchObject({ status: 'paid', refunded: 10_000 })
  // A bank may send back what had arrived, weeks later.
  const arrived = (await refunds()).find(({ amount }) => amount === 9000)
  await stripe.control('fail-refund', { refund: arrived?.id })
  await quiet()
  expect(await read(id)).toMatchObject({ status: 'paid', refunded: 1000, balance: 0 })
  expect((await back(at, { amount: 9000 })).status).toBe(202)
})

it('that Stripe refuses has failed, and says why', async () => {
  const { id, paying, at } = await paid()
  await stripe.control('pause-webhooks', { paused: true })
  // Somebody was faster in Stripe's dashboard, and nobody has told us.
  await stripe.control('refund', { payment_intent: paying, amount: 9000 })
  expect((await back(at, { amount: 5000 })).status).toBe(202)
  await quiet()
  const [row] = await rows<{ state: string; failure: string }>(
    `select state, failure from payment where kind = 'refund'`,
  )
  expect(row).toMatchObject({ state: 'failed', failure: expect.stringMatching(/\w/) })
  expect(await read(id)).toMatchObject({ refunded: 0 })
  expect(await rows(`select kind from job`)).toEqual([])
})

it('whose answer was lost is found again and not made twice', async () => {
  const { id, at } = await paid()
  const { app } = stripe
  let lost = 0
  const { answerFor } = await import('./harness/outbound.ts')
  const { stripeOrigin } = await import('./harness/stripe-scene.ts')
  await stripe.control('pause-webhooks', { paused: true })
  answerFor(stripeOrigin, async (request) => {
    const making = request.method === 'POST' && new URL(request.url).pathname === '/v1/refunds'
    const answer = await app.fetch(request)
    if (!making) return answer
    lost++
    return new Response('Bad gateway', { status: 502 })
  })
  await back(at, { amount: 5000 })
  await world.minute()
  expect(lost).toBe(1)
  expect(await read(id)).toMatchObject({ refunded: 0 })
  // Longer than Stripe remembers an idempotency key.
  later(26 * 3_600_000)
  await world.minute()
  expect(lost).toBe(1)
  expect(await refunds()).toHaveLength(1)
  expect(await read(id)).toMatchObject({ refunded: 5000 })
})

it('is no business of those who enter by hand, and the other way round', async () => {
  const { id, payment } = await paid()
  const undo = paths.api.paymentAction(portal, id, payment, 'reverse')
  expect(await refused('POST', undo)).toBe(409)
  expect(await read(id)).toMatchObject({ status: 'paid', reversed: 0 })
  const other = await billed()
  const { id: cash } = await pay(other.id, 10_000, { method: 'cash' })
  const answer = await back(paths.api.paymentAction(portal, other.id, cash, 'refund'), {
    amount: 100,
  })
  expect(answer.status).toBe(201)
  expect(await refunds()).toEqual([])
})

it('needs a key: without one it is refused, and fails where it was on its way', async () => {
  const { at } = await paid()
  await world.env.DB.prepare('update stripe_account set sealed_key = null').run()
  expect((await back(at, { amount: 100 })).status).toBe(409)
})
