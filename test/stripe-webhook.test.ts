import { beforeEach, describe, expect, it, vi } from 'vitest'
import { changeSecret, forgetOldSecret } from '../src/features/payments/settings.ts'
import { seenTo, unmatchedOpen } from '../src/features/payments/unmatched.ts'
import { paths } from '../src/paths.ts'
import {
  act,
  amounting,
  key,
  portal,
  read,
  refused,
  studio,
  world,
} from './harness/invoice-scene.ts'
import {
  account,
  billed,
  connected,
  ledgerOf,
  linkOf,
  openMoneyScene,
  quiet,
  rows,
  stripe,
  told,
} from './harness/money-scene.ts'
import { dispute, event, intent, refund, session, signed } from './harness/stripe-events.ts'
import { idOf } from './harness/stripe-scene.ts'

beforeEach(() => {
  vi.setSystemTime(Date.parse('2026-11-10T12:00:00Z'))
  return openMoneyScene()
})

const texts = async (): Promise<string[]> => {
  const answer = await world.api('GET', paths.api.portalActivity(portal), key)
  const { items } = await answer.json<{ items: { text: string }[] }>()
  return items.map(({ text }) => text)
}

const hundred = { amount: 10_000 }
/** Seconds, as Stripe has them. */
const seconds = () => Math.floor(Date.now() / 1000)

/** A payment by an invoice's link, as the event that tells it. */
const paidBy = (link: string | null, id = 'pi_one', over: object = {}) =>
  event(
    'checkout.session.completed',
    { ...session({ id, link, ...hundred }, 'paid', seconds()), ...over },
    seconds(),
  )

const unmatchedRows = () =>
  rows<{ id: string; kind: string; reason: string; invoice_id: string | null }>(
    'select substr(id, 38) as id, kind, reason, invoice_id from unmatched order by id',
  )

describe('a payment', () => {
  it('by card is in the ledger once it is made, and its link is off', async () => {
    const { id, link } = await billed()
    const { payment_intent } = await stripe.pay(link.url, 'card')
    await quiet()
    const now = await read(id)
    expect(now).toMatchObject({ status: 'paid', paid: 10_000, balance: 0 })
    expect(now.payments).toMatchObject([{ method: 'stripe', state: 'succeeded', amount: 10_000 }])
    expect(await ledgerOf(id)).toMatchObject([{ stripe_id: idOf(payment_intent) }])
    expect((await linkOf(id)).state).toBe('off')
    expect(await texts()).toContainEqual(expect.stringMatching(/^Stripe took in €100.00 for INV/))
  })

  it('by debit is on its way first, and asks for nothing meanwhile', async () => {
    const { id, link } = await billed()
    const paying = idOf((await stripe.pay(link.url, 'debit')).payment_intent)
    await quiet()
    expect(await read(id)).toMatchObject({ status: 'open', balance: 10_000, paid: 0 })
    expect((await linkOf(id)).state).toBe('off')
    expect(await refused('POST', paths.api.invoiceAction(portal, id, 'void'))).toBe(409)
    await stripe.control('settle', { payment_intent: paying })
    await quiet()
    expect(await read(id)).toMatchObject({ status: 'paid', paid: 10_000 })
  })

  it('by debit that fails is asked for anew', async () => {
    const { id, link } = await billed()
    const paying = idOf((await stripe.pay(link.url, 'debit')).payment_intent)
    await quiet()
    await stripe.control('fail', { payment_intent: paying })
    await quiet()
    const now = await read(id)
    expect(now).toMatchObject({ status: 'open', balance: 10_000 })
    expect(now.payments).toMatchObject([{ state: 'failed' }])
    const next = await linkOf(id)
    expect(next).toMatchObject({ state: 'active', amount: 10_000 })
    expect(next.stripe_id).not.toBe(link.stripe_id)
    await stripe.pay(next.url, 'card')
    await quiet()
    expect(await read(id)).toMatchObject({ status: 'paid', paid: 10_000 })
  })
})

