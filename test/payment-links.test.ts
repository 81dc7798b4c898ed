import { beforeEach, describe, expect, it } from 'vitest'
import { checkStripe, disconnectStripe } from '../src/features/payments/settings.ts'
import { paths } from '../src/paths.ts'
import {
  act,
  amounting,
  credit,
  issued,
  pay,
  portal,
  refund,
  reverse,
  studio,
  world,
} from './harness/invoice-scene.ts'
import { act as actOnLink, create, token } from './harness/link-scene.ts'
import {
  atStripe,
  connect,
  interceptWith,
  jane,
  jobs,
  linksOf,
  openPayScene,
  payAtStripe,
  payNow,
  stripe,
  stripeIs,
  stripeKey,
  stripeUrl,
} from './harness/pay-scene.ts'

beforeEach(openPayScene)

const current = async (invoice: string) =>
  (await linksOf(invoice)).find(({ state }) => state !== 'off')
const states = async (invoice: string) =>
  (await linksOf(invoice)).map(({ amount, state }) => `${amount} ${state}`)

describe('an issued invoice', () => {
  it('has a link for exactly its total, to be paid once, that knows our ids and comes back', async () => {
    const invoice = await issued(amounting(124_000))
    const link = await current(invoice.id)
    expect(link).toMatchObject({ amount: 124_000, state: 'active' })
    expect(await atStripe(link?.stripe_id)).toMatchObject({
      active: true,
      restrictions: { completed_sessions: { limit: 1 } },
      metadata: { organization: studio.facts.id, portal, invoice: invoice.id, link: link?.id },
      after_completion: { redirect: { url: world.origin + paths.paid(link?.id ?? '') } },
    })
    const answer = await payNow(invoice.id)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(link?.url)
    expect(await jobs()).toEqual([])
  })

  it('has the link follow what is left, by whatever moves it', async () => {
    const { id } = await issued(amounting(10_000))
    const paid = await pay(id, 3000)
    expect(await states(id)).toEqual(['10000 off', '7000 active'])
    await credit(id, 2000)
    expect((await current(id))?.amount).toBe(5000)
    const rest = await pay(id, 5000)
    expect(await current(id)).toBeUndefined()
    await refund(id, paid.id, 3000)
    expect(await current(id)).toBeUndefined()
    await reverse(id, rest.id)
    expect((await current(id))?.amount).toBe(8000)
    await act(await voidable(), 'void', { reason: 'Wrong client' })
    for (const { state, stripe_id } of await linksOf(id)) {
      expect((await atStripe(stripe_id)).active).toBe(state === 'active')
    }
  })

  const voidable = async () => (await issued(amounting(4000))).id

  it('has none when it is void, and what was begun by it is ended', async () => {
    const { id } = await issued(amounting(4000))
    const link = await current(id)
    await stripe.request(link?.url ?? '')
    await act(id, 'void', { reason: 'Wrong client' })
    expect(await states(id)).toEqual(['4000 off'])
    const sessions = await stripe.request(
      `${stripeUrl}/v1/checkout/sessions?payment_link=${link?.stripe_id}&status=open`,
      { headers: { authorization: `Bearer ${stripeKey}` } },
    )
    expect(await sessions.json()).toMatchObject({ data: [] })
  })

  it('asks for its total each time while it may be paid again, until it is ended', async () => {
    const { id } = await issued({ ...amounting(9000), repeatable: true })
    await pay(id, 9000)
    await pay(id, 1000)
    expect(await states(id)).toEqual(['9000 active'])
    const link = await current(id)
    expect((await atStripe(link?.stripe_id)).restrictions).toBeNull()
    const shown = () => world.request(paths.clientInvoice(jane, id))
    expect(await (await shown()).text()).toContain('It stays open for the payments that follow.')
    await act(id, 'end')
    expect(await (await shown()).text()).not.toContain('It stays open')
    expect(await states(id)).toEqual(['9000 off'])
    expect((await atStripe(link?.stripe_id)).active).toBe(false)
  })

  it.each([
    ['EUR', 49, 'off'],
    ['EUR', 50, 'active'],
  ])('in %s over %i is %s, by the least that is charged', async (_, amount, state) => {
    const { id } = await issued(amounting(amount))
    expect((await current(id))?.state ?? 'off').toBe(state)
    if (state === 'off') {
      const page = await payNow(id)
      expect(page.status).toBe(200)
      expect(await page.text()).toContain('bank transfer')
    }
  })
})

