import { beforeEach, expect, it, vi } from 'vitest'
import { paths } from '../src/paths.ts'
import { scheduled } from '../src/scheduled.ts'
import { amounting, read, studio, world, type InvoiceJson } from './harness/invoice-scene.ts'
import {
  account,
  billed,
  connected,
  hour,
  later,
  ledgerOf,
  linkOf,
  openMoneyScene,
  quiet,
  rows,
  stripe,
} from './harness/money-scene.ts'
import { answerFor } from './harness/outbound.ts'
import { idOf, stripeOrigin } from './harness/stripe-scene.ts'

const HOUR = 3_600_000

beforeEach(() => {
  vi.setSystemTime(Date.parse('2026-11-10T12:00:00Z'))
  return openMoneyScene()
})

const lose = () => stripe.control('pause-webhooks', { paused: true })

it('finds what no webhook brought: payments, refunds and disputes', async () => {
  const [one, two] = [await billed(), await billed()]
  await quiet()
  await lose()
  const [heard] = await rows<object>('select event_at from stripe_account')
  later(1000)
  const first = idOf((await stripe.pay(one.link.url, 'card')).payment_intent)
  const second = idOf((await stripe.pay(two.link.url, 'debit')).payment_intent)
  await stripe.control('refund', { payment_intent: first, amount: 1000 })
  await quiet()
  expect(await read(one.id)).toMatchObject({ status: 'open', paid: 0 })
  await hour()
  expect(await read(one.id)).toMatchObject({ status: 'paid', paid: 10_000, refunded: 1000 })
  expect(await read(two.id)).toMatchObject({ status: 'open', paid: 0 })
  expect((await read(two.id)).payments).toMatchObject([{ state: 'pending' }])
  later(HOUR)
  await stripe.control('settle', { payment_intent: second })
  await stripe.control('dispute', { payment_intent: first })
  await hour()
  expect(await read(two.id)).toMatchObject({ status: 'paid', paid: 10_000 })
  expect((await read(one.id)).payments.map(({ kind, state }) => [kind, state])).toContainEqual([
    'reversal',
    'pending',
  ])
  // The webhook was not heard.
  expect(await rows('select event_at, reconciled_at from stripe_account')).toEqual([
    { ...heard, reconciled_at: Date.now() },
  ])
})

it('and the webhook, told the same at once, write one entry', async () => {
  const { id, link } = await billed()
  await lose()
  await stripe.pay(link.url, 'card')
  const { data } = await stripe.stripe.events.list({ limit: 100 })
  await Promise.all([
    hour(),
    ...data.map(({ id: event }) => stripe.control('redeliver', { event })),
    hour(),
  ])
  expect(await read(id)).toMatchObject({ status: 'paid', paid: 10_000, credit: 0 })
  expect(await ledgerOf(id)).toHaveLength(1)
})

it('runs by the hour, twice or late without harm, from where it was', async () => {
  const { id, link } = await billed()
  await lose()
  await stripe.pay(link.url, 'card')
  const calls = counted()
  const run = async () => {
    await scheduled('7 * * * *', Date.now(), world.env)
    await world.minute()
  }
  await Promise.all([run(), run()])
  expect(await ledgerOf(id)).toHaveLength(1)
  const [first] = await rows<{ reconciled_to: number }>('select reconciled_to from stripe_account')
  expect(first?.reconciled_to).toBe(Math.floor(Date.now() / 1000))
  // A day in which nothing ran, and a clock that was wrong.
  later(30 * HOUR)
  await run()
  later(-HOUR)
  await run()
  expect(await ledgerOf(id)).toHaveLength(1)
  expect(await rows('select reconciled_to from stripe_account')).toEqual([first])
  expect(calls.events).toBeLessThanOrEqual(4)
})

/** How often Stripe is asked for events. */
function counted(): { events: number } {
  const count = { events: 0 }
  answerFor(stripeOrigin, (request) => {
    if (new URL(request.url).pathname === '/v1/events') count.events++
    return stripe.app.fetch(request)
  })
  return count
}

