import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { stripeAccount } from '../src/db/schema/payments.ts'
import { connectionOf, endpointOf } from '../src/features/payments/account.ts'
import { reconcile } from '../src/features/payments/reconcile.ts'
import {
  changeSecret,
  checkStripe,
  connectStripe,
  disconnectStripe,
  forgetOldSecret,
} from '../src/features/payments/settings.ts'
import { eventIn } from '../src/platform/stripe.ts'
import { paths } from '../src/paths.ts'
import { answerFor } from './harness/outbound.ts'
import { World, type Tenant } from './harness/world.ts'

const stripeUrl = 'http://127.0.0.1:9797'
const KEY = 'rk_test_northwind0001'
const SETTINGS_KEY = `s1:${'a'.repeat(64)}`

let world: World
let studio: Tenant
let other: Tenant
let asked: { path: string; key: string | null }[]
/** Answers in Stripe's place, whatever is asked. */
let stripe: (path: string) => Response

const error = (status: number, fields: object) => Response.json({ error: fields }, { status })
const content = (path: string) =>
  path === '/v1/account'
    ? Response.json({
        id: 'acct_1',
        object: 'account',
        settings: { dashboard: { display_name: 'Northwind' } },
      })
    : error(404, {
        type: 'invalid_request_error',
        code: 'resource_missing',
        message: 'No such thing',
      })

beforeEach(async () => {
  world = new World({ SETTINGS_KEY, STRIPE_URL: stripeUrl })
  studio = await world.organization('northwind')
  other = await world.organization('fjord')
  asked = []
  stripe = content
  answerFor(stripeUrl, (request) => {
    const path = new URL(request.url).pathname
    asked.push({ path, key: request.headers.get('authorization') })
    return stripe(path)
  })
})
afterEach(() => answerFor(stripeUrl, undefined))

const row = async (tenant = studio) => {
  const [found] = await world
    .ctx()
    .db.select()
    .from(stripeAccount)
    .where(eq(stripeAccount.organizationId, tenant.facts.id))
  return found
}

it('keeps a key that works, sealed, and opens it for a call alone', async () => {
  expect(await connectStripe(studio.ctx(), { key: KEY })).toMatchObject({ ok: true })
  const kept = await row()
  expect(JSON.stringify(kept)).not.toContain(KEY)
  expect(kept).toMatchObject({ keyEnd: '0001', mode: 'test', accountId: 'acct_1', trouble: null })
  expect(kept?.permissions).toMatchObject({ payment_links_write: true, refunds_write: true })
  expect(asked[0]).toEqual({ path: '/v1/account', key: `Bearer ${KEY}` })
  expect(await connectionOf(world.ctx(), studio.facts.id)).toEqual({
    connection: { key: KEY, url: stripeUrl },
    accountId: 'acct_1',
    mode: 'test',
  })
  expect(await connectionOf(world.ctx(), other.facts.id)).toBe('no-account')
})

it('keeps nothing of a key that Stripe refuses, or about which it is silent', async () => {
  stripe = () => error(401, { type: 'invalid_request_error', message: `Invalid API Key: ${KEY}` })
  const refused = await connectStripe(studio.ctx(), { key: KEY })
  expect(refused).toMatchObject({ ok: false, failure: { kind: 'invalid' } })
  expect(JSON.stringify(refused)).not.toContain(KEY)
  answerFor(stripeUrl, undefined)
  expect(await connectStripe(studio.ctx(), { key: KEY })).toMatchObject({ ok: false })
  expect(await row()).toBeUndefined()
})

it('says what a key may not do', async () => {
  stripe = (path) =>
    path.startsWith('/v1/refunds')
      ? error(403, { type: 'invalid_request_error', message: 'Having the permission would help.' })
      : content(path)
  expect(await connectStripe(studio.ctx(), { key: KEY })).toMatchObject({ ok: true })
  expect((await row())?.permissions).toMatchObject({ refunds_write: false, events_read: true })
})

it('never sends a key of real money to another address than Stripe’s', async () => {
  const answer = await connectStripe(studio.ctx(), { key: 'rk_live_0001' })
  expect(answer).toMatchObject({ ok: false, failure: { kind: 'invalid' } })
  expect(asked).toEqual([])
})

