import { beforeAll, describe, expect, test } from 'vitest'
import { idOf, stripeScene, testKey, type StripeScene } from './harness/stripe-scene.ts'

/*
 * Each bad request that the app could send, with the page where Stripe says so. A rule that is missing
 * here would pass on a developer's machine and fail with money in it.
 */

interface Refusal {
  status?: number
  type?: string
  code?: string
  param?: string
  message?: string
}

interface Known {
  product: string
  offProduct: string
  price: string
  dollars: string
  offPrice: string
  link: string
  usedUp: string
  /** Paid: 50.00 of 50.00 left, none left, 500.00 ISK, disputed. */
  intent: string
  refunded: string
  kronas: string
  disputed: string
  processing: string
  waiting: string
  complete: string
}

let scene: StripeScene
let known: Known

beforeAll(async () => {
  scene = stripeScene()
  const { stripe, link, open, pay, control, submit } = scene
  const product = await stripe.products.create({ name: 'Design' })
  const price = (currency: string) =>
    stripe.prices.create({ product: product.id, currency, unit_amount: 5000 })
  const offProduct = await stripe.products.create({ name: 'Gone', active: false })
  const offPrice = await price('eur')
  await stripe.prices.update(offPrice.id, { active: false })
  const paid = async (amount: number, currency = 'eur') =>
    idOf((await pay((await link(amount, currency)).url, 'card')).payment_intent)
  const refunded = await paid(5000)
  await stripe.refunds.create({ payment_intent: refunded })
  const disputed = await paid(5000)
  await control('dispute', { payment_intent: disputed })
  const debit = await pay((await link(5000)).url, 'debit')
  const once = await link(5000, 'eur', { restrictions: { completed_sessions: { limit: 1 } } })
  const complete = await pay(once.url, 'card')
  const declined = await link(5000)
  const session = await open(declined.url)
  await submit(declined.url, { session, outcome: 'decline' })
  const waiting = await stripe.checkout.sessions.retrieve(session)
  known = {
    product: product.id,
    offProduct: offProduct.id,
    price: (await price('eur')).id,
    dollars: (await price('usd')).id,
    offPrice: offPrice.id,
    link: declined.id,
    usedUp: once.id,
    intent: await paid(5000),
    refunded,
    kronas: await paid(50_000, 'isk'),
    disputed,
    processing: idOf(debit.payment_intent),
    waiting: idOf(waiting.payment_intent),
    complete: complete.id,
  }
})

async function refusal(response: Response) {
  const { error } = await response.json<{ error: Required<Refusal> & { doc_url?: string } }>()
  expect(error.message, 'it says why').toBeTruthy()
  expect(response.headers.get('request-id')).toMatch(/^req_/)
  return { ...error, status: response.status }
}

const docs = 'https://docs.stripe.com'
const codes = `${docs}/error-codes`
const currencies = `${docs}/currencies`
const metadata = `${docs}/metadata`
const links = `${docs}/api/payment-link/create`
const changes = `${docs}/api/payment-link/update`
const refunds = `${docs}/api/refunds/create`
const pages = `${docs}/api/pagination`
const endpoints = `${docs}/api/webhook_endpoints/create`

/** A body as text, or made of what is there. */
type Body = string | ((known: Known) => string)

const price = (amount: number, currency: string) =>
  `product_data[name]=Design&currency=${currency}&unit_amount=${amount}`
const item = (id: string, at = 0) => `line_items[${at}][price]=${id}&line_items[${at}][quantity]=1`
const linkWith = (more: string) => (its: Known) => `${item(its.price)}&${more}`
const sold = (amount: number, currency: string, quantity = 1) =>
  `line_items[0][price_data][currency]=${currency}&line_items[0][price_data][unit_amount]=${amount}` +
  `&line_items[0][price_data][product_data][name]=Design&line_items[0][quantity]=${quantity}`
const many = (count: number, name: (at: number) => string) =>
  Array.from({ length: count }, (_, at) => name(at)).join('&')

