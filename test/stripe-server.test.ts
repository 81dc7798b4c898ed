import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { idOf, stripeScene, testKey } from './harness/stripe-scene.ts'

const thanks = 'https://app.test/thanks?s={CHECKOUT_SESSION_ID}'

describe('a payment link', () => {
  test('is paid by card once, and takes no second payment', async () => {
    const { app, stripe, link, open, submit, told } = stripeScene()
    const { id, url } = await link(124000, 'eur', {
      restrictions: { completed_sessions: { limit: 1 } },
      metadata: { invoice: 'i1' },
      payment_intent_data: { metadata: { invoice: 'i1' }, description: 'INV-2026-001' },
      after_completion: { type: 'redirect', redirect: { url: thanks } },
    })
    const page = await (await app.request(url)).text()
    expect(page).toContain('Test mode')
    expect(page).toContain('€1,240.00')
    const [session, otherTab] = [await open(url), await open(url)]
    expect(session).not.toBe(otherTab)

    const paid = await submit(url, { session, outcome: 'card' })
    expect(paid.status).toBe(303)
    expect(paid.headers.get('location')).toBe(`https://app.test/thanks?s=${session}`)
    const again = await submit(url, { session, outcome: 'card' })
    expect(again.headers.get('location')).toBe(`https://app.test/thanks?s=${session}`)
    const other = await submit(url, { session: otherTab, outcome: 'card' })
    expect(other.status).toBe(410)

    const { data } = await stripe.checkout.sessions.list({
      payment_link: id,
      status: 'complete',
      expand: ['data.payment_intent.latest_charge', 'data.line_items'],
    })
    expect(data).toHaveLength(1)
    expect(data[0]).toMatchObject({
      payment_status: 'paid',
      amount_total: 124000,
      metadata: { invoice: 'i1' },
      line_items: { data: [{ description: 'INV-2026-001' }] },
      payment_intent: {
        status: 'succeeded',
        metadata: { invoice: 'i1' },
        latest_charge: { paid: true, amount: 124000, currency: 'eur' },
      },
    })
    expect((await stripe.paymentLinks.retrieve(id)).active).toBe(false)
    expect(await (await app.request(url)).text()).toContain('no longer active')
    expect((await stripe.checkout.sessions.list({ payment_link: id })).data).toHaveLength(3)
    const types = await told()
    for (const type of ['payment_intent', 'charge', 'checkout.session']) {
      const done = type === 'checkout.session' ? `${type}.completed` : `${type}.succeeded`
      expect(types.filter((each) => each === done)).toEqual([done])
    }
  })

  test('is declined, and paid at the second try by the same intent', async () => {
    const { stripe, link, open, submit, told } = stripeScene()
    const { url } = await link(5000)
    const session = await open(url)
    const declined = await submit(url, { session, outcome: 'decline' })
    expect(await declined.text()).toContain('Your card was declined')
    const { payment_intent, status } = await stripe.checkout.sessions.retrieve(session)
    expect(status).toBe('open')
    expect(await stripe.paymentIntents.retrieve(idOf(payment_intent))).toMatchObject({
      status: 'requires_payment_method',
      last_payment_error: { code: 'card_declined', type: 'card_error' },
    })
    await submit(url, { session, outcome: 'card' })
    expect(await stripe.checkout.sessions.retrieve(session)).toMatchObject({
      payment_intent,
      payment_status: 'paid',
    })
    expect(await told()).toContain('payment_intent.payment_failed')
    expect(
      (await stripe.charges.list({ payment_intent: idOf(payment_intent) })).data,
    ).toMatchObject([{ status: 'succeeded' }, { status: 'failed', failure_code: 'card_declined' }])
  })

  test('that is switched off opens no session, and leaves open ones open until they are expired', async () => {
    const { app, stripe, link, open, submit } = stripeScene()
    const { id, url } = await link(5000, 'eur', { inactive_message: 'Ask Maya for a new one.' })
    const [first, second] = [await open(url), await open(url)]
    await stripe.paymentLinks.update(id, { active: false })
    expect(await (await app.request(url)).text()).toContain('Ask Maya for a new one.')
    expect((await stripe.checkout.sessions.list({ payment_link: id })).data).toHaveLength(2)
    await stripe.checkout.sessions.expire(second)
    expect((await submit(url, { session: second, outcome: 'card' })).status).toBe(410)
    expect(await stripe.checkout.sessions.retrieve(second)).toMatchObject({
      status: 'expired',
      payment_status: 'unpaid',
      payment_intent: null,
    })
    expect((await submit(url, { session: first, outcome: 'card' })).status).toBe(303)
    await expect(stripe.checkout.sessions.expire(first)).rejects.toThrow('status of `complete`')
  })

  test('left open for a day, a session has expired', async () => {
    let now = Date.now()
    const { stripe, link, open, told } = stripeScene({ now: () => now })
    const session = await open((await link(5000)).url)
    now += 24 * 60 * 60 * 1000
    expect((await stripe.checkout.sessions.retrieve(session)).status).toBe('expired')
    expect(await told()).toContain('checkout.session.expired')
  })
})

