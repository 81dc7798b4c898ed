import { createStripeApp, type StripeApp } from '../../dev/stripe/app.ts'
import { connectStripe } from '../../src/features/payments/settings.ts'
import { paths } from '../../src/paths.ts'

import { openInvoiceScene, studio, world } from './invoice-scene.ts'
import { create, token } from './link-scene.ts'
import { answerFor } from './outbound.ts'
import type { Tenant } from './world.ts'

export const stripeUrl = 'http://127.0.0.1:12112'
export const stripeKey = 'rk_test_studio0001'
export const settingsKey = `s1:${'0123456789abcdef'.repeat(4)}`

export let stripe: StripeApp
/** A client's token to everything. */
export let jane: string

/** How the local Stripe answers instead of itself, when a test wants that. */
export let intercept: ((request: Request) => Response | undefined) | undefined
export const interceptWith = (how: typeof intercept) => (intercept = how)

/** A studio whose account is connected, a portal, and a client. */
export async function openPayScene(): Promise<void> {
  await openInvoiceScene()
  intercept = undefined
  stripe = createStripeApp({
    url: stripeUrl,
    retryAfterMs: [],
    fetch: (request) => world.fetch(request),
    intercept: (request) => intercept?.(request),
  })
  stripeIs('up')
  Object.assign(world.env, { SETTINGS_KEY: settingsKey, STRIPE_URL: stripeUrl })
  world.restarted()
  jane = token((await create({ send: false })).url)
  await connect()
}

export const stripeIs = (state: 'up' | 'down') =>
  answerFor(stripeUrl, state === 'up' ? (request) => stripe.fetch(request) : undefined)

export async function connect(key = stripeKey, tenant: Tenant = studio): Promise<void> {
  const answer = await connectStripe(tenant.ctx(), { key })
  if (!answer.ok) throw new Error(JSON.stringify(answer.failure))
  await world.minute()
}

export interface LinkRow {
  id: string
  stripe_id: string | null
  url: string | null
  account_id: string | null
  amount: number
  state: 'making' | 'active' | 'off'
}

/** An invoice's links, the oldest first. */
export async function linksOf(invoice: string): Promise<LinkRow[]> {
  const { results } = await world.env.DB.prepare(
    'select * from payment_link where invoice_id = ? order by id',
  )
    .bind(invoice)
    .all<LinkRow>()
  return results
}

/** What Stripe itself says of a link. */
export async function atStripe(stripeId: string | null | undefined, key = stripeKey) {
  const answer = await stripe.request(`${stripeUrl}/v1/payment_links/${stripeId}`, {
    headers: { authorization: `Bearer ${key}` },
  })
  return answer.json<{
    active: boolean
    restrictions: { completed_sessions: { limit: number } } | null
    metadata: Record<string, string>
    after_completion: { redirect?: { url: string } }
  }>()
}

export async function jobs(): Promise<{ kind: string; error: string | null; attempts: number }[]> {
  const { results } = await world.env.DB.prepare(
    "select kind, error, attempts from job where kind like 'link%' order by id",
  ).all<{ kind: string; error: string | null; attempts: number }>()
  return results
}

/** "Pay now", as a browser follows it; the answer is not followed any further. */
export const payNow = (invoice: string, by = jane) => world.request(paths.clientPay(by, invoice))

/** Opens the page of a link at the local Stripe and sends its form. */
export async function payAtStripe(url: string, outcome: 'card' | 'decline' | 'debit') {
  const page = await (await stripe.request(url)).text()
  const session = /name="session" value="(cs_test_\w+)"/.exec(page)?.[1] ?? ''
  return stripe.request(url, {
    method: 'POST',
    body: new URLSearchParams({ session, outcome }),
  })
}
