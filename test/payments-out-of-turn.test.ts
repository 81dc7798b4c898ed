import { beforeEach, expect, it, vi } from 'vitest'
import { commit } from '../src/db/batch.ts'
import { lookAt } from '../src/features/payments/look-at.ts'
import { connectStripe } from '../src/features/payments/settings.ts'
import { create, token } from './harness/link-scene.ts'
import { paths } from '../src/paths.ts'
import { amounting, issued, read, studio, world } from './harness/invoice-scene.ts'
import {
  billed,
  hour,
  later,
  ledgerOf,
  linkOf,
  openMoneyScene,
  quiet,
  rows,
  stripe,
  told,
} from './harness/money-scene.ts'
import { answerFor } from './harness/outbound.ts'
import { dispute, event, refund, session } from './harness/stripe-events.ts'
import { idOf, stripeOrigin } from './harness/stripe-scene.ts'

beforeEach(() => {
  vi.setSystemTime(Date.parse('2026-11-10T12:00:00Z'))
  return openMoneyScene()
})

const DAY = 86_400_000
const hundred = { amount: 10_000 }
const seconds = () => Math.floor(Date.now() / 1000)
const lose = (paused: boolean) => stripe.control('pause-webhooks', { paused })

it('a link that took its one payment is not led to again, though that failed before it was told', async () => {
  const { id, link } = await billed()
  await lose(true)
  const paying = idOf((await stripe.pay(link.url, 'debit')).payment_intent)
  await quiet()
  await lose(false)
  await stripe.control('fail', { payment_intent: paying })
  await quiet()
  expect((await read(id)).payments).toMatchObject([{ state: 'failed' }])
  const next = await linkOf(id)
  expect(next).toMatchObject({ state: 'active', amount: 10_000 })
  expect(next.stripe_id).not.toBe(link.stripe_id)
  await stripe.pay(next.url, 'card')
  await quiet()
  expect(await read(id)).toMatchObject({ status: 'paid', paid: 10_000 })
})

it('nor one whose payment was taken back before it was told', async () => {
  const { id, link } = await billed()
  const lost = dispute({ id: 'dp_one', of: 'pi_one', ...hundred }, 'lost', seconds() + 5)
  await told(event('charge.dispute.closed', lost, seconds() + 5))
  const paid = session({ id: 'pi_one', link: link.stripe_id, ...hundred }, 'paid', seconds())
  await told(event('checkout.session.completed', paid, seconds()))
  await quiet()
  expect(await read(id)).toMatchObject({ status: 'open', balance: 10_000 })
  expect((await linkOf(id)).stripe_id).not.toBe(link.stripe_id)
})

it('a debit counts from the day on which it came, whatever else is asked about it later', async () => {
  const { id, link } = await billed()
  const paying = idOf((await stripe.pay(link.url, 'debit')).payment_intent)
  await quiet()
  later(5 * DAY)
  await stripe.control('settle', { payment_intent: paying })
  await quiet()
  expect((await read(id)).payments).toMatchObject([{ receivedOn: '2026-11-15' }])
  later(2 * DAY)
  // Tells of the charge's refunds as well, and has Stripe asked.
  await stripe.control('refund', { payment_intent: paying, amount: 2500 })
  await quiet()
  expect((await read(id)).payments).toMatchObject([
    { kind: 'payment', receivedOn: '2026-11-15' },
    { kind: 'refund', state: 'pending' },
  ])
  later(3 * DAY)
  const [{ id: back } = { id: '' }] = (await stripe.stripe.refunds.list({ limit: 1 })).data
  await stripe.control('settle-refund', { refund: back })
  await quiet()
  await told(
    event('charge.refunded', { id: 'ch_1', object: 'charge', payment_intent: paying }, seconds()),
  )
  await quiet()
  expect((await read(id)).payments).toMatchObject([
    { kind: 'payment', receivedOn: '2026-11-15' },
    { kind: 'refund', state: 'succeeded', receivedOn: '2026-11-20' },
  ])
})

it('what is taken back in another currency is no entry of this ledger, early or late', async () => {
  const { id, link } = await billed()
  const sek = { amount: 120_000, currency: 'sek' }
  const early = dispute({ id: 'dp_early', of: 'pi_one', ...sek }, 'lost', seconds())
  await told(event('charge.dispute.closed', early, seconds()))
  const paid = session({ id: 'pi_one', link: link.stripe_id, ...hundred }, 'paid', seconds())
  await told(event('checkout.session.completed', paid, seconds()))
  const late = refund({ id: 're_late', of: 'pi_one', ...sek }, 'succeeded', seconds())
  expect(await told(event('refund.created', late, seconds()))).toBe(200)
  expect(await read(id)).toMatchObject({ status: 'paid', paid: 10_000, refunded: 0, reversed: 0 })
  expect(
    await rows('select substr(id, 38) as id, reason, invoice_id from unmatched order by id'),
  ).toEqual([
    { id: 'dp_early', reason: 'currency', invoice_id: id },
    { id: 're_late', reason: 'currency', invoice_id: id },
  ])
})

