import { beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../src/paths.ts'
import { key, portal, read, studio, world } from './harness/invoice-scene.ts'
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
import { idOf, stripeOrigin } from './harness/stripe-scene.ts'

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

describe('the team is mailed', () => {
  /** Who may manage payments, who may not, and who wants no news by mail. */
  async function people() {
    const [admin, member, quiet] = [
      await studio.person('admin'),
      await studio.person('member'),
      await studio.person('admin'),
    ]
    await world.env.DB.prepare(
      'update member set notify = 0 where user_id = (select id from user where email = ?)',
    )
      .bind(quiet.email)
      .run()
    return { admin, member, quiet }
  }
  const mailed = async (to: string) => {
    await world.minute()
    return (await world.mails(to)).filter(({ subject }) => !subject.includes('sign-in'))
  }

  it('once that a bank disputes a payment, and once that it is lost', async () => {
    const { admin, member, quiet: deaf } = await people()
    const { id, number, paying } = await paid()
    await happens('dispute', paying)
    await quiet()
    const [one, ...others] = await mailed(admin.email)
    expect(others).toEqual([])
    expect(one?.subject).toBe(`A bank disputes €100.00 for ${number} · Website relaunch`)
    for (const words of [
      'The holder of the card says that they did not make this payment.',
      // A week on, in the organisation's own zone.
      'Stripe takes an answer until 17 Nov 2026.',
      `${world.origin}${paths.invoice(studio.slug, portal, id)}`,
      `Answer in Stripe:\n${stripeOrigin}`,
    ]) {
      expect(one?.text).toContain(words)
    }
    await happens('dispute-lost', paying)
    const { data } = await stripe.stripe.events.list({ limit: 100 })
    for (const { id: again } of data) await stripe.control('redeliver', { event: again })
    await quiet()
    const all = (await mailed(admin.email)).map(({ subject }) => subject)
    expect(all.toSorted()).toEqual([
      `A bank disputes €100.00 for ${number} · Website relaunch`,
      `The dispute about €100.00 for ${number} is lost · Website relaunch`,
    ])
    expect(await mailed(member.email)).toEqual([])
    expect(await mailed(deaf.email)).toEqual([])
  })

  it('that a debit failed, with what the bank said, and not of a card that was declined', async () => {
    const { admin } = await people()
    const { link, number } = await billed()
    await stripe.pay(link.url, 'decline')
    await quiet()
    expect(await mailed(admin.email)).toEqual([])
    const paying = idOf((await stripe.pay(link.url, 'debit')).payment_intent)
    await happens('fail', paying)
    await quiet()
    const [one, ...others] = await mailed(admin.email)
    expect(others).toEqual([])
    expect(one?.subject).toBe(`A bank debit of €100.00 for ${number} failed · Website relaunch`)
    expect(one?.text).toContain(`${number} asks for €100.00 again.`)
    const [row] = await rows<{ failure: string }>('select failure from payment')
    expect(one?.text).toContain(row?.failure)
  })

  it('of an inquiry and of the dispute that it becomes, and of neither once it is old', async () => {
    const { admin } = await people()
    const { paying } = await paid()
    const at = seconds()
    const of = { id: 'dp_1', of: paying, amount: 10_000 }
    const say = (status: Parameters<typeof dispute>[1], when: number) =>
      told(event('charge.dispute.updated', dispute(of, status, at), when))
    await say('warning_needs_response', at + 20)
    await say('needs_response', at + 40)
    await say('warning_needs_response', at + 10)
    await say('needs_response', at + 41)
    await say('won', at + 60)
    await say('lost', at + 50)
    const subjects = (await mailed(admin.email)).map(({ subject }) => subject)
    expect(subjects.toSorted()).toEqual([
      expect.stringMatching(/^A bank asks about €100.00/),
      expect.stringMatching(/^A bank disputes €100.00/),
    ])
  })
})
