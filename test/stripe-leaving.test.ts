import { beforeEach, expect, it, vi } from 'vitest'
import { connectStripe, disconnectStripe } from '../src/features/payments/settings.ts'
import { forgetLeft } from '../src/features/payments/leaving.ts'
import { paths } from '../src/paths.ts'
import { amounting, issued, read, studio, world } from './harness/invoice-scene.ts'
import {
  billed,
  later,
  linkOf,
  openMoneyScene,
  quiet,
  rows,
  stripe,
} from './harness/money-scene.ts'
import { answerFor } from './harness/outbound.ts'
import { idOf, stripeOrigin } from './harness/stripe-scene.ts'

beforeEach(() => {
  vi.setSystemTime(Date.parse('2026-11-10T12:00:00Z'))
  return openMoneyScene()
})

const MINUTE = 60_000

/** What the cron does in so many minutes. */
async function minutes(count: number): Promise<void> {
  for (let n = 0; n < count; n++) {
    later(MINUTE)
    await world.minute()
  }
}

const isOn = async (link: string, key?: string) =>
  (await (key ? stripe.sdk(key) : stripe.stripe).paymentLinks.retrieve(link)).active

const leaving = () =>
  rows<{ home: string; sealed_key: string | null; trouble: string | null }>(
    'select home, sealed_key, trouble from stripe_leaving',
  )

/** Whoever signs in has jobs run, so that comes before what is looked at. */
const admin = async () => (await studio.person('admin')).cookie

async function settingsPage(cookie: string): Promise<string> {
  const page = await world.request(paths.paymentSettings(studio.slug), { headers: { cookie } })
  return page.text()
}

/** Answers in Stripe's place where `how` does. */
const stripeSays = (how: (request: Request, path: string) => Response | undefined) =>
  answerFor(
    stripeOrigin,
    (request) => how(request, new URL(request.url).pathname) ?? stripe.app.fetch(request),
  )

const refusing = (status: number, message: string) => () =>
  Response.json({ error: { type: 'invalid_request_error', message } }, { status })

it('a key that is taken away first switches off what can be paid by, and is then forgotten', async () => {
  const [one, two] = [await billed(), await billed()]
  const session = await stripe.open(one.link.url)
  const cookie = await admin()
  const both = await Promise.all([disconnectStripe(studio.ctx()), disconnectStripe(studio.ctx())])
  expect(both.map(({ ok }) => ok)).toEqual([true, true])
  expect((await leaving()).map(({ sealed_key: key }) => key !== null)).toEqual([true])
  const page = await settingsPage(cookie)
  expect(page).toContain('Being disconnected')
  expect(page).toContain('2 Payment Links of it are still on')
  // Nothing is made by it any more.
  const { id } = await issued(amounting(500))
  await minutes(3)
  expect(await rows('select 1 from payment_link where invoice_id = ?', id)).toEqual([])
  for (const { link } of [one, two]) expect(await isOn(link.stripe_id)).toBe(false)
  expect((await stripe.stripe.checkout.sessions.retrieve(session)).status).toBe('expired')
  expect(await leaving()).toEqual([])
  expect(await rows('select sealed_key from stripe_account')).toEqual([{ sealed_key: null }])
  expect(await rows('select kind from job')).toEqual([])
  expect(await settingsPage(cookie)).not.toContain('Being disconnected')
  expect(await rows(`select 1 from activity where kind = 'stripe.disconnected'`)).toHaveLength(1)
})

it('another account’s key leaves no link of the one before on', async () => {
  const { id, link } = await billed()
  await connectStripe(studio.ctx(), { key: 'rk_test_another0001' })
  await minutes(3)
  expect(await isOn(link.stripe_id)).toBe(false)
  const now = await linkOf(id)
  expect(now).toMatchObject({ state: 'active', amount: 10_000 })
  expect(await isOn(now.stripe_id, 'rk_test_another0001')).toBe(true)
  expect(await leaving()).toEqual([])
})

