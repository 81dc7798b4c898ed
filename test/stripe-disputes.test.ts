import { beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../src/paths.ts'
import { key, portal, read, world } from './harness/invoice-scene.ts'
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
import { dispute, event, session } from './harness/stripe-events.ts'
import { idOf } from './harness/stripe-scene.ts'

beforeEach(() => {
  vi.setSystemTime(Date.parse('2026-11-10T12:00:00Z'))
  return openMoneyScene()
})

const MINUTE = 60_000
const seconds = () => Math.floor(Date.now() / 1000)

const texts = async (): Promise<string[]> => {
  const answer = await world.api('GET', paths.api.portalActivity(portal), key)
  const { items } = await answer.json<{ items: { text: string }[] }>()
  return items.map(({ text }) => text)
}

/** An invoice over 100.00, paid by card at the local Stripe. */
async function paid() {
  const invoice = await billed()
  const paying = idOf((await stripe.pay(invoice.link.url, 'card')).payment_intent)
  await quiet()
  return { ...invoice, paying }
}

/** What the world does to a payment, a minute after the last thing that happened. */
async function happens(deed: string, payment_intent: string): Promise<void> {
  later(MINUTE)
  await stripe.control(deed, { payment_intent })
}

const reversals = async (invoice: string) =>
  (await ledgerOf(invoice)).filter(({ kind }) => kind === 'reversal').map(({ state }) => state)

describe('a dispute that is lost', () => {
  it('and won after all gives its money back to the invoice', async () => {
    const { id, paying } = await paid()
    await happens('dispute', paying)
    await happens('dispute-lost', paying)
    await quiet()
    expect(await read(id)).toMatchObject({ status: 'open', reversed: 10_000, balance: 10_000 })
    await happens('dispute-won', paying)
    await quiet()
    expect(await read(id)).toMatchObject({ status: 'paid', reversed: 0, balance: 0 })
    expect(await reversals(id)).toEqual(['failed'])
    expect((await linkOf(id)).state).toBe('off')
    expect((await texts())[0]).toMatch(/released €100.00 of INV-\S+: the dispute is won$/)
    await happens('dispute-lost', paying)
    await quiet()
    expect(await read(id)).toMatchObject({ status: 'open', reversed: 10_000, balance: 10_000 })
    expect(await linkOf(id)).toMatchObject({ state: 'active', amount: 10_000 })
  })

  it('and won once the client has paid again is their credit', async () => {
    const { id, paying } = await paid()
    await happens('dispute', paying)
    await happens('dispute-lost', paying)
    await quiet()
    await stripe.pay((await linkOf(id)).url, 'card')
    await quiet()
    await happens('dispute-won', paying)
    await quiet()
    expect(await read(id)).toMatchObject({ status: 'paid', paid: 20_000, credit: 10_000 })
    expect((await texts())[0]).toMatch(/the dispute is won; €100.00 is the client’s credit$/)
  })

  it('is not lost again by news of it that comes late', async () => {
    const { id, paying } = await paid()
    await stripe.control('pause-webhooks', { paused: true })
    for (const deed of ['dispute', 'dispute-lost', 'dispute-won']) await happens(deed, paying)
    await stripe.control('pause-webhooks', { paused: false })
    const { data } = await stripe.stripe.events.list({ limit: 100 })
    // The newest first, and all of them once more.
    const late = data.filter(({ type }) => type.startsWith('charge.dispute.'))
    for (const { id: one } of [...late, ...late]) await stripe.control('redeliver', { event: one })
    await quiet()
    expect(await read(id)).toMatchObject({ status: 'paid', reversed: 0 })
    expect(await reversals(id)).toEqual(['failed'])
    // Nobody has to hear what was over when it was told.
    expect((await texts()).filter((text) => /dispute/.test(text))).toHaveLength(1)
  })

  it('is found to be won by reconciliation, whatever the webhook said last', async () => {
    const { id, paying } = await paid()
    await happens('dispute', paying)
    await happens('dispute-lost', paying)
    await quiet()
    await stripe.control('pause-webhooks', { paused: true })
    await happens('dispute-won', paying)
    await hour()
    expect(await read(id)).toMatchObject({ status: 'paid', reversed: 0 })
  })
})

it('of which all was told before its payment stands as it did last', async () => {
  const { id, link } = await billed()
  const at = seconds()
  const of = { id: 'dp_1', of: 'pi_one', amount: 10_000 }
  const say = (status: 'needs_response' | 'lost' | 'won', when: number) =>
    told(event('charge.dispute.updated', dispute(of, status, at), when))
  await Promise.all([say('won', at + 30), say('lost', at + 20), say('needs_response', at + 10)])
  await told(
    event(
      'checkout.session.completed',
      session({ id: 'pi_one', link: link.stripe_id, amount: 10_000 }, 'paid', at),
      at,
    ),
  )
  expect(await read(id)).toMatchObject({ status: 'paid', reversed: 0 })
  await say('lost', at + 40)
  expect(await read(id)).toMatchObject({ status: 'open', reversed: 10_000 })
  expect(await rows('select 1 from unmatched')).toEqual([])
})