const forms: [rule: string, page: string, call: string, body: Body, refused: Refusal][] = [
  [
    'an unknown parameter',
    codes,
    'products',
    'name=A&colour=red',
    { code: 'parameter_unknown', param: 'colour' },
  ],
  [
    'an unknown one inside',
    codes,
    'prices',
    'currency=eur&recurring[interval]=day&recurring[x]=1',
    { code: 'parameter_unknown', param: 'recurring[x]' },
  ],
  [
    'one named like a part of every object',
    codes,
    'products',
    'name=A&__proto__[x]=1',
    { code: 'parameter_unknown', param: '__proto__' },
  ],
  ['a missing parameter', codes, 'products', '', { code: 'parameter_missing', param: 'name' }],
  [
    'a missing one inside',
    codes,
    'payment_links',
    (its) => `line_items[0][price]=${its.price}`,
    { code: 'parameter_missing', param: 'line_items[0][quantity]' },
  ],
  ['an empty text', codes, 'products', 'name=', { code: 'parameter_invalid_empty', param: 'name' }],
  ['a text that is too long', codes, 'products', `name=${'a'.repeat(5001)}`, { param: 'name' }],
  [
    'a number that is none',
    codes,
    'prices',
    'product_data[name]=A&currency=eur&unit_amount=ten',
    { code: 'parameter_invalid_integer', param: 'unit_amount' },
  ],
  [
    'a fraction',
    codes,
    'prices',
    'product_data[name]=A&currency=eur&unit_amount=10.5',
    { code: 'parameter_invalid_integer', param: 'unit_amount' },
  ],
  [
    'a number as computers write it',
    codes,
    'prices',
    'product_data[name]=A&currency=eur&unit_amount=1e3',
    { code: 'parameter_invalid_integer', param: 'unit_amount' },
  ],
  ['a truth that is none', codes, 'products', 'name=A&active=yes', { param: 'active' }],
  [
    'a word that is not on the list',
    codes,
    'refunds',
    (its) => `payment_intent=${its.intent}&reason=mistake`,
    { param: 'reason', message: 'must be one of duplicate, fraudulent, or requested_by_customer' },
  ],
  ['a text for a list', codes, 'payment_links', 'line_items=some', { param: 'line_items' }],
  ['a text for an object', codes, 'products', 'name=A&metadata=some', { param: 'metadata' }],
  ['an object for a text', codes, 'products', 'name[first]=A', { param: 'name' }],
  [
    'what the local Stripe does nothing with',
    'dev/stripe/api/unheard.ts',
    'payment_links',
    linkWith('automatic_tax[enabled]=true'),
    { code: 'not_implemented_locally', param: 'automatic_tax' },
  ],

  [
    'a 51st key',
    metadata,
    'products',
    `name=A&${many(51, (at) => `metadata[k${at}]=v`)}`,
    { param: 'metadata' },
  ],
  [
    'a key of 41 characters',
    metadata,
    'products',
    `name=A&metadata[${'k'.repeat(41)}]=v`,
    { message: 'at most 40' },
  ],
  [
    'a value of 501 characters',
    metadata,
    'products',
    `name=A&metadata[k]=${'v'.repeat(501)}`,
    { param: 'metadata[k]' },
  ],

  ['a currency that is none', currencies, 'prices', price(1000, 'eeu'), { param: 'currency' }],
  ['less than nothing', codes, 'prices', price(-1, 'eur'), { param: 'unit_amount' }],
  [
    'nine digits',
    `${currencies}#minimum-and-maximum-charge-amounts`,
    'prices',
    price(100_000_000, 'eur'),
    { code: 'amount_too_large', param: 'unit_amount' },
  ],
  [
    'hundredths of a króna',
    `${currencies}#special-cases`,
    'prices',
    price(5050, 'isk'),
    { param: 'unit_amount' },
  ],
  [
    'hundredths of a Ugandan shilling',
    `${currencies}#special-cases`,
    'prices',
    price(500_050, 'ugx'),
    { param: 'unit_amount' },
  ],
  ...['bhd', 'jod', 'kwd', 'omr', 'tnd'].map((currency): (typeof forms)[number] => [
    `thousandths of ${currency}`,
    `${currencies}#three-decimal`,
    'prices',
    price(5005, currency),
    { param: 'unit_amount' },
  ]),
  ...Object.entries({
    usd: 49,
    eur: 49,
    gbp: 29,
    jpy: 49,
    czk: 1499,
    dkk: 249,
    huf: 17_400,
    mxn: 999,
    nok: 299,
    sek: 299,
    pln: 199,
    aed: 199,
    hkd: 399,
    thb: 999,
  }).map(([currency, amount]): (typeof forms)[number] => [
    `${amount} of ${currency}`,
    `${currencies}#minimum-and-maximum-charge-amounts`,
    'payment_links',
    sold(amount, currency),
    { code: 'amount_too_small' },
  ]),
  ['nothing at all', currencies, 'payment_links', sold(0, 'eur'), { code: 'amount_too_small' }],
  [
    'a sum of nine digits',
    currencies,
    'payment_links',
    sold(50_000_000, 'eur', 2),
    { code: 'amount_too_large' },
  ],

  [
    'a price of nothing',
    `${docs}/api/prices/create`,
    'prices',
    'product_data[name]=A&currency=eur',
    { code: 'parameter_missing', param: 'unit_amount' },
  ],
  [
    'a price of no product',
    `${docs}/api/prices/create`,
    'prices',
    'currency=eur&unit_amount=500',
    { param: 'product' },
  ],
  [
    'a price of two products',
    `${docs}/api/prices/create`,
    'prices',
    (its) => `${price(500, 'eur')}&product=${its.product}`,
    {},
  ],
  [
    'a price of an unknown product',
    `${docs}/api/prices/create`,
    'prices',
    'currency=eur&unit_amount=500&product=prod_none',
    { code: 'resource_missing', param: 'product' },
  ],
  [
    'a price of a product that is off',
    `${docs}/api/prices/create`,
    'prices',
    (its) => `currency=eur&unit_amount=500&product=${its.offProduct}`,
    { param: 'product' },
  ],
  [
    'an id that is taken',
    codes,
    'products',
    (its) => `name=A&id=${its.product}`,
    { code: 'resource_already_exists', param: 'id' },
  ],

  [
    'a link that sells nothing',
    links,
    'payment_links',
    'metadata[a]=b',
    { code: 'parameter_missing', param: 'line_items' },
  ],
  [
    'a link that sells 21 things',
    links,
    'payment_links',
    (its) => many(21, (at) => item(its.price, at)),
    { param: 'line_items' },
  ],
  [
    'none of a thing',
    links,
    'payment_links',
    (its) => `line_items[0][price]=${its.price}&line_items[0][quantity]=0`,
    { param: 'line_items[0][quantity]' },
  ],
  [
    'an item without a price',
    links,
    'payment_links',
    'line_items[0][quantity]=1',
    { param: 'line_items[0]' },
  ],
  [
    'an unknown price',
    links,
    'payment_links',
    item('price_none'),
    { code: 'resource_missing', param: 'line_items[0][price]' },
  ],
  [
    'a price that is off',
    links,
    'payment_links',
    (its) => item(its.offPrice),
    { param: 'line_items[0][price]', message: 'inactive' },
  ],
  [
    'two currencies',
    links,
    'payment_links',
    (its) => `${item(its.price)}&${item(its.dollars, 1)}`,
    { param: 'line_items[1]' },
  ],
  [
    'another currency than the price',
    links,
    'payment_links',
    linkWith('currency=usd'),
    { param: 'currency' },
  ],
  [
    'on to nowhere',
    links,
    'payment_links',
    linkWith('after_completion[type]=redirect'),
    { code: 'parameter_missing', param: 'after_completion[redirect]' },
  ],
  [
    'on to what is no address',
    links,
    'payment_links',
    linkWith('after_completion[type]=redirect&after_completion[redirect][url]=thanks'),
    { code: 'url_invalid', param: 'after_completion[redirect][url]' },
  ],
  [
    'on to a script',
    links,
    'payment_links',
    linkWith('after_completion[type]=redirect&after_completion[redirect][url]=javascript:alert(1)'),
    { code: 'url_invalid' },
  ],
  [
    'on to an address without saying so',
    links,
    'payment_links',
    linkWith(
      'after_completion[type]=hosted_confirmation&after_completion[redirect][url]=https://a.test',
    ),
    { param: 'after_completion[redirect]' },
  ],
  [
    'a message of 501 characters',
    links,
    'payment_links',
    linkWith(`inactive_message=${'a'.repeat(501)}`),
    { param: 'inactive_message' },
  ],
  [
    'a limit of none',
    links,
    'payment_links',
    linkWith('restrictions[completed_sessions][limit]=0'),
    { param: 'restrictions[completed_sessions][limit]' },
  ],
  [
    'a debit in another currency',
    `${docs}/payments/payment-methods/payment-method-support`,
    'payment_links',
    linkWith('payment_method_types[0]=us_bank_account'),
    { param: 'payment_method_types[0]' },
  ],
  [
    'an unknown way to pay',
    links,
    'payment_links',
    linkWith('payment_method_types[0]=shells'),
    { param: 'payment_method_types[0]' },
  ],
  [
    'a change of an unknown link',
    changes,
    'payment_links/plink_none',
    'active=false',
    { status: 404, code: 'resource_missing' },
  ],
  [
    'a used-up link made active',
    changes,
    'payment_links/:usedUp',
    'active=true',
    { param: 'active' },
  ],
  [
    'other things for an old link',
    changes,
    'payment_links/:link',
    'currency=usd',
    { code: 'parameter_unknown' },
  ],

  [
    'a completed session expired',
    `${docs}/api/checkout/sessions/expire`,
    'checkout/sessions/:complete/expire',
    '',
    { message: 'status of `complete`' },
  ],
  [
    'an unknown session expired',
    `${docs}/api/checkout/sessions/expire`,
    'checkout/sessions/cs_test_none/expire',
    '',
    { status: 404, code: 'resource_missing' },
  ],

  ['a refund of nothing', refunds, 'refunds', 'amount=100', { code: 'parameter_missing' }],
  [
    'a refund of an unknown payment',
    refunds,
    'refunds',
    'payment_intent=pi_none',
    { code: 'resource_missing', param: 'payment_intent' },
  ],
  [
    'a refund of an unknown charge',
    refunds,
    'refunds',
    'charge=ch_none',
    { code: 'resource_missing', param: 'charge' },
  ],
  [
    'a refund of more than the charge',
    refunds,
    'refunds',
    (its) => `payment_intent=${its.intent}&amount=5001`,
    { param: 'amount', message: 'greater than unrefunded amount' },
  ],
  [
    'a refund of none',
    refunds,
    'refunds',
    (its) => `payment_intent=${its.intent}&amount=0`,
    { param: 'amount' },
  ],
  [
    'a refund of less than none',
    refunds,
    'refunds',
    (its) => `payment_intent=${its.intent}&amount=-5`,
    { param: 'amount' },
  ],
  [
    'a refund of half a króna',
    `${currencies}#special-cases`,
    'refunds',
    (its) => `payment_intent=${its.kronas}&amount=150`,
    { param: 'amount' },
  ],
  [
    'a refund of what has gone back',
    refunds,
    'refunds',
    (its) => `payment_intent=${its.refunded}&amount=1`,
    { code: 'charge_already_refunded' },
  ],
  [
    'a refund of what is disputed',
    `${docs}/disputes`,
    'refunds',
    (its) => `payment_intent=${its.disputed}`,
    { code: 'charge_disputed' },
  ],
  [
    'a refund of a debit on its way',
    refunds,
    'refunds',
    (its) => `payment_intent=${its.processing}`,
    { param: 'payment_intent' },
  ],
  [
    'a refund of what was never paid',
    refunds,
    'refunds',
    (its) => `payment_intent=${its.waiting}`,
    { param: 'payment_intent' },
  ],
  [
    "a refund of another payment's charge",
    refunds,
    'refunds',
    (its) => `payment_intent=${its.intent}&charge=ch_none`,
    { param: 'charge' },
  ],

  [
    'an endpoint that is no address',
    endpoints,
    'webhook_endpoints',
    'url=app.test&enabled_events[0]=*',
    { code: 'url_invalid', param: 'url' },
  ],
  [
    'an endpoint for an unknown event',
    endpoints,
    'webhook_endpoints',
    'url=https://app.test&enabled_events[0]=invoice.eaten',
    { param: 'enabled_events[0]' },
  ],
  [
    'an endpoint for nothing',
    endpoints,
    'webhook_endpoints',
    'url=https://app.test',
    { code: 'parameter_missing', param: 'enabled_events' },
  ],
]

