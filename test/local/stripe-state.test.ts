import { appendFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createStripeApp } from '../../dev/stripe/app.ts'
import { diskStore } from '../../dev/stripe/disk.ts'
import { generated, paramsFile } from '../../dev/stripe/schemas/generate.ts'

let folder: string
let path: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'stripe-state-'))
  path = join(folder, 'stripe.jsonl')
})

afterEach(() => rm(folder, { recursive: true }))

const key = 'sk_test_restarts_0001'

async function started(now = Date.now) {
  const app = createStripeApp({
    url: 'http://127.0.0.1:12111',
    store: await diskStore(path),
    retryAfterMs: [],
    now,
    fetch: async () => new Response('ok'),
  })
  const call = async (method: string, path: string, body?: Record<string, string>) =>
    app.request(`/v1/${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'idempotency-key': 'once' },
      ...(body && { body: new URLSearchParams(body) }),
    })
  return { app, call }
}

const sold = {
  'line_items[0][price_data][currency]': 'eur',
  'line_items[0][price_data][unit_amount]': '5000',
  'line_items[0][price_data][product_data][name]': 'INV-2026-014',
  'line_items[0][quantity]': '1',
}

test('links, open pages, replays and endpoints outlive a restart', async () => {
  const first = await started()
  await first.app.connect(key, 'https://app.test/hook')
  const made = await (await first.call('POST', 'payment_links', sold)).text()
  const { url } = JSON.parse(made)
  const page = await (await first.app.request(url)).text()
  const session = /value="(cs_test_\w+)"/.exec(page)?.[1] ?? ''
  await first.app.delivered()

  const { app, call } = await started()
  const again = await call('POST', 'payment_links', sold)
  expect(again.headers.get('idempotent-replayed')).toBe('true')
  expect(await again.text()).toBe(made)
  const form = new URLSearchParams({ session, outcome: 'card' })
  expect((await app.request(url, { method: 'POST', body: form })).status).toBe(303)
  await app.delivered()
  const events = await (await call('GET', 'events?type=checkout.session.completed')).json()
  expect(events).toMatchObject({
    data: [{ pending_webhooks: 0, data: { object: { id: session } } }],
  })

  const third = await started()
  expect(await (await third.call('GET', 'events?type=checkout.session.completed')).json()).toEqual(
    events,
  )
  expect((await stat(path)).mode & 0o077, 'readable by nobody else').toBe(0)
})

test('a line that was cut short is left out, and what was removed stays away', async () => {
  const { call } = await started()
  const product = await (await call('POST', 'products', { name: 'A' })).json()
  const endpoint = { url: 'https://app.test', 'enabled_events[0]': '*' }
  const { app } = await started()
  const made = await app.request('/v1/webhook_endpoints', {
    method: 'POST',
    headers: { authorization: `Bearer ${key}` },
    body: new URLSearchParams(endpoint),
  })
  const { id }: { id: string } = JSON.parse(await made.text())
  await (await started()).call('DELETE', `webhook_endpoints/${id}`)
  await appendFile(path, '{"account":"acct_1","kind":"pro')
  const last = await started()
  expect(await (await last.call('GET', 'products')).json()).toMatchObject({ data: [product] })
  expect(await (await last.call('GET', 'webhook_endpoints')).json()).toMatchObject({ data: [] })
  expect(await readFile(path, 'utf8')).not.toContain(id)
})

test('the schemas are those of the installed SDK (else: npm run stripe-schemas)', async () => {
  expect(generated() === (await readFile(paramsFile, 'utf8'))).toBe(true)
}, 30_000)