it('one that is made while the key goes is switched off, and made in the other account', async () => {
  let gone = false
  const { app } = stripe
  const whileMaking = (act: () => Promise<unknown>) =>
    answerFor(stripeOrigin, async (request) => {
      const making = request.method === 'POST' && request.url.endsWith('/v1/payment_links')
      const answer = await app.fetch(request)
      if (making && !gone) {
        gone = true
        await act()
      }
      return answer
    })
  whileMaking(() => disconnectStripe(studio.ctx()))
  const first = await issued(amounting(10_000))
  await minutes(7)
  const [was] = await rows<{ stripe_id: string; state: string }>(
    'select stripe_id, state from payment_link where invoice_id = ?',
    first.id,
  )
  expect(was?.state).toBe('off')
  expect(await isOn(was?.stripe_id ?? '')).toBe(false)
  expect(await leaving()).toEqual([])

  await connectStripe(studio.ctx(), { key: 'sk_test_studio0001' })
  await minutes(2)
  expect(await linkOf(first.id)).toMatchObject({ state: 'active' })
  gone = false
  whileMaking(() => connectStripe(studio.ctx(), { key: 'rk_test_another0001' }))
  const second = await issued(amounting(500))
  await minutes(7)
  const links = await rows<{ stripe_id: string; account_id: string; state: string }>(
    'select stripe_id, account_id, state from payment_link where invoice_id = ? order by id',
    second.id,
  )
  expect(links.map(({ state }) => state)).toEqual(['off', 'active'])
  expect(await isOn(links[0]?.stripe_id ?? '')).toBe(false)
  expect(await isOn(links[1]?.stripe_id ?? '', 'rk_test_another0001')).toBe(true)
  expect(await leaving()).toEqual([])
})

it('waits while Stripe is silent, and says what it refuses', async () => {
  const { link } = await billed()
  const cookie = await admin()
  const gates = [
    () => new Response('Bad gateway', { status: 502 }),
    refusing(403, 'The key lacks the permission.'),
  ]
  for (const answer of gates) {
    stripeSays((request, path) =>
      request.method === 'POST' && path.includes('payment_links') ? answer() : undefined,
    )
    await disconnectStripe(studio.ctx())
    await minutes(2)
    expect(await leaving()).toMatchObject([{ sealed_key: expect.any(String) }])
  }
  expect(await settingsPage(cookie)).toContain('The key lacks the permission.')
  stripeSays(() => undefined)
  await minutes(40)
  expect(await isOn(link.stripe_id)).toBe(false)
  expect(await leaving()).toEqual([])
})

it('a key that Stripe takes no longer is forgotten, and what is still on is said until it is seen to', async () => {
  const { link } = await billed()
  const other = await world.organization('fjord')
  const cookie = await admin()
  stripeSays(refusing(401, 'Expired API Key'))
  await disconnectStripe(studio.ctx())
  await minutes(2)
  expect(await leaving()).toEqual([
    {
      home: expect.stringMatching(/^test:acct_/),
      sealed_key: null,
      trouble:
        'Stripe no longer takes this key, so it can switch nothing off. It says: Expired API Key',
    },
  ])
  expect(await rows('select kind from job')).toEqual([])
  const page = await settingsPage(cookie)
  expect(page).toContain('Not all of it is switched off')
  expect(page).toContain('One Payment Link of it is still on')
  const [row] = await leaving()
  const home = { home: row?.home ?? '' }
  expect(await forgetLeft(studio.ctx('member'), home)).toMatchObject({ ok: false })
  expect(await forgetLeft(other.ctx(), home)).toMatchObject({ ok: true })
  expect(await leaving()).toHaveLength(1)

  // A new key to the same account does what the old one couldn't.
  stripeSays(() => undefined)
  await connectStripe(studio.ctx(), { key: 'sk_test_studio0001' })
  await minutes(3)
  expect(await isOn(link.stripe_id)).toBe(false)
  expect(await leaving()).toEqual([])
})

it('forgetting it at once stops there, twice as once', async () => {
  const { link } = await billed()
  const cookie = await admin()
  await disconnectStripe(studio.ctx())
  const [row] = await leaving()
  const forget = paths.paymentSettingsAction(studio.slug, 'forget')
  for (const home of [row?.home ?? '', row?.home ?? '']) {
    expect((await world.form(forget, { home }, cookie)).status).toBe(303)
  }
  expect((await world.form(forget, { home: 'x' }, cookie)).status).toBe(422)
  await minutes(2)
  expect(await leaving()).toEqual([])
  expect(await isOn(link.stripe_id)).toBe(true)
  expect(await rows('select kind from job')).toEqual([])
})

it('what was paid before is still told once the key is gone', async () => {
  const { id, link } = await billed()
  const paying = idOf((await stripe.pay(link.url, 'debit')).payment_intent)
  await quiet()
  await disconnectStripe(studio.ctx())
  await minutes(3)
  expect(await leaving()).toEqual([])
  await stripe.control('settle', { payment_intent: paying })
  await quiet()
  expect(await read(id)).toMatchObject({ status: 'paid', paid: 10_000 })
})