// In one test each: every test has a database made for it, and these need none.
test('each bad form is refused, and leaves nothing', async () => {
  for (const [rule, page, call, body, expected] of forms) {
    const about = `${rule} (${page})`
    const path = call.replace(/:(\w+)/, (_, name: keyof Known) => known[name])
    const text = typeof body === 'string' ? body : body(known)
    const events = await scene.told()
    const answer = await refusal(await scene.raw('POST', `/v1/${path}`, text))
    const { message = '', ...fields } = expected
    const usual = { status: 400, type: 'invalid_request_error' }
    expect.soft(answer, about).toMatchObject({ ...usual, ...fields })
    expect.soft(answer.message, about).toContain(message)
    if (answer.code) {
      expect.soft(answer.doc_url, about).toBe(`${codes}#${answer.code.replaceAll('_', '-')}`)
    }
    expect.soft(await scene.told(), about).toEqual(events)
  }
})

const queries: [rule: string, page: string, query: string, refused: Refusal][] = [
  ['a page of none', pages, 'products?limit=0', { param: 'limit' }],
  ['a page of 101', pages, 'products?limit=101', { param: 'limit' }],
  ['a page both ways', pages, 'products?starting_after=a&ending_before=b', {}],
  [
    'a page after what is not there',
    pages,
    'events?starting_after=evt_none',
    { code: 'resource_missing', param: 'starting_after' },
  ],
  ['an unknown filter', codes, 'events?kind=a', { code: 'parameter_unknown', param: 'kind' }],
  ['a time that is none', codes, 'events?created[gte]=yesterday', { param: 'created[gte]' }],
  [
    '21 kinds of events',
    `${docs}/api/events/list`,
    `events?${many(21, (at) => `types[${at}]=a.b${at}`)}`,
    { param: 'types' },
  ],
  ['one kind and several', `${docs}/api/events/list`, 'events?type=a&types[0]=b', {}],
  [
    'sessions of an unknown link',
    `${docs}/api/checkout/sessions/list`,
    'checkout/sessions?payment_link=plink_none',
    { code: 'resource_missing', param: 'payment_link' },
  ],
  [
    'what does not expand',
    `${docs}/expand`,
    'products?expand[0]=data.name',
    { param: 'expand[0]' },
  ],
  ['five levels', `${docs}/expand`, 'charges?expand[0]=data.a.b.c.d', { param: 'expand[0]' }],
  [
    'an unknown object',
    codes,
    'payment_intents/pi_none',
    { status: 404, code: 'resource_missing' },
  ],
  [
    'an unknown address',
    `${docs}/api`,
    'invoices',
    { status: 404, message: 'Unrecognized request URL (GET: /v1/invoices)' },
  ],
]

test('each bad question is refused', async () => {
  for (const [rule, page, query, expected] of queries) {
    const about = `${rule} (${page})`
    const answer = await refusal(await scene.raw('GET', `/v1/${query}`))
    const { message = '', ...fields } = expected
    const usual = { status: 400, type: 'invalid_request_error' }
    expect.soft(answer, about).toMatchObject({ ...usual, ...fields })
    expect.soft(answer.message, about).toContain(message)
  }
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
    await expect(other.paymentLinks.retrieve(known.link)).rejects.toMatchObject({
      code: 'resource_missing',
      statusCode: 404,
    })
    await expect(other.refunds.create({ payment_intent: known.intent })).rejects.toMatchObject({
      code: 'resource_missing',
    })
    expect((await other.events.list()).data).toEqual([])
  })
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
    const { intent } = known
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