describe('a bank debit', () => {
  test.each([
    ['usd', 'us_bank_account'],
    ['eur', 'sepa_debit'],
    ['gbp', 'bacs_debit'],
  ])('in %s is processing until it settles', async (currency, type) => {
    const { stripe, link, pay, control, told } = stripeScene()
    const session = await pay((await link(5000, currency)).url, 'debit')
    expect(session).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'processing' },
    })
    expect(await told()).not.toContain('payment_intent.succeeded')
    const payment_intent = idOf(session.payment_intent)
    expect((await control('settle', { payment_intent })).status).toBe(200)
    expect((await control('settle', { payment_intent })).status).toBe(400)
    expect(await stripe.checkout.sessions.retrieve(session.id)).toMatchObject({
      payment_status: 'paid',
    })
    expect((await stripe.charges.list({ payment_intent })).data[0]).toMatchObject({
      status: 'succeeded',
      payment_method_details: { type },
    })
    expect((await told()).slice(-3)).toEqual([
      'charge.succeeded',
      'payment_intent.succeeded',
      'checkout.session.async_payment_succeeded',
    ])
  })

  test('fails', async () => {
    const { stripe, link, pay, control, told } = stripeScene()
    const session = await pay((await link(5000)).url, 'debit')
    await control('fail', { payment_intent: idOf(session.payment_intent) })
    expect(
      await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] }),
    ).toMatchObject({
      status: 'complete',
      payment_status: 'unpaid',
      payment_intent: { status: 'requires_payment_method' },
    })
    expect((await told()).slice(-3)).toEqual([
      'charge.failed',
      'payment_intent.payment_failed',
      'checkout.session.async_payment_failed',
    ])
  })

  test('is not offered in a currency that has none', async () => {
    const { app, link, pay } = stripeScene()
    const { url } = await link(5000, 'jpy')
    expect(await (await app.request(url)).text()).not.toContain('value="debit"')
    expect((await pay(url, 'debit')).status).toBe('open')
  })
})