it('a refund that calls itself the payment it takes back is a refund all the same', async () => {
  const { id, link } = await billed()
  const paid = session({ id: 'pi_one', link: link.stripe_id, ...hundred }, 'paid', seconds())
  await told(event('checkout.session.completed', paid, seconds()))
  const [{ id: row } = { id: '' }] = (await read(id)).payments
  const metadata = { refund: row }
  const back = refund({ id: 're_one', of: 'pi_one', ...hundred, metadata }, 'succeeded', seconds())
  await told(event('refund.created', back, seconds()))
  expect(await ledgerOf(id)).toEqual([
    { stripe_id: 'pi_one', kind: 'payment', state: 'succeeded', amount: 10_000 },
    { stripe_id: 're_one', kind: 'refund', state: 'succeeded', amount: 10_000 },
  ])
})

it('a link that was being made while the account changed lives in the new one', async () => {
  let changed: Promise<unknown> | undefined
  answerFor(stripeOrigin, async (request) => {
    const made = await stripe.app.fetch(request)
    if (request.method === 'POST' && request.url.endsWith('/v1/payment_links') && !changed) {
      changed = connectStripe(studio.ctx(), { key: 'rk_test_another0001' })
      await changed
      await world.minute()
    }
    return made
  })
  const { id } = await issued(amounting(10_000))
  await world.minute()
  const account = await rows<{ account_id: string }>('select account_id from stripe_account')
  const links = await rows<{ account_id: string; state: string }>(
    'select account_id, state from payment_link where invoice_id = ? order by id',
    id,
  )
  expect(links).toMatchObject([
    { state: 'off' },
    { state: 'active', account_id: `test:${account[0]?.account_id}` },
  ])
})

it('whoever paid is told so by a page that stays true, however long the tab is open', async () => {
  const { id, link } = await billed()
  const [{ id: ours } = { id: '' }] = await rows<{ id: string }>('select id from payment_link')
  const client = token((await create({ send: false })).url)
  const tab = async () => {
    const answer = await world.request(`${paths.clientInvoice(client, id)}?paid=${ours}`)
    return `${answer.headers.has('refresh') ? 'again: ' : ''}${await answer.text()}`
  }
  await lose(true)
  const paying = idOf((await stripe.pay(link.url, 'debit')).payment_intent)
  expect(await tab()).toMatch(/^again: [^]*is being confirmed/)
  await lose(false)
  await hour()
  expect(await tab()).toMatch(/^<[^]*€100.00 are on their way/)
  await stripe.control('fail', { payment_intent: paying })
  await quiet()
  expect(await tab()).toMatch(/^<[^]*€100.00 is due by [^]*>\s*Pay now</)
})

it('what was paid into an account is found when it comes back, though another was read meanwhile', async () => {
  const { id, link } = await billed()
  await hour()
  const page = await stripe.open(link.url)
  later(DAY / 24)
  await connectStripe(studio.ctx(), { key: 'rk_test_another0001' })
  await lose(true)
  await stripe.submit(link.url, { session: page, outcome: 'card' })
  later(DAY)
  const other = await issued(amounting(5000))
  await world.minute()
  const { url } = await linkOf(other.id)
  await stripe.submit(url, { session: await stripe.open(url), outcome: 'card' })
  await hour()
  expect(await read(other.id)).toMatchObject({ status: 'paid' })
  expect(await read(id)).toMatchObject({ status: 'open' })
  await connectStripe(studio.ctx(), { key: 'sk_test_studio0001' })
  await hour()
  expect(await read(id)).toMatchObject({ status: 'paid', paid: 10_000 })
})

it('a card that was declined first says nothing of the debit that was begun after it', async () => {
  const { id, link } = await billed()
  await lose(true)
  const page = await stripe.open(link.url)
  await stripe.submit(link.url, { session: page, outcome: 'decline' })
  await quiet()
  await lose(false)
  later(60_000)
  await stripe.submit(link.url, { session: page, outcome: 'debit' })
  await quiet()
  expect((await read(id)).payments).toMatchObject([{ state: 'pending' }])
  // Its webhook was lost, so it is read only now.
  await hour()
  expect((await read(id)).payments).toMatchObject([{ state: 'pending' }])
  expect((await linkOf(id)).state).toBe('off')
  later(5 * DAY)
  const [{ stripe_id: paying } = { stripe_id: '' }] = await ledgerOf(id)
  await stripe.control('fail', { payment_intent: paying })
  await quiet()
  expect((await read(id)).payments).toMatchObject([{ state: 'failed' }])
  expect((await linkOf(id)).state).toBe('active')
})

it('a link whose answer was lost is found again, though the organisation has another name by now', async () => {
  let lost = 0
  answerFor(stripeOrigin, async (request) => {
    const made = await stripe.app.fetch(request)
    const isLink = request.method === 'POST' && request.url.endsWith('/v1/payment_links')
    return isLink && lost++ === 0 ? new Response('', { status: 502 }) : made
  })
  const { id } = await issued(amounting(10_000))
  await world.minute()
  expect((await linkOf(id)).state).toBe('making')
  await world.env.DB.prepare(`update organization set name = 'Southwind'`).run()
  await world.minute(120_000)
  expect((await linkOf(id)).state).toBe('active')
  expect((await stripe.stripe.paymentLinks.list()).data).toHaveLength(1)
})

it('a look at Stripe that finds nothing new is done with', async () => {
  const { link } = await billed()
  const paying = idOf((await stripe.pay(link.url, 'card')).payment_intent)
  await quiet()
  await commit(studio.ctx(), [lookAt(studio.ctx(), paying)])
  await quiet()
  expect(await rows(`select kind, error from job where kind = 'stripe.look'`)).toEqual([])
})