it('is for owners and admins, and needs SETTINGS_KEY', async () => {
  for (const verb of [
    () => connectStripe(studio.ctx('member'), { key: KEY }),
    () => changeSecret(studio.ctx('member'), { secret: 'whsec_1' }),
    () => checkStripe(studio.ctx('member')),
    () => forgetOldSecret(studio.ctx('member')),
    () => disconnectStripe(studio.ctx('member')),
  ]) {
    expect(await verb()).toEqual({ ok: false, failure: { kind: 'forbidden' } })
  }
  const { SETTINGS_KEY: _, ...without } = world.env
  world.env = without
  expect(await connectStripe(studio.ctx(), { key: KEY })).toMatchObject({
    failure: { reason: 'settings-key-missing' },
  })
  expect(asked).toEqual([])
})

it('opens no sealed value that was moved to another organisation', async () => {
  await connectStripe(studio.ctx(), { key: KEY })
  await connectStripe(other.ctx(), { key: 'rk_test_fjord' })
  const stolen = (await row())?.sealedKey ?? ''
  await world
    .ctx()
    .db.update(stripeAccount)
    .set({ sealedKey: stolen, sealedSecret: stolen })
    .where(eq(stripeAccount.organizationId, other.facts.id))
  expect(await connectionOf(world.ctx(), other.facts.id)).toBe('sealed')
  const endpoint = (await row(other))?.endpoint ?? ''
  expect((await endpointOf(world.ctx(), endpoint))?.secrets).toEqual([])
})

it('is the same for a double click, and the last of two people is told', async () => {
  const both = await Promise.all([
    connectStripe(studio.ctx(), { key: KEY }),
    connectStripe(studio.ctx(), { key: KEY }),
  ])
  expect(both.map(({ ok }) => ok)).toEqual([true, true])
  const race = await Promise.all([
    connectStripe(studio.ctx(), { key: 'rk_test_a' }),
    connectStripe(studio.ctx(), { key: 'rk_test_b' }),
  ])
  expect(race.filter(({ ok }) => ok)).toHaveLength(1)
})

const encoder = new TextEncoder()

async function signed(body: string, secret: string, at: number): Promise<string> {
  const t = Math.floor(at / 1000)
  const hash = { name: 'HMAC', hash: 'SHA-256' }
  const key = await crypto.subtle.importKey('raw', encoder.encode(secret), hash, false, ['sign'])
  const mac = await crypto.subtle.sign('HMAC', key, encoder.encode(`${t}.${body}`))
  const hex = Array.from(new Uint8Array(mac), (b) => b.toString(16).padStart(2, '0')).join('')
  return `t=${t},v1=${hex}`
}

it('takes an event by either of two secrets while one takes the other’s place', async () => {
  await connectStripe(studio.ctx(), { key: KEY })
  const endpoint = (await row())?.endpoint ?? ''
  expect((await endpointOf(world.ctx(), endpoint))?.secrets).toEqual([])
  await changeSecret(studio.ctx(), { secret: 'whsec_old' })
  await changeSecret(studio.ctx(), { secret: 'whsec_new' })
  await changeSecret(studio.ctx(), { secret: 'whsec_new' })
  const found = await endpointOf(world.ctx(), endpoint)
  expect(found?.organization.id).toBe(studio.facts.id)
  expect(found?.secrets).toEqual(['whsec_new', 'whsec_old'])

  const now = Date.now()
  const body = JSON.stringify({ id: 'evt_1', object: 'event', type: 'x', data: { object: {} } })
  const bytes = encoder.encode(body)
  const secrets = found?.secrets ?? []
  for (const secret of secrets) {
    const event = await eventIn(bytes, await signed(body, secret, now), secrets, now)
    expect(event?.id).toBe('evt_1')
  }
  const good = await signed(body, 'whsec_new', now)
  expect(await eventIn(bytes, await signed(body, 'whsec_evil', now), secrets, now)).toBeUndefined()
  expect(await eventIn(encoder.encode(`${body} `), good, secrets, now)).toBeUndefined()
  expect(await eventIn(bytes, good, secrets, now + 301_000)).toBeUndefined()
  expect(await eventIn(bytes, '', secrets, now)).toBeUndefined()
  expect(await eventIn(bytes, good, [], now)).toBeUndefined()

  await forgetOldSecret(studio.ctx())
  expect((await endpointOf(world.ctx(), endpoint))?.secrets).toEqual(['whsec_new'])
})