describe('money going back', () => {
  test('a refund in two parts', async () => {
    const { stripe, link, pay, told } = stripeScene()
    const payment_intent = idOf((await pay((await link(5000)).url, 'card')).payment_intent)
    const first = await stripe.refunds.create({ payment_intent, amount: 2000 })
    expect(first).toMatchObject({ status: 'succeeded', amount: 2000, payment_intent })
    await stripe.refunds.create({ payment_intent })
    const [charge] = (await stripe.charges.list({ payment_intent, expand: ['data.refunds'] })).data
    expect(charge).toMatchObject({ amount_refunded: 5000, refunded: true })
    expect(charge?.refunds?.data.map(({ amount }) => amount)).toEqual([3000, 2000])
    await expect(stripe.refunds.create({ payment_intent })).rejects.toMatchObject({
      code: 'charge_already_refunded',
    })
    expect((await told()).filter((type) => type === 'charge.refunded')).toHaveLength(2)
  })

  test('a refund that waits succeeds, or fails and gives the money back', async () => {
    const { stripe, link, pay, control, told } = stripeScene()
    const payment_intent = idOf((await pay((await link(5000)).url, 'card')).payment_intent)
    await control('pending-refunds', { pending: true })
    const one = await stripe.refunds.create({ payment_intent, amount: 1000 })
    const other = await stripe.refunds.create({ payment_intent, amount: 1000 })
    expect([one.status, other.status]).toEqual(['pending', 'pending'])
    await control('settle-refund', { refund: one.id })
    await control('fail-refund', { refund: other.id })
    expect((await stripe.refunds.retrieve(one.id)).status).toBe('succeeded')
    expect(await stripe.refunds.retrieve(other.id)).toMatchObject({ status: 'failed' })
    expect((await stripe.charges.list({ payment_intent })).data[0]?.amount_refunded).toBe(1000)
    expect(await told()).toContain('refund.failed')
    // One that had succeeded may fail as well, once.
    const fail = async (refund: string) => (await control('fail-refund', { refund })).status
    expect([await fail(one.id), await fail(one.id), await fail(other.id)]).toEqual([200, 400, 400])
    expect((await stripe.charges.list({ payment_intent })).data[0]?.amount_refunded).toBe(0)
  })

  test('a dispute is won or lost, and blocks refunds while it stands', async () => {
    const { stripe, link, pay, control, told } = stripeScene()
    const payments = [
      await pay((await link(5000)).url, 'card'),
      await pay((await link(7000)).url, 'card'),
    ]
    const [won, lost] = payments.map((session) => idOf(session.payment_intent))
    for (const payment_intent of [won, lost]) await control('dispute', { payment_intent })
    await expect(stripe.refunds.create({ payment_intent: won! })).rejects.toMatchObject({
      code: 'charge_disputed',
    })
    await control('dispute-won', { payment_intent: won })
    await control('dispute-lost', { payment_intent: lost })
    const { data } = await stripe.disputes.list()
    expect(data).toMatchObject([
      { status: 'lost', amount: 7000, payment_intent: lost },
      { status: 'won', amount: 5000, payment_intent: won },
    ])
    const types = await told()
    expect(types.filter((type) => type === 'charge.dispute.closed')).toHaveLength(2)
    expect(types.filter((type) => type === 'charge.dispute.funds_withdrawn')).toHaveLength(2)
    expect(types.filter((type) => type === 'charge.dispute.funds_reinstated')).toHaveLength(1)
    // An appeal turns either; what has ended so can't end so again.
    expect((await control('dispute-won', { payment_intent: won })).status).toBe(400)
    await control('dispute-won', { payment_intent: lost })
    await control('dispute-lost', { payment_intent: won })
    const turned = await stripe.disputes.list()
    expect(
      turned.data.map(({ status, balance_transactions }) => [
        status,
        balance_transactions.map(({ amount }) => amount),
      ]),
    ).toEqual([
      ['won', [-7000, 7000]],
      ['lost', [-5000, 5000, -5000]],
    ])
    expect((await told()).slice(-6)).toEqual([
      'charge.dispute.updated',
      'charge.dispute.funds_reinstated',
      'charge.dispute.closed',
      'charge.dispute.updated',
      'charge.dispute.funds_withdrawn',
      'charge.dispute.closed',
    ])
  })

  test('a refund from the dashboard', async () => {
    const { stripe, link, pay, control } = stripeScene()
    const payment_intent = idOf((await pay((await link(5000)).url, 'card')).payment_intent)
    expect((await control('refund', { payment_intent, amount: 500 })).status).toBe(200)
    expect((await stripe.refunds.list({ payment_intent })).data).toMatchObject([{ amount: 500 }])
    expect((await control('refund', { payment_intent, amount: 9999 })).status).toBe(400)
    expect((await control('refund', { payment_intent: 'pi_none' })).status).toBe(404)
  })
})

