import { eq } from 'drizzle-orm'
import { vi } from 'vitest'
import { stripeAccount } from '../../src/db/schema/payments.ts'
import { changeSecret, connectStripe } from '../../src/features/payments/settings.ts'
import { reconcile } from '../../src/features/payments/reconcile.ts'
import { eventTypes } from '../../src/features/payments/event-types.ts'
import { paths } from '../../src/paths.ts'
import { amounting, issued, type InvoiceJson } from './invoice-scene.ts'
import { openSceneWith, portal } from './link-scene.ts'
import { answerFor } from './outbound.ts'
import { signed, type EventJson } from './stripe-events.ts'
import { stripeOrigin, stripeScene, type StripeScene } from './stripe-scene.ts'
import { studio, world } from './studio-scene.ts'
import type { Tenant } from './world.ts'

/** The local Stripe that the world's Worker asks, and that tells it what happens. */
export let stripe: StripeScene

/** What says the same once more. */
const moreTypes = ['payment_intent.succeeded', 'payment_intent.processing', 'charge.refunded']

/** What names an organisation to Stripe, and Stripe to it. */
export interface Account {
  tenant: Tenant
  endpoint: string
  secret: string
}

/** The studio's own. */
export let account: Account

/**
 * One studio with one portal and one account of Stripe, anew for every test. What it hands back waits
 * until nothing is on its way.
 */
export async function openMoneyScene(): Promise<() => Promise<void>> {
  await openSceneWith({ SETTINGS_KEY: `s1:${'a'.repeat(64)}`, STRIPE_URL: stripeOrigin })
  stripe = stripeScene({ fetch: (request) => world.fetch(request) })
  answerFor(stripeOrigin, (request) => stripe.app.fetch(request))
  account = await connected(studio, 'sk_test_studio0001')
  return () => stripe.app.delivered()
}

export async function connected(tenant: Tenant, key: string): Promise<Account> {
  await connectStripe(tenant.ctx(), { key })
  const [row] = await world
    .ctx()
    .db.select()
    .from(stripeAccount)
    .where(eq(stripeAccount.organizationId, tenant.facts.id))
  const endpoint = row?.endpoint ?? ''
  const url = world.origin + paths.webhooks.stripe(endpoint)
  const { secret } = await stripe.app.connect(key, url, [...eventTypes, ...moreTypes])
  await changeSecret(tenant.ctx(), { secret })
  return { tenant, endpoint, secret }
}

/** An open invoice with a link of this name, which no Stripe has made. */
export async function linked(total: number, link: string): Promise<string> {
  const { id } = await issued(amounting(total))
  await world.env.DB.prepare(
    `insert into payment_link (id, organization_id, portal_id, invoice_id, stripe_id, amount, currency, state, created_at)
    values (?, ?, ?, ?, ?, ?, 'EUR', 'off', 0)`,
  )
    .bind(link, studio.facts.id, portal, id, link, total)
    .run()
  return id
}

/** Until what happened has been told, and done what it asks for. */
export async function quiet(): Promise<void> {
  await stripe.app.delivered()
  await world.minute()
  await stripe.app.delivered()
}

/** An open invoice over 100.00, with the link by which it is paid. */
export async function billed(body: object = amounting(10_000)): Promise<Billed> {
  const invoice = await issued(body)
  await world.minute()
  return { ...invoice, link: await linkOf(invoice.id) }
}

export type Billed = InvoiceJson & { link: Link }
export interface Link {
  stripe_id: string
  url: string
  amount: number
  state: string
}

/** The newest of an invoice's links. */
export async function linkOf(invoice: string): Promise<Link> {
  const row = await world.env.DB.prepare(
    'select stripe_id, url, amount, state from payment_link where invoice_id = ? order by id desc',
  )
    .bind(invoice)
    .first<Link>()
  if (!row) throw new Error('The invoice has no link.')
  return row
}

interface Forged {
  to?: Account
  secret?: string
  at?: number
  header?: string
}

/** An event as Stripe would deliver it, or as somebody else might. */
export async function told(
  event: EventJson | string,
  { to = account, secret = to.secret, at = Date.now(), header }: Forged = {},
): Promise<number> {
  const body = typeof event === 'string' ? event : JSON.stringify(event)
  const answer = await world.request(paths.webhooks.stripe(to.endpoint), {
    method: 'POST',
    body,
    headers: { 'stripe-signature': header ?? (await signed(secret, body, at)) },
  })
  return answer.status
}

/** The hourly run, with the jobs that it asks for. */
export async function hour(): Promise<void> {
  await reconcile({ ...world.ctx(), actor: { kind: 'cron' } })
  await world.minute()
}

export const later = (ms: number) => vi.setSystemTime(Date.now() + ms)

export const rows = async <T>(sql: string, ...params: unknown[]): Promise<T[]> =>
  (
    await world.env.DB.prepare(sql)
      .bind(...params)
      .all<T>()
  ).results

/** What the ledger says of an invoice, without what no two runs have alike. */
export const ledgerOf = (invoice: string) =>
  rows<{ stripe_id: string | null; kind: string; state: string; amount: number }>(
    'select stripe_id, kind, state, amount from payment where invoice_id = ? order by stripe_id, id',
    invoice,
  )