it('forgets the key when it is taken away, and goes on hearing what is paid', async () => {
  await connectStripe(studio.ctx(), { key: KEY })
  await changeSecret(studio.ctx(), { secret: 'whsec_1' })
  await Promise.all([disconnectStripe(studio.ctx()), disconnectStripe(studio.ctx())])
  expect(await row()).toMatchObject({ sealedKey: null, keyEnd: null })
  expect(await connectionOf(world.ctx(), studio.facts.id)).toBe('no-key')
  expect((await endpointOf(world.ctx(), (await row())?.endpoint ?? ''))?.secrets).toHaveLength(1)
})

it('notes what is wrong with a kept key, until it is well again', async () => {
  await connectStripe(studio.ctx(), { key: KEY })
  stripe = () => error(401, { type: 'invalid_request_error', message: 'Expired API Key' })
  await checkStripe(studio.ctx())
  expect((await row())?.trouble).toBe('Expired API Key')
  stripe = content
  await checkStripe(studio.ctx())
  expect((await row())?.trouble).toBeNull()
})

it('says that it can be opened no more once SETTINGS_KEY is another, and is well when entered anew', async () => {
  await connectStripe(studio.ctx(), { key: KEY })
  Object.assign(world.env, { SETTINGS_KEY: `s2:${'b'.repeat(64)}` })
  world.restarted()
  const lost = /can’t be opened any more.*Enter the key and the signing secret again/
  await reconcile(world.ctx())
  await world.minute()
  expect((await row())?.trouble).toMatch(lost)
  expect(await connectStripe(studio.ctx(), { key: KEY })).toEqual({ ok: true, value: undefined })
  expect((await row())?.trouble).toBeNull()
  Object.assign(world.env, { SETTINGS_KEY: `s3:${'c'.repeat(64)}` })
  world.restarted()
  await checkStripe(studio.ctx())
  expect((await row())?.trouble).toMatch(lost)
})

it('shows the last four characters of a key, and never what somebody pasted', async () => {
  await connectStripe(studio.ctx(), { key: KEY })
  await changeSecret(studio.ctx(), { secret: 'whsec_current' })
  const { cookie } = await studio.person('admin')
  const page = await world.request(paths.paymentSettings(studio.slug), { headers: { cookie } })
  const text = await page.text()
  expect(text).toContain('…0001')
  expect(text).toContain('Test mode')
  expect(text).toContain(world.origin + paths.webhooks.stripe((await row())?.endpoint ?? ''))
  for (const secret of [KEY, 'whsec_current', 's1.s1.']) expect(text).not.toContain(secret)
  const send = (action: 'key' | 'secret', values: Record<string, string>) =>
    world.form(paths.paymentSettingsAction(studio.slug, action), values, cookie)
  for (const key of ['', 'sk_live_all', 'pk_test_x', 'rk_test_', 'rk_test_<b>', 'x'.repeat(400)]) {
    const answer = await send('key', { key })
    expect(answer.status).toBe(422)
    if (key !== '') expect(await answer.text()).not.toContain(`value="${key}`)
  }
  for (const secret of ['', 'whsec_', 'whsec_<', 'rk_test_abc']) {
    expect((await send('secret', { secret })).status).toBe(422)
  }
  expect((await send('secret', { secret: ' whsec_fine ' })).status).toBe(303)
  expect((await row())?.sealedOldSecret).not.toBeNull()
  const { cookie: members } = await studio.person('member')
  const refused = await world.form(
    paths.paymentSettingsAction(studio.slug, 'key'),
    { key: 'rk_test_members' },
    members,
  )
  expect(refused.status).toBe(403)
})