describe('while Stripe is away', () => {
  it('says one moment, then makes the link once, and none that was overtaken', async () => {
    stripeIs('down')
    const { id } = await issued(amounting(10_000))
    await pay(id, 4000)
    expect(await states(id)).toEqual(['10000 off', '6000 making'])
    const page = await payNow(id)
    expect(page.status).toBe(200)
    expect(page.headers.get('refresh')).toContain(paths.clientPay(jane, id))
    expect(await page.text()).toContain('One moment')
    stripeIs('up')
    await world.minute(120_000)
    expect(await states(id)).toEqual(['10000 off', '6000 active'])
    expect((await linksOf(id))[0]?.stripe_id).toBeNull()
    expect(await jobs()).toEqual([])
  })

  it('asks again with the same key when an answer was lost, and gets the same link', async () => {
    const made: string[] = []
    interceptWith((request) => {
      if (request.method !== 'POST' || !request.url.endsWith('/v1/payment_links')) return undefined
      made.push(request.headers.get('idempotency-key') ?? '')
      return made.length === 1 ? new Response('{"error":{}}', { status: 503 }) : undefined
    })
    const { id } = await issued(amounting(10_000))
    expect((await current(id))?.state).toBe('making')
    await world.minute(120_000)
    expect((await current(id))?.state).toBe('active')
    expect(made).toHaveLength(2)
    expect(new Set(made).size).toBe(1)
  })

  it('switches off what was made for a balance that moved on meanwhile', async () => {
    let moved: Promise<unknown> | undefined
    interceptWith((request) => {
      if (request.method === 'POST' && request.url.endsWith('/v1/payment_links') && !moved) {
        // As if another request had got in between.
        moved = world.env.DB.prepare("update payment_link set state = 'off', off_at = 1").run()
      }
      return undefined
    })
    const { id } = await issued(amounting(10_000))
    await moved
    await world.minute()
    const [link] = await linksOf(id)
    expect(link?.state).toBe('off')
    expect((await atStripe(link?.stripe_id)).active).toBe(false)
  })

  it('is tried again by whoever waits, and no more often than a few times', async () => {
    stripeIs('down')
    const { id } = await issued(amounting(10_000))
    const again = () => world.form(paths.clientPay(jane, id), {})
    for (let n = 0; n < 10; n++) expect((await again()).status).toBe(303)
    expect((await jobs())[0]?.attempts).toBeLessThanOrEqual(6)
    stripeIs('up')
    await world.minute(3_600_000)
    expect((await current(id))?.state).toBe('active')
  })
})

describe('the account', () => {
  it('that comes later has a link made for every invoice that is still open', async () => {
    await disconnectStripe(studio.ctx())
    const open = await Promise.all([1000, 2000, 3000].map((amount) => issued(amounting(amount))))
    const paid = await issued(amounting(5000))
    await pay(paid.id, 5000)
    const page = await (await payNow(open[0]?.id ?? '')).text()
    expect(page).toContain('bank transfer')
    await connect()
    for (const { id } of open) expect((await current(id))?.state).toBe('active')
    expect(await linksOf(paid.id)).toEqual([])
  })

  it('that is another one has its own links made', async () => {
    const { id } = await issued(amounting(1000))
    await connect('rk_test_another0001')
    const links = await linksOf(id)
    expect(links.map(({ state }) => state)).toEqual(['off', 'active'])
    expect((await atStripe(links[1]?.stripe_id, 'rk_test_another0001')).active).toBe(true)
  })

  it('whose key may not make links says so under Settings, and the page offers the bank', async () => {
    await disconnectStripe(studio.ctx())
    await connect('rk_test_studio0001_no_payment_links')
    const { id } = await issued(amounting(1000))
    const { results } = await world.env.DB.prepare('select trouble from stripe_account').all<{
      trouble: string
    }>()
    expect(results[0]?.trouble).toContain('permission')
    expect((await current(id))?.state).toBe('making')
  })

  it('that is found well again has made what was given up', async () => {
    const error = { type: 'invalid_request_error', message: 'Your account is restricted.' }
    interceptWith((request) =>
      request.method === 'POST' && request.url.endsWith('/v1/payment_links')
        ? Response.json({ error }, { status: 400 })
        : undefined,
    )
    const { id } = await issued(amounting(1000))
    await world.minute()
    expect(await jobs()).toEqual([])
    interceptWith(undefined)
    await checkStripe(studio.ctx())
    await world.minute()
    await world.minute()
    expect((await current(id))?.state).toBe('active')
  })
})