describe('what is told', () => {
  it('again, by other events, and at the same instant is one entry', async () => {
    const { id, link } = await billed()
    const first = paidBy(link.stripe_id)
    const others = [
      { ...first, id: 'evt_other' },
      event(
        'payment_intent.succeeded',
        intent({ id: 'pi_one', link: null, ...hundred }, 'succeeded', seconds()),
        seconds(),
      ),
    ]
    const all = await Promise.all([first, first, first, ...others].map((one) => told(one)))
    expect(new Set(all)).toEqual(new Set([200]))
    expect(await told(first)).toBe(200)
    expect(await read(id)).toMatchObject({ status: 'paid', paid: 10_000, credit: 0 })
    expect(await ledgerOf(id)).toHaveLength(1)
    expect((await texts()).filter((text) => text.includes('took in'))).toHaveLength(1)
    expect(
      await rows(`select 1 from job where kind = 'document.make' and data ->> 'kind' = 'receipt'`),
    ).toEqual([])
    expect(await rows(`select 1 from document where kind = 'receipt'`)).toHaveLength(1)
  })

  it('of a refund and a dispute before their payment is joined to it', async () => {
    const { id, link } = await billed()
    const at = seconds()
    const back = { of: 'pi_one', amount: 4000 }
    await told(
      event(
        'charge.dispute.closed',
        dispute({ id: 'dp_1', of: 'pi_one', amount: 6000 }, 'lost', at),
        at + 90,
      ),
    )
    await told(
      event('refund.updated', refund({ id: 're_1', ...back }, 'succeeded', at + 30), at + 30),
    )
    await told(
      event('refund.created', refund({ id: 're_1', ...back }, 'pending', at + 20), at + 20),
    )
    expect(await read(id)).toMatchObject({ paid: 0, refunded: 0, reversed: 0 })
    expect((await unmatchedRows()).map(({ reason }) => reason)).toEqual(['early', 'early'])
    await told(paidBy(link.stripe_id))
    expect(await read(id)).toMatchObject({
      status: 'open',
      paid: 10_000,
      refunded: 4000,
      reversed: 6000,
      balance: 10_000,
    })
    expect(await unmatchedRows()).toEqual([])
    const { payments } = await read(id)
    const [paid] = payments
    expect(payments.map(({ kind, of }) => [kind, of])).toEqual([
      ['payment', null],
      ['reversal', paid?.id],
      ['refund', paid?.id],
    ])
  })

  it('late, of a debit that has failed or come meanwhile, changes nothing', async () => {
    const { id, link } = await billed()
    const of = { id: 'pi_one', link: link.stripe_id, ...hundred }
    const debit = (status: 'paid' | 'unpaid', type: string, at: number) =>
      event(`checkout.session.${type}`, session(of, status, seconds()), at)
    await told(debit('unpaid', 'async_payment_failed', seconds() + 50))
    await told(debit('unpaid', 'completed', seconds()))
    expect((await read(id)).payments).toMatchObject([{ state: 'failed' }])
    await told(
      event(
        'payment_intent.payment_failed',
        intent(of, 'requires_payment_method', seconds()),
        seconds() + 49,
      ),
    )
    expect(await rows('select failure from payment')).toEqual([
      { failure: 'The account has insufficient funds.' },
    ])
    await told(debit('paid', 'async_payment_failed', seconds() + 60))
    // Its name says otherwise; what it says of the payment decides.
    expect(await read(id)).toMatchObject({ status: 'paid', paid: 10_000 })
  })

  it('of a kind that we don’t act on is kept, and so is what makes no sense', async () => {
    const odd = event('customer.created', { id: 'cus_1', object: 'customer' }, seconds())
    expect(await told(odd)).toBe(200)
    expect(await told({ ...odd, id: 'evt_empty', data: { object: {} } })).toBe(200)
    expect(
      await told(event('checkout.session.completed', { id: 'cs_1', payment_intent: 7 }, seconds())),
    ).toBe(200)
    expect(await rows('select type, object from stripe_event order by rowid')).toEqual([
      { type: 'customer.created', object: 'cus_1' },
      { type: 'customer.created', object: null },
      { type: 'checkout.session.completed', object: 'cs_1' },
    ])
    expect(await rows('select 1 from payment')).toEqual([])
  })

  it('of the account’s other half is kept, and nothing of ours', async () => {
    const { id, link } = await billed()
    expect(await told({ ...paidBy(link.stripe_id), livemode: true })).toBe(200)
    expect(await ledgerOf(id)).toEqual([])
    expect(await rows('select 1 from stripe_event')).toHaveLength(1)
  })

  it('shows under Settings that the webhook is heard', async () => {
    await told(paidBy(null))
    expect(await rows('select event_at from stripe_account')).toEqual([{ event_at: Date.now() }])
  })
})

