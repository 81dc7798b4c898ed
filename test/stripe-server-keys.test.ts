import { beforeAll, describe, expect, test } from 'vitest'
import { idOf, stripeScene, testKey, type StripeScene } from './harness/stripe-scene.ts'
import { refusal } from './stripe-refusals/refusal.ts'

let scene: StripeScene
let link: string
let intent: string

beforeAll(async () => {
  scene = stripeScene()
  const paid = await scene.link(5000)
  link = paid.id
  intent = idOf((await scene.pay(paid.url, 'card')).payment_intent)
})

describe('keys (https://docs.stripe.com/keys)', () => {
  const get = async (authorization?: string) =>
    scene.app.request('/v1/account', { headers: authorization ? { authorization } : {} })

  const bad: [which: string, authorization: string | undefined, words: string][] = [
    ['none', undefined, 'You did not provide an API key'],
    ['one of another form', 'Bearer sg_12345678', 'Invalid API Key provided: sg_****5678'],
    ['a live one', 'Bearer sk_live_1234567890', 'Invalid API Key provided: sk_live_******7890'],
    ['a live restricted one', 'Bearer rk_live_1234567890', 'Invalid API Key'],
    ['a publishable one', 'Bearer pk_test_1234567890', 'publishable API key'],
    ['one in another way', 'Token sk_test_1234567890', 'You did not provide an API key'],
  ]

  test('a bad one is refused, and not shown', async () => {
    for (const [which, authorization, words] of bad) {
      const answer = await refusal(await get(authorization))
      expect.soft(answer, which).toMatchObject({ status: 401, type: 'invalid_request_error' })
      expect.soft(answer.message, which).toContain(words)
      expect.soft(answer.message, which).not.toContain('1234567890')
    }
  })

  test('a secret, a restricted one, and Basic are all taken', async () => {
    const ids = await Promise.all(
      [`Bearer ${testKey}`, 'Bearer rk_test_studio0001', `Basic ${btoa(`${testKey}:`)}`].map(
        async (authorization) => (await (await get(authorization)).json<{ id: string }>()).id,
      ),
    )
    expect(new Set(ids).size).toBe(1)
    expect(ids[0]).toMatch(/^acct_/)
  })

  test('one that lacks a permission is told which', async () => {
    const { sdk } = scene
    const reader = sdk(`rk_test_studio0001_readonly`)
    expect((await reader.paymentLinks.list()).data.length).toBeGreaterThan(0)
    await expect(reader.paymentLinks.create({ line_items: [] })).rejects.toMatchObject({
      type: 'StripePermissionError',
      statusCode: 403,
      message: expect.stringContaining("'rak_payment_link_write'"),
    })
    const noRefunds = sdk('rk_test_studio0001_no_refunds')
    await expect(noRefunds.refunds.list()).rejects.toThrow("'rak_refund_read'")
    await noRefunds.products.create({ name: 'Design' })
  })

  test('another account sees nothing of this one', async () => {
    const other = scene.sdk('sk_test_another002')
    await expect(other.paymentLinks.retrieve(link)).rejects.toMatchObject({
      code: 'resource_missing',
      statusCode: 404,
    })
    await expect(other.refunds.create({ payment_intent: intent })).rejects.toMatchObject({
      code: 'resource_missing',
    })
    expect((await other.events.list()).data).toEqual([])
  })
})