describe('Pay now', () => {
  it('opens by every link to the portal, archived too, and by no other', async () => {
    const { id } = await issued(amounting(1000))
    const accounts = { name: 'Accounts', email: 'ap@client.example' }
    const billing = await create({ contact: accounts, scope: 'billing', send: false })
    expect((await payNow(id, token(billing.url))).status).toBe(303)
    const { id: other } = await (
      await world.api('POST', paths.api.portals, await studio.key('owner'), {
        project: 'Another',
        client: 'Another',
        currency: 'eur',
        contact: { name: 'Eve', email: 'eve@other.example' },
        send: false,
      })
    ).json<{ id: string }>()
    const eve = await world.api('POST', paths.api.links(other), await studio.key('owner'), {
      contact: { name: 'Eve', email: 'eve2@other.example' },
      send: false,
    })
    const { url } = await eve.json<{ url: string }>()
    expect((await payNow(id, token(url))).status).toBe(404)
    expect((await world.form(paths.clientPay(token(url), id), {})).status).toBe(404)
    await actOnLink(billing, 'pause')
    expect((await payNow(id, token(billing.url))).status).toBe(404)
    expect((await payNow(id, 'f'.repeat(64))).status).toBe(404)
    await world.api('POST', paths.api.portalAction(portal, 'archive'), await studio.key('owner'))
    expect((await payNow(id)).status).toBe(303)
  })

  it('leads back to where it began, by a cookie that only that page gets', async () => {
    const { id } = await issued(amounting(1000))
    const link = await current(id)
    const answer = await payNow(id)
    const [cookie = ''] = answer.headers.getSetCookie()
    expect(cookie).toContain(`Path=${paths.paid(link?.id ?? '')};`)
    expect(cookie).toMatch(/HttpOnly; Secure; SameSite=Lax/)
    const stripePage = await payAtStripe(link?.url ?? '', 'card')
    const back = new URL(stripePage.headers.get('location') ?? '')
    expect(back.origin + back.pathname).toBe(world.origin + paths.paid(link?.id ?? ''))
    const home = await world.request(back.pathname, {
      headers: { cookie: cookie.split(';')[0] ?? '' },
    })
    expect(home.status).toBe(303)
    const there = `${paths.clientInvoice(jane, id)}?paid=${link?.id}`
    expect(home.headers.get('location')).toBe(there)
    const page = await world.request(there)
    expect(page.headers.get('refresh')).toBe(`2; url=${there}&n=1`)
    const text = await page.text()
    expect(text).toContain('being confirmed')
    expect(text).not.toContain('>Pay now<')
    const last = await world.request(`${there}&n=10`)
    expect(last.headers.get('refresh')).toBeNull()
    expect(await last.text()).toContain('no need to pay again')
  })

  it('leads nobody elsewhere, whatever a cookie says', async () => {
    const at = paths.paid('01a0e303-2163-7561-a19b-c24a553c3598')
    for (const evil of [
      'https://evil.example',
      '//evil.example',
      `/portal/${'a'.repeat(64)}/invoices/../../x`,
      `/invoice/${'a'.repeat(64)}/x`,
      '',
    ]) {
      const cookie = `paid_from=${encodeURIComponent(evil)}`
      const answer = await world.request(at, { headers: { cookie } })
      expect(answer.status).toBe(200)
      expect(await answer.text()).toContain('Thank you')
    }
  })
})

