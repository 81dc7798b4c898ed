import { beforeAll, describe, expect, test } from 'vitest'
import { stripeScene, type StripeScene } from './harness/stripe-scene.ts'
import { endpointForms } from './stripe-refusals/endpoints.ts'
import { known, type Known } from './stripe-refusals/known.ts'
import { linkForms } from './stripe-refusals/links.ts'
import { moneyForms } from './stripe-refusals/money.ts'
import { codes } from './stripe-refusals/pages.ts'
import { parameterForms } from './stripe-refusals/parameters.ts'
import { queries } from './stripe-refusals/queries.ts'
import { refundForms } from './stripe-refusals/refunds.ts'
import { refusal, saysSo } from './stripe-refusals/refusal.ts'

/*
 * Each bad request that the app could send, with the page where Stripe says so. A rule that is missing
 * here would pass on a developer's machine and fail with money in it.
 */

const forms = [...parameterForms, ...moneyForms, ...linkForms, ...refundForms, ...endpointForms]

let scene: StripeScene
let its: Known

beforeAll(async () => {
  scene = stripeScene()
  its = await known(scene)
})

// In one test each: every test has a database made for it, and these need none.
test('each bad form is refused, and leaves nothing', async () => {
  for (const [rule, page, call, body, expected] of forms) {
    const about = `${rule} (${page})`
    const path = call.replace(/:(\w+)/, (_, name: keyof Known) => its[name])
    const text = typeof body === 'string' ? body : body(its)
    const events = await scene.told()
    const answer = await refusal(await scene.raw('POST', `/v1/${path}`, text))
    saysSo(answer, expected, about)
    if (answer.code) {
      expect.soft(answer.doc_url, about).toBe(`${codes}#${answer.code.replaceAll('_', '-')}`)
    }
    expect.soft(await scene.told(), about).toEqual(events)
  }
})

test('each bad question is refused', async () => {
  for (const [rule, page, query, expected] of queries) {
    const about = `${rule} (${page})`
    const answer = await refusal(await scene.raw('GET', `/v1/${query}`))
    saysSo(answer, expected, about)
  }
})

describe('the form of a call', () => {
  test('JSON is not taken (https://docs.stripe.com/api)', async () => {
    const json = { 'content-type': 'application/json' }
    const answer = await refusal(await scene.raw('POST', '/v1/products', '{"name":"A"}', json))
    expect(answer).toMatchObject({ status: 400, type: 'invalid_request_error' })
  })

  test('one version is spoken (https://docs.stripe.com/api/versioning)', async () => {
    const old = { 'stripe-version': '2019-03-14' }
    expect(await refusal(await scene.raw('GET', '/v1/products', '', old))).toMatchObject({
      status: 400,
    })
    const answer = await scene.raw('GET', '/v1/products')
    expect(answer.headers.get('stripe-version')).toMatch(/^\d{4}-\d{2}-\d{2}\.\w+$/)
  })

  test('a 51st key is refused even if it comes later (https://docs.stripe.com/metadata)', async () => {
    const { stripe } = scene
    const pairs = Array.from({ length: 50 }, (_, at) => [`k${at}`, 'v'])
    const { id } = await stripe.products.create({ name: 'A', metadata: Object.fromEntries(pairs) })
    await expect(stripe.products.update(id, { metadata: { more: 'v' } })).rejects.toThrow('50 keys')
    const { metadata } = await stripe.products.update(id, { metadata: { k1: '', more: 'v' } })
    expect(metadata).toMatchObject({ k2: 'v', more: 'v' })
    expect(metadata).not.toHaveProperty('k1')
  })

  test('a 17th endpoint is refused (https://docs.stripe.com/webhooks)', async () => {
    const stripe = scene.sdk('sk_test_endpoints')
    const add = () =>
      stripe.webhookEndpoints.create({ url: 'https://app.test', enabled_events: ['*'] })
    const [first] = await Promise.all(Array.from({ length: 16 }, add))
    expect(first?.secret).toMatch(/^whsec_/)
    expect((await stripe.webhookEndpoints.retrieve(first!.id)).secret).toBeUndefined()
    await expect(add()).rejects.toThrow('16 test webhook endpoints')
  })
})

test('a call can be answered in its place', async () => {
  const { stripe } = stripeScene({
    intercept: (request) =>
      request.url.endsWith('/v1/refunds')
        ? Response.json({ error: { type: 'api_error', message: 'Down.' } }, { status: 500 })
        : undefined,
  })
  await stripe.products.create({ name: 'A' })
  await expect(stripe.refunds.list()).rejects.toMatchObject({ type: 'StripeAPIError' })
})