describe('webhooks', () => {
  test('are signed, of the wanted kinds, of their account, and as things were', async () => {
    const { app, stripe, hooks, link, pay } = stripeScene()
    const { secret } = await app.connect(testKey, 'https://app.test/hook', [
      'checkout.session.completed',
      'charge.refunded',
    ])
    await app.connect('sk_test_another002', 'https://other.test/hook')
    const session = await pay((await link(5000)).url, 'card')
    await stripe.refunds.create({ payment_intent: idOf(session.payment_intent), amount: 1000 })
    await stripe.refunds.create({ payment_intent: idOf(session.payment_intent), amount: 500 })
    await app.delivered()
    const crypto = Stripe.createSubtleCryptoProvider()
    const events = await Promise.all(
      hooks.map(({ body, signature }) =>
        stripe.webhooks.constructEventAsync(body, signature, secret, undefined, crypto),
      ),
    )
    expect(hooks.map(({ url }) => url)).toEqual(Array(3).fill('https://app.test/hook'))
    const refunded = events.flatMap((event) =>
      event.type === 'charge.refunded' ? [event.data.object.amount_refunded] : [],
    )
    expect(refunded.sort((a, b) => a - b)).toEqual([1000, 1500])
    await expect(
      stripe.webhooks.constructEventAsync(
        hooks[0]!.body,
        hooks[0]!.signature,
        'whsec_other',
        undefined,
        crypto,
      ),
    ).rejects.toThrow('signature')
  })

  test('are tried again until they are taken, and noted', async () => {
    const answers = [500, null, 200]
    const { app, stripe, link } = stripeScene({
      retryAfterMs: [1, 1, 1, 1],
      fetch: async () => {
        const status = answers.shift()
        if (!status) throw new Error('Network connection lost.')
        return new Response(null, { status })
      },
    })
    await app.connect(testKey, 'https://app.test/hook', ['payment_link.created'])
    await link(5000)
    await app.delivered()
    const { items } = await (
      await app.request('/test/deliveries')
    ).json<{ items: { status: number; attempt: number; type: string }[] }>()
    const tries = items.toSorted((a, b) => a.attempt - b.attempt)
    expect(tries.map(({ status }) => status)).toEqual([500, null, 200])
    const events = await stripe.events.list({ type: 'payment_link.created' })
    expect(events.data[0]?.pending_webhooks).toBe(0)
  })

  test('that are paused are lost, but for the list of events and a second sending', async () => {
    const { app, stripe, hooks, link, control } = stripeScene()
    await app.connect(testKey, 'https://app.test/hook', ['payment_link.created'])
    await control('pause-webhooks', { paused: true })
    await link(5000)
    await control('pause-webhooks', { paused: false })
    await link(6000)
    await app.delivered()
    expect(hooks).toHaveLength(1)
    const { data } = await stripe.events.list({ types: ['payment_link.created'] })
    expect(data).toHaveLength(2)
    const again = await control('redeliver', { event: data[1]?.id })
    expect(await again.json()).toEqual({ statuses: [200] })
    expect(hooks).toHaveLength(2)
  })
})

describe('lists', () => {
  test('page both ways', async () => {
    const { stripe } = stripeScene()
    for (const name of ['a', 'b', 'c', 'd', 'e']) await stripe.products.create({ name })
    const names = (list: Stripe.ApiList<Stripe.Product>) =>
      list.data.map(({ name }) => name).join('')
    const first = await stripe.products.list({ limit: 2 })
    expect([names(first), first.has_more]).toEqual(['ed', true])
    const second = await stripe.products.list({ limit: 2, starting_after: first.data[1]!.id })
    expect([names(second), second.has_more]).toEqual(['cb', true])
    const last = await stripe.products.list({ limit: 2, starting_after: second.data[1]!.id })
    expect([names(last), last.has_more]).toEqual(['a', false])
    const back = await stripe.products.list({ limit: 2, ending_before: last.data[0]!.id })
    expect([names(back), back.has_more]).toEqual(['cb', true])
    const all = await stripe.products.list({ limit: 2 }).autoPagingToArray({ limit: 100 })
    expect(all).toHaveLength(5)
  })

  test('of events by kind and time', async () => {
    let now = Date.UTC(2026, 10, 1)
    const { stripe } = stripeScene({ now: () => now })
    await stripe.products.create({ name: 'old' })
    now += 60_000
    await stripe.products.create({ name: 'new' })
    const gte = Math.floor(now / 1000)
    const { data } = await stripe.events.list({ types: ['product.created'], created: { gte } })
    expect(data.map(({ data }) => data.object)).toMatchObject([{ name: 'new' }])
    expect((await stripe.events.list({ type: 'price.*' })).data).toEqual([])
  })
})