describe('Approve and pay', () => {
  const planned = async (facts: object = { amount: 12_000 }) => {
    const ownersKey = await studio.key('owner')
    const made = await world.api('POST', paths.api.milestones(portal), ownersKey, {
      title: 'Design',
      ...facts,
    })
    const { id } = await made.json<{ id: string }>()
    await world.api('POST', paths.api.requestApproval(portal, id), ownersKey)
    return id
  }
  const approve = (milestone: string, by = jane, form: Record<string, string> = {}) =>
    world.form(paths.clientAnswer(by, milestone, 'approve-and-pay'), form)
  const invoices = async () =>
    (
      await world.env.DB.prepare(
        'select id, number, status, total, milestone_id from invoice',
      ).all<{
        id: string
        number: string
        status: string
        total: number
        milestone_id: string
      }>()
    ).results

  it('signs off, bills and leads to where it is paid, in one go', async () => {
    const id = await planned()
    const page = await world.request(paths.portal(jane))
    expect(page.headers.get('content-security-policy')).toContain(
      `form-action 'self' ${stripeUrl};`,
    )
    expect(await page.text()).toContain('Approve and pay €120.00')
    const answer = await approve(id)
    const [bill, ...more] = await invoices()
    expect(more).toEqual([])
    expect(bill).toMatchObject({ status: 'open', total: 12_000, milestone_id: id })
    expect(bill?.number).toMatch(/^INV-\d{4}-001$/)
    expect(answer.status).toBe(303)
    expect(answer.headers.get('location')).toBe(paths.clientPay(jane, bill?.id ?? ''))
    expect((await payNow(bill?.id ?? '')).status).toBe(303)
  })

  it('is one invoice however often it is clicked, by the form and the API', async () => {
    const id = await planned()
    const api = () =>
      world.request(paths.api.clientAnswer(jane, id, 'approve-and-pay'), { method: 'POST' })
    const answers = await Promise.all([approve(id), api(), approve(id), api()])
    expect(answers.map(({ status }) => status)).toEqual([303, 200, 303, 200])
    const [bill, ...more] = await invoices()
    expect(more).toEqual([])
    const payUrl = world.origin + paths.clientPay(jane, bill?.id ?? '')
    for (const at of [1, 3]) expect(await answers[at]?.json()).toEqual({ payUrl })
  })

  it('agrees to no other amount than the one on its button', async () => {
    const id = await planned()
    const page = await (await world.request(paths.portal(jane))).text()
    expect(page).toContain('<input type="hidden" name="amount" value="12000"/>')
    await world.api('PATCH', paths.api.milestone(portal, id), await studio.key('owner'), {
      amount: 120_000,
      version: 2,
    })
    const refused = await approve(id, jane, { amount: '12000' })
    expect(refused.status).toBe(409)
    const again = await refused.text()
    expect(again).toContain('This changed just now.')
    expect(again).toContain('Approve and pay €1,200.00')
    expect(await invoices()).toEqual([])
    expect((await approve(id, jane, { amount: '120000' })).status).toBe(303)
    // The second of two clicks, of either button.
    expect((await approve(id, jane, { amount: '120000' })).status).toBe(303)
    expect((await invoices()).map(({ total }) => total)).toEqual([120_000])
  })

  it('issues the draft that the milestone has', async () => {
    const id = await planned()
    const made = await world.api('POST', paths.api.invoicesOf(portal), await studio.key('owner'), {
      milestone: id,
    })
    const { id: bill } = await made.json<{ id: string }>()
    expect((await approve(id)).headers.get('location')).toBe(paths.clientPay(jane, bill))
    expect(await invoices()).toHaveLength(1)
  })

  it('takes its part of the price, and nothing where there is none', async () => {
    const ownersKey = await studio.key('owner')
    await world.api('PATCH', paths.api.portal(portal), ownersKey, { price: 100_000 })
    await approve(await planned({ percent: '25' }))
    expect((await invoices())[0]?.total).toBe(25_000)
    expect((await approve(await planned({}))).status).toBe(409)
    expect(await invoices()).toHaveLength(1)
  })

  it('is for a link to everything, of its own portal, once it was asked for', async () => {
    const id = await planned()
    const accounts = { name: 'Accounts', email: 'ap@client.example' }
    const billing = await create({ contact: accounts, scope: 'billing', send: false })
    expect((await approve(id, token(billing.url))).status).toBe(404)
    expect((await approve('01a0e303-2163-7561-a19b-c24a553c3598')).status).toBe(404)
    await world.form(paths.clientAnswer(jane, id, 'request-changes'), { note: 'Warmer' })
    expect((await approve(id)).status).toBe(409)
    await world.api('POST', paths.api.portalAction(portal, 'archive'), await studio.key('owner'))
    expect((await approve(id)).status).toBe(409)
    expect(await invoices()).toEqual([])
  })
})

describe('the API', () => {
  it('gives the caller’s own way to pay, while there is one', async () => {
    const { id } = await issued(amounting(1000))
    const small = await issued(amounting(10))
    const urls = async (path: string, of: 'invoices' | 'items') => {
      const body = await (
        await world.request(path)
      ).json<Record<string, { id: string; payUrl: string | null }[]>>()
      return Object.fromEntries((body[of] ?? []).map((each) => [each.id, each.payUrl]))
    }
    const wanted = { [id]: world.origin + paths.clientPay(jane, id), [small.id]: null }
    expect(await urls(paths.api.client(jane), 'invoices')).toEqual(wanted)
    expect(await urls(paths.api.clientInvoices(jane), 'items')).toEqual(wanted)
    await disconnectStripe(studio.ctx())
    expect(await urls(paths.api.client(jane), 'invoices')).toEqual({ [id]: null, [small.id]: null })
  })
})
