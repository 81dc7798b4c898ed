import { beforeEach, expect, it, vi } from 'vitest'
import { paths } from '../src/paths.ts'
import { portal, studio, world } from './harness/invoice-scene.ts'
import { create, token } from './harness/link-scene.ts'
import { billed, later, openMoneyScene, quiet, rows, stripe, told } from './harness/money-scene.ts'
import { answerFor } from './harness/outbound.ts'
import { event, session } from './harness/stripe-events.ts'
import { idOf, stripeOrigin } from './harness/stripe-scene.ts'

beforeEach(() => {
  vi.setSystemTime(Date.parse('2026-11-10T12:00:00Z'))
  return openMoneyScene()
})

const text = async (path: string, cookie?: string) =>
  (await world.request(path, cookie ? { headers: { cookie } } : {})).text()

it('is said on both sides and in the statement, of a link that offers card and debit', async () => {
  await world.env.DB.prepare(
    `create trigger no_papers before insert on job when new.kind = 'document.make' begin select raise(ignore); end`,
  ).run()
  const jane = token((await create({ send: false })).url)
  const { cookie } = await studio.person('admin')
  const [card, debit] = [await billed(), await billed()]
  await stripe.pay(card.link.url, 'card')
  const paying = idOf((await stripe.pay(debit.link.url, 'debit')).payment_intent)
  await quiet()
  expect(await text(paths.clientInvoice(jane, debit.id))).toContain('on its way by bank debit')
  await stripe.control('settle', { payment_intent: paying })
  await quiet()
  for (const { id, team, client } of [
    { id: card.id, team: 'Payment by card (Stripe)', client: 'Payment by card' },
    { id: debit.id, team: 'Payment by bank debit (Stripe)', client: 'Payment by bank debit' },
  ]) {
    expect(await text(paths.invoice(studio.slug, portal, id), cookie)).toContain(team)
    expect(await text(paths.clientInvoice(jane, id))).toContain(client)
  }
  const received = `${paths.received(studio.slug)}?month=2026-11`
  expect(await text(received, cookie)).toContain('Payment by bank debit (Stripe)')
  const csv = await text(paths.teamStatementTable(studio.slug, portal), cookie)
  expect(csv).toContain(`Payment by card for ${card.number}`)
  expect(csv).toContain(`Payment by bank debit for ${debit.number}`)
})

/** A payment by card that a session tells which leaves open how it was paid. */
async function openPayment(): Promise<void> {
  const { link } = await billed()
  await stripe.control('pause-webhooks', { paused: true })
  const paying = idOf((await stripe.pay(link.url, 'card')).payment_intent)
  const at = Math.floor(Date.now() / 1000)
  const object = {
    ...session({ id: paying, link: link.stripe_id, amount: 10_000 }, 'paid', at),
    payment_method_types: ['card', 'link', 'sepa_debit'],
  }
  expect(await told(event('checkout.session.completed', object, at))).toBe(200)
  await world.minute()
}

const standing = async () => ({
  notes: (await rows<{ note: string }>('select note from payment')).map(({ note }) => note),
  receipts: (await rows(`select 1 from document where kind = 'receipt'`)).length,
})

it('is asked of Stripe where what it told leaves that open, before the receipt is drawn', async () => {
  await openPayment()
  expect(await standing()).toEqual({ notes: ['Card'], receipts: 1 })
  expect(await rows('select kind from job')).toEqual([])
  expect(await rows(`select 1 from email where kind = 'receipt'`)).toHaveLength(1)
})

it('has a receipt wait for it, and not for ever', async () => {
  answerFor(stripeOrigin, (request) =>
    new URL(request.url).pathname.startsWith('/v1/payment_intents/')
      ? new Response('Bad gateway', { status: 502 })
      : stripe.app.fetch(request),
  )
  await openPayment()
  expect(await standing()).toEqual({ notes: [''], receipts: 0 })
  later(150_000)
  await world.minute()
  expect(await standing()).toEqual({ notes: [''], receipts: 1 })
  answerFor(stripeOrigin, (request) => stripe.app.fetch(request))
  later(3_600_000)
  await world.minute()
  expect(await standing()).toEqual({ notes: ['Card'], receipts: 1 })
})