describe('the pages', () => {
  test('all say that this is test mode', async () => {
    const { app, stripe, link, open, submit, pay } = stripeScene()
    const off = await link(5000)
    await stripe.paymentLinks.update(off.id, { active: false })
    const paid = await pay((await link(5000)).url, 'card')
    const debit = await pay((await link(5000)).url, 'debit')
    const { url } = await link(5000)
    const declined = await submit(url, { session: await open(url), outcome: 'decline' })
    const addresses = ['/', url, off.url, `/c/pay/${paid.id}`, `/c/pay/${debit.id}`, '/nowhere']
    const pages = await Promise.all(addresses.map(async (address) => app.request(address)))
    for (const page of [declined, ...pages]) expect(await page.text()).toContain('Test mode')
  })

  test('what a buyer and a studio wrote is text', async () => {
    const { app, stripe, submit, open } = stripeScene()
    const { id } = await stripe.prices.create({
      product_data: { name: '<script>alert(1)</script>' },
      currency: 'eur',
      unit_amount: 5000,
    })
    const link = await stripe.paymentLinks.create({
      line_items: [{ price: id, quantity: 2 }],
      after_completion: {
        type: 'hosted_confirmation',
        hosted_confirmation: { custom_message: '<i>Thanks</i>' },
      },
    })
    const session = await open(link.url)
    await submit(link.url, { session, outcome: 'decline', email: '"><script>' })
    for (const address of [link.url, `/c/pay/${session}`, '/']) {
      expect(await (await app.request(address)).text()).not.toContain('<script')
    }
    await submit(link.url, { session, outcome: 'card' })
    expect(await (await app.request(`/c/pay/${session}`)).text()).toContain('&lt;i&gt;Thanks')
  })

  test("a page that is another link's, or nobody's, takes no payment", async () => {
    const { link, open, submit } = stripeScene()
    const [one, other] = [await link(5000), await link(6000)]
    const session = await open(one.url)
    expect((await submit(other.url, { session, outcome: 'card' })).status).toBe(404)
    expect((await submit(other.url, { session: 'cs_test_none', outcome: 'card' })).status).toBe(404)
    expect((await submit(one.url, { session, outcome: 'gold' })).status).toBe(422)
  })

  test('buttons play the bank, for this page alone', async () => {
    const { app, stripe, link, pay } = stripeScene()
    const { payment_intent } = await pay((await link(5000)).url, 'debit')
    const id = idOf(payment_intent)
    const press = async (deed: string, origin = 'http://127.0.0.1:12111') =>
      app.request('http://127.0.0.1:12111/play', {
        method: 'POST',
        headers: { origin },
        body: new URLSearchParams({ deed, id }),
      })
    expect(await (await app.request('/')).text()).toContain('value="settle"')
    expect((await press('settle', 'https://evil.test')).status).toBe(403)
    expect((await press('settle')).status).toBe(303)
    expect((await press('settle')).status).toBe(422)
    expect((await press('refund')).status).toBe(303)
    expect((await press('__proto__')).status).toBe(404)
    expect((await stripe.refunds.list({ payment_intent: id })).data).toMatchObject([
      { status: 'pending', amount: 5000 },
    ])
    expect(await (await app.request('/')).text()).toContain('value="settle-refund"')
  })
})
