import { beforeAll, describe, expect, test } from 'vitest'
import { idOf, stripeScene, testKey, type StripeScene } from './harness/stripe-scene.ts'
import { refusal } from './stripe-refusals/refusal.ts'

let scene: StripeScene

beforeAll(() => {
  scene = stripeScene()
})

describe('the same call again (https://docs.stripe.com/api/idempotent_requests)', () => {
  const post = (key: string, body: string, path = '/v1/products') =>
    scene.raw('POST', path, body, { 'idempotency-key': key })

  test('gets the same answer, in whichever order its parameters come', async () => {
    const first = await post('again', 'name=A&description=b')
    const second = await post('again', 'description=b&name=A')
    expect(await second.json()).toEqual(await first.json())
    expect(first.headers.get('idempotent-replayed')).toBeNull()
    expect(second.headers.get('idempotent-replayed')).toBe('true')
    expect(second.headers.get('original-request')).toBe(first.headers.get('request-id'))
  })

  test('with another body, or to another address, is refused', async () => {
    await post('other', 'name=A')
    const body = await refusal(await post('other', 'name=B'))
    expect(body).toMatchObject({ status: 400, type: 'idempotency_error' })
    const address = await refusal(await post('other', 'name=A', '/v1/refunds'))
    expect(address).toMatchObject({ status: 400, type: 'idempotency_error' })
  })

  test('is another one in another account', async () => {
    const mine = await (await post('shared', 'name=A')).json<{ id: string }>()
    const theirs = await scene.raw('POST', '/v1/products', 'name=B', {
      authorization: 'Bearer sk_test_another002',
      'idempotency-key': 'shared',
    })
    expect((await theirs.json<{ id: string }>()).id).not.toBe(mine.id)
  })

  test('while the first is on its way is refused', async () => {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>()
    const headers = {
      authorization: `Bearer ${testKey}`,
      'content-type': 'application/x-www-form-urlencoded',
      'idempotency-key': 'slow',
    }
    const first = scene.app.request('/v1/products', { method: 'POST', headers, body: readable })
    const writer = writable.getWriter()
    await writer.write(new TextEncoder().encode('name='))
    expect(await refusal(await post('slow', 'name=A'))).toMatchObject({
      status: 409,
      type: 'idempotency_error',
      code: 'idempotency_key_in_use',
    })
    await writer.write(new TextEncoder().encode('A'))
    await writer.close()
    expect((await first).status).toBe(200)
  })

  test('that was refused is refused again, but for its form, which leaves the key free', async () => {
    const paid = await scene.link(5000)
    const intent = idOf((await scene.pay(paid.url, 'card')).payment_intent)
    const wrong = await post('refused', `payment_intent=${intent}&amount=ten`, '/v1/refunds')
    expect(wrong.status).toBe(400)
    const first = await post('refused', `payment_intent=${intent}&amount=9999`, '/v1/refunds')
    const again = await post('refused', `payment_intent=${intent}&amount=9999`, '/v1/refunds')
    expect([first.status, again.status]).toEqual([400, 400])
    expect(again.headers.get('idempotent-replayed')).toBe('true')
    const changed = await post('refused', `payment_intent=${intent}&amount=100`, '/v1/refunds')
    expect(await refusal(changed)).toMatchObject({ type: 'idempotency_error' })
  })

  test('has a key of at most 255 characters', async () => {
    expect(await refusal(await post('k'.repeat(256), 'name=A'))).toMatchObject({ status: 400 })
  })

  test('a day later is a new one', async () => {
    let now = Date.now()
    const { raw } = stripeScene({ now: () => now })
    const call = () => raw('POST', '/v1/products', 'name=A', { 'idempotency-key': 'daily' })
    const first = await (await call()).json<{ id: string }>()
    now += 25 * 60 * 60 * 1000
    expect((await (await call()).json<{ id: string }>()).id).not.toBe(first.id)
  })
})