describe('whoever is not Stripe', () => {
  it('is refused in the same words, whatever is wrong', async () => {
    const { id, link } = await billed()
    const body = JSON.stringify(paidBy(link.stripe_id))
    const at = Date.now()
    const now = Math.floor(at / 1000)
    const good = await signed(account.secret, body, at)
    const headers = [
      '',
      'nonsense',
      good.replace(/v1=../, 'v1=00'),
      good.replace(`t=${now}`, `t=${now - 1}`),
      good.replace('v1=', 'v0='),
      await signed('whsec_guessed', body, at),
      // Somebody's replay, and somebody's clock.
      await signed(account.secret, body, at - 301_000),
    ]
    const url = paths.webhooks.stripe(account.endpoint)
    const ask = async (path: string, header: string, sent = body) => {
      const answer = await world.request(path, {
        method: 'POST',
        body: sent,
        headers: { 'stripe-signature': header },
      })
      return { status: answer.status, said: await answer.json() }
    }
    const refusals = [
      ...(await Promise.all(headers.map((header) => ask(url, header)))),
      await ask(url, good, body.replace('10000', '99999')),
      await ask(paths.webhooks.stripe('01a20383-51d4-730e-bdd6-3c30997306b0'), good),
      await ask(paths.webhooks.stripe('x'), good),
    ]
    for (const refused of refusals) {
      expect(refused).toEqual(refusals[0])
      expect(refused.status).toBe(400)
    }
    expect(await ledgerOf(id)).toEqual([])
    expect(await rows('select 1 from stripe_event')).toEqual([])
    expect(await told('{"signed": "but no event"}')).toBe(400)
    expect((await ask(url, good)).status).toBe(200)
  })

  it('is another once the secret has changed, and the old one forgotten', async () => {
    const { link } = await billed()
    await changeSecret(studio.ctx(), { secret: 'whsec_new' })
    expect(await told(paidBy(link.stripe_id, 'pi_old'))).toBe(200)
    expect(await told(paidBy(link.stripe_id, 'pi_new'), { secret: 'whsec_new' })).toBe(200)
    await forgetOldSecret(studio.ctx())
    expect(await told(paidBy(link.stripe_id, 'pi_gone'))).toBe(400)
  })

  it('is too large', async () => {
    const huge = { ...paidBy(null), filling: 'x'.repeat(1_100_000) }
    expect(await told(JSON.stringify(huge))).toBe(413)
  })
})

describe('two organisations', () => {
  it('with two accounts never meet, whatever is named alike', async () => {
    const fjord = await world.organization('fjord')
    const theirs = await connected(fjord, 'sk_test_fjord00001')
    const { id, link } = await billed()
    const event = paidBy(link.stripe_id)
    // Theirs, about a link of ours: nothing of theirs, and none of our business.
    expect(await told(event, { to: theirs })).toBe(200)
    expect(await told(event, { to: account, secret: theirs.secret })).toBe(400)
    expect(await ledgerOf(id)).toEqual([])
    expect(await told(event)).toBe(200)
    expect(await ledgerOf(id)).toHaveLength(1)
    expect(await rows('select id from stripe_event order by id')).toHaveLength(2)
    await told(
      {
        ...event,
        id: 'evt_back',
        type: 'refund.created',
        data: { object: refund({ id: 're_1', of: 'pi_one', amount: 100 }, 'succeeded', seconds()) },
      },
      { to: theirs },
    )
    expect(await read(id)).toMatchObject({ refunded: 0 })
    expect(await rows('select organization_id from unmatched')).toEqual([
      { organization_id: fjord.facts.id },
    ])
  })
})

/** How many the team is shown under its invoices. */
async function shownAsUnmatched(): Promise<number> {
  return (await unmatchedOpen(world.ctx().db, studio.facts.id)).length
}

describe('money that fits no invoice', () => {
  it('is somebody’s own business where the link is none of ours', async () => {
    await billed()
    for (const link of [null, 'plink_of_a_shop']) await told(paidBy(link, `pi_${link}`))
    expect(await unmatchedRows()).toEqual([])
    expect(await rows('select 1 from stripe_event')).toHaveLength(2)
    expect(await rows('select 1 from payment')).toEqual([])
  })

  it('is shown to the team where the link was ours, or the currency is another', async () => {
    const { id, link } = await billed()
    const mark = { metadata: { invoice: id } }
    await told(paidBy('plink_gone', 'pi_gone', mark))
    await told(paidBy(link.stripe_id, 'pi_sek', { currency: 'sek' }))
    await told(
      event(
        'refund.created',
        refund({ id: 're_1', of: 'pi_sek', ...hundred }, 'succeeded', seconds()),
        seconds(),
      ),
    )
    const kept = await unmatchedRows()
    expect(kept).toEqual([
      { id: 'pi_gone', kind: 'payment', reason: 'gone', invoice_id: null },
      { id: 'pi_sek', kind: 'payment', reason: 'currency', invoice_id: id },
      { id: 're_1', kind: 'refund', reason: 'currency', invoice_id: id },
    ])
    expect(await shownAsUnmatched()).toBe(3)
    for (const { id: money } of kept) {
      const seen = await Promise.all([1, 2].map(() => seenTo(studio.ctx(), money)))
      expect(seen.map(({ ok }) => ok)).toEqual([true, true])
    }
    expect(await shownAsUnmatched()).toBe(0)
    expect(await rows(`select 1 from activity where kind = 'payment.seen-to'`)).toHaveLength(3)
    expect(await read(id)).toMatchObject({ status: 'open', paid: 0 })
    expect(
      (await texts()).some((text) => /took in SEK.100.00 that fits no invoice/.test(text)),
    ).toBe(true)
  })
})