it('reads on behind a hundred events, and in a further job behind three hundred', async () => {
  const { id, link } = await billed({ ...amounting(10_000), repeatable: true })
  await lose()
  await stripe.pay(link.url, 'card')
  const [old] = (await stripe.stripe.events.list({ limit: 1 })).data
  later(60_000)
  // Somebody's own business on the same account.
  const shop = await stripe.link(500)
  for (let n = 0; n < 305; n++) {
    await stripe.submit(shop.url, { session: await stripe.open(shop.url), outcome: 'card' })
  }
  const calls = counted()
  await hour()
  await world.minute()
  expect(old).toBeDefined()
  expect(await read(id)).toMatchObject({ paid: 10_000 })
  expect(calls.events).toBeGreaterThan(3)
  expect(await rows(`select kind from job`)).toEqual([])
  expect((await rows(`select 1 from payment`)).length).toBe(1)
}, 60_000)

it('of two organisations with two accounts never meets, and one’s trouble is its own', async () => {
  const fjord = await world.organization('fjord')
  const theirs = await connected(fjord, 'sk_test_fjord00001')
  const key = await fjord.key('owner')
  const call = async <T>(method: string, path: string, body?: object) =>
    (await world.api(method, path, key, body)).json<T>()
  const { id: portal } = await call<{ id: string }>('POST', paths.api.portals, {
    project: 'P',
    client: 'C',
    currency: 'EUR',
    contact: { name: 'X', email: 'x@y.example' },
    send: false,
  })
  const { id: bill } = await call<InvoiceJson>('POST', paths.api.invoicesOf(portal), amounting(700))
  await call('POST', paths.api.invoiceAction(portal, bill, 'issue'))
  const mine = await billed()
  await lose()
  await stripe.pay(mine.link.url, 'card')
  const { url } = await linkOf(bill)
  await stripe.submit(url, { session: await stripe.open(url), outcome: 'card' })
  // Theirs is revoked: Stripe refuses it.
  answerFor(stripeOrigin, (request) =>
    request.headers.get('authorization')?.includes('fjord') &&
    new URL(request.url).pathname === '/v1/events'
      ? Response.json(
          { error: { type: 'invalid_request_error', message: 'Invalid API Key' } },
          { status: 401 },
        )
      : stripe.app.fetch(request),
  )
  await hour()
  expect(await read(mine.id)).toMatchObject({ status: 'paid', paid: 10_000 })
  const unpaid = await call<InvoiceJson>('GET', paths.api.invoice(portal, bill))
  expect(unpaid).toMatchObject({ status: 'open', paid: 0 })
  const trouble = await rows<{ organization_id: string; trouble: string | null }>(
    'select organization_id, trouble from stripe_account',
  )
  expect(trouble.find((row) => row.organization_id === fjord.facts.id)?.trouble).toMatch(/Invalid/)
  expect(trouble.find((row) => row.organization_id === studio.facts.id)?.trouble).toBeNull()
  expect(await rows('select 1 from job')).toEqual([])
  answerFor(stripeOrigin, (request) => stripe.app.fetch(request))
  later(HOUR)
  await hour()
  expect(await call<InvoiceJson>('GET', paths.api.invoice(portal, bill))).toMatchObject({
    status: 'paid',
    paid: 700,
  })
  const owners = await rows<{ organization_id: string; invoice_id: string }>(
    'select organization_id, invoice_id from payment',
  )
  expect(owners).toHaveLength(2)
  for (const { organization_id, invoice_id } of owners) {
    expect(invoice_id).toBe(organization_id === studio.facts.id ? mine.id : bill)
  }
  expect([account.endpoint, theirs.endpoint].every((endpoint) => endpoint !== '')).toBe(true)
})

it('is purged of old events, and of what waited for somebody’s own business', async () => {
  const DAY = 24 * HOUR
  const { env } = world
  const { id } = studio.facts
  for (const [name, age] of [
    ['old', 41],
    ['kept', 39],
  ] as const) {
    const at = Date.now() - age * DAY
    await env.DB.batch([
      env.DB.prepare(
        `insert into stripe_event (id, organization_id, type, at) values (?, ?, 'x', ?)`,
      ).bind(name, id, at),
      ...['early', 'gone'].map((reason) =>
        env.DB.prepare(
          `insert into unmatched (id, organization_id, kind, state, reason, currency, amount, at)
          values (?, ?, 'refund', 'succeeded', ?, 'EUR', 1, ?)`,
        ).bind(`${name} ${reason}`, id, reason, at),
      ),
    ])
  }
  await scheduled('17 3 * * *', Date.now(), env)
  expect(await rows('select id from stripe_event')).toEqual([{ id: 'kept' }])
  // Money that fits no invoice stays until somebody has seen to it.
  expect(await rows('select id from unmatched order by id')).toEqual([
    { id: 'kept early' },
    { id: 'kept gone' },
    { id: 'old gone' },
  ])
})