describe('an invoice', () => {
  it('that is void leaves what comes to the client', async () => {
    const { id, link } = await billed()
    await act(id, 'void')
    await told(paidBy(link.stripe_id))
    expect(await read(id)).toMatchObject({ status: 'void', balance: 0, credit: 10_000 })
    expect((await texts())[0]).toMatch(/; the invoice is void; €100.00 is the client’s credit$/)
  })

  it('that was paid too much, or in part, says so and asks for the rest', async () => {
    const { id, link } = await billed()
    await told(paidBy(link.stripe_id, 'pi_part', { amount_total: 4000 }))
    expect(await read(id)).toMatchObject({ status: 'open', paid: 4000, balance: 6000 })
    expect((await texts())[0]).toMatch(
      /took in €40.00 for INV-\S+ \(asked for €100.00\); €60.00 is left to pay$/,
    )
    await quiet()
    expect(await linkOf(id)).toMatchObject({ state: 'active', amount: 6000 })
    await told(paidBy(link.stripe_id, 'pi_whole'))
    expect(await read(id)).toMatchObject({ status: 'paid', paid: 14_000, credit: 4000 })
    await quiet()
    expect(await linkOf(id)).toMatchObject({ state: 'off' })
  })

  it('that may be paid again is', async () => {
    const { id, link } = await billed({ ...amounting(10_000), repeatable: true })
    await stripe.pay(link.url, 'card')
    await stripe.pay(link.url, 'card')
    await quiet()
    expect(await read(id)).toMatchObject({ status: 'paid', paid: 20_000, credit: 0 })
    expect(await linkOf(id)).toMatchObject({ state: 'active', amount: 10_000 })
  })
})

describe('what says too little', () => {
  it('has Stripe asked: a charge that was refunded, a payment without its session', async () => {
    const { id, link } = await billed()
    await stripe.control('pause-webhooks', { paused: true })
    const paying = idOf((await stripe.pay(link.url, 'card')).payment_intent)
    await stripe.control('refund', { payment_intent: paying, amount: 2500 })
    const metadata = { invoice: id }
    const charge = { id: 'ch_1', object: 'charge', payment_intent: paying, metadata }
    expect(await told(event('charge.refunded', charge, seconds()))).toBe(200)
    await quiet()
    expect(await read(id)).toMatchObject({ status: 'paid', paid: 10_000, refunded: 2500 })
    expect(await rows(`select 1 from job where kind = 'stripe.look'`)).toEqual([])
  })

  it('and is about somebody’s own business, is left alone', async () => {
    await told(
      event(
        'payment_intent.succeeded',
        intent({ id: 'pi_shop', link: null, ...hundred }, 'succeeded', seconds()),
        seconds(),
      ),
    )
    await quiet()
    expect(await rows('select 1 from payment')).toEqual([])
    expect(await rows('select kind from job')).toEqual([])
  })
})

describe('a dispute', () => {
  it('holds its money back, and asks for it again once it is lost', async () => {
    const { id, link } = await billed()
    const paying = idOf((await stripe.pay(link.url, 'card')).payment_intent)
    await quiet()
    await stripe.control('dispute', { payment_intent: paying })
    await quiet()
    const held = await read(id)
    expect(held).toMatchObject({ status: 'paid', reversed: 0 })
    expect(held.payments[1]).toMatchObject({ kind: 'reversal', state: 'pending', amount: 10_000 })
    const [paid] = held.payments
    const refunding = paths.api.paymentAction(portal, id, paid?.id ?? '', 'refund')
    expect(await refused('POST', refunding, { amount: 1 })).toBe(409)
    await stripe.control('dispute-lost', { payment_intent: paying })
    await quiet()
    expect(await read(id)).toMatchObject({ status: 'open', reversed: 10_000, balance: 10_000 })
    expect(await linkOf(id)).toMatchObject({ state: 'active', amount: 10_000 })
  })

  it('that is won leaves all as it was', async () => {
    const { id, link } = await billed()
    const paying = idOf((await stripe.pay(link.url, 'card')).payment_intent)
    await stripe.control('dispute', { payment_intent: paying })
    await stripe.control('dispute-won', { payment_intent: paying })
    await quiet()
    expect(await read(id)).toMatchObject({ status: 'paid', reversed: 0, balance: 0 })
    expect((await ledgerOf(id)).find(({ kind }) => kind === 'reversal')?.state).toBe('failed')
  })
})
