import type { Page } from '@playwright/test'
import * as z from 'zod/mini'
import { paths } from '../../src/paths.ts'
import { startProduct, type Product } from './support/product.ts'
import { expect, test } from './support/test.ts'

// In a product of its own: what keeps webhooks back keeps everybody's.
test.describe.configure({ mode: 'serial' })

let product: Product
let maya: Page

test.beforeAll(async ({ browser }) => {
  test.setTimeout(200_000)
  product = await startProduct('--no-ticks')
  maya = await browser.newPage()
  await maya.goto(product.demo.signInUrl)
  await maya.getByRole('button', { name: 'Sign in' }).click()
})
test.afterAll(async () => {
  await maya.close()
  await product.stop()
})

async function post(url: string, body: object, key?: string): Promise<unknown> {
  const answer = await fetch(url, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(key === undefined ? {} : { authorization: `Bearer ${key}` }),
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${url} was answered with ${answer.status}.`)
  return answer.json()
}

const api = (path: string, body: object) =>
  post(product.demo.url + path, body, product.demo.apiKey ?? '')
const stripe = (deed: string, body: object) => post(`${product.demo.stripeUrl}/test/${deed}`, body)
const cron = () => post(product.demo.cronUrl, { now: new Date().toISOString() })

const opened = z.object({ id: z.string(), links: z.array(z.object({ url: z.url() })) })
const made = z.object({ id: z.string() })

interface Billed {
  portal: string
  invoice: string
  /** The invoice on the client's page. */
  page: string
}

/** An invoice over 120.00 euros that its client has before them. */
async function billed(project: string): Promise<Billed> {
  const portal = opened.parse(
    await api(paths.api.portals, {
      project,
      client: 'Halcyon Coffee',
      currency: 'EUR',
      contact: { name: 'Jane Cooper', email: 'jane@halcyon.example' },
      send: false,
    }),
  )
  const lines = [{ description: 'Design', quantity: '1', unitAmount: 10_000, taxRate: '20' }]
  const { id } = made.parse(await api(paths.api.invoicesOf(portal.id), { lines }))
  await api(paths.api.invoiceAction(portal.id, id, 'issue'), { send: false })
  const token = portal.links[0]?.url.slice(-64) ?? ''
  return {
    portal: portal.id,
    invoice: id,
    page: product.demo.url + paths.clientInvoice(token, id),
  }
}

/** Pays on Stripe's page; the name of the payment there. */
async function pay(client: Page, { page }: Billed, button: RegExp): Promise<void> {
  await client.goto(page)
  await client.getByRole('link', { name: 'Pay now' }).click()
  await client.getByRole('button', { name: button }).click()
  await expect(client.getByRole('heading', { name: /^Invoice INV-/ })).toBeVisible()
}

/** The team's page of it, once the ledger says this. */
async function teamSees({ portal, invoice }: Billed, ...texts: (string | RegExp)[]) {
  await expect(async () => {
    await maya.goto(product.demo.url + paths.invoice('northwind', portal, invoice))
    for (const text of texts) {
      await expect(maya.getByText(text).first()).toBeVisible({ timeout: 500 })
    }
  }).toPass()
}

/** Stripe's name of what the demo's account was paid last. */
async function lastPayment(): Promise<string> {
  const answer = await fetch(`${product.demo.stripeUrl}/v1/payment_intents?limit=1`, {
    headers: { authorization: 'Bearer rk_test_northwind_demo' },
  })
  const { data } = z.object({ data: z.array(made) }).parse(await answer.json())
  return data[0]?.id ?? ''
}

test('a debit is on its way for days, then paid, on both sides', async ({ client }) => {
  const bill = await billed('Settles later')
  await pay(client, bill, /settles or fails later/)
  await teamSees(bill, 'Payment by bank debit (Stripe)', 'Processing')
  await client.goto(bill.page)
  await expect(client.getByText(/are on their way/)).toBeVisible()
  await expect(client.getByRole('link', { name: 'Pay now' })).toHaveCount(0)
  await stripe('settle', { payment_intent: await lastPayment() })
  await teamSees(bill, 'Settled.')
  await client.goto(bill.page)
  await expect(client.getByText('Paid. Thank you')).toBeVisible()
})

test('a debit that fails says why, and is asked for anew', async ({ client }) => {
  const bill = await billed('Fails later')
  await pay(client, bill, /settles or fails later/)
  await teamSees(bill, 'Processing')
  await stripe('fail', { payment_intent: await lastPayment() })
  await teamSees(bill, 'Payment by bank debit (Stripe)', /Failed/)
  await client.goto(bill.page)
  await expect(client.getByText(/did not go through/)).toBeVisible()
  await pay(client, bill, /by card/)
  await teamSees(bill, 'Settled.')
})

test('a refund goes back through Stripe, on its way first', async ({ client }) => {
  const bill = await billed('Refunded')
  await pay(client, bill, /by card/)
  await teamSees(bill, 'Settled.')
  await stripe('pending-refunds', { pending: true })
  await maya.getByText('Refund', { exact: true }).click()
  await maya.getByLabel('Amount given back').fill('20.00')
  await maya.getByRole('button', { name: 'Refund through Stripe' }).click()
  await teamSees(bill, 'Refund (Stripe)', 'On its way')
  const answer = await fetch(`${product.demo.stripeUrl}/v1/refunds?limit=1`, {
    headers: { authorization: 'Bearer rk_test_northwind_demo' },
  })
  const { data } = z.object({ data: z.array(made) }).parse(await answer.json())
  await stripe('settle-refund', { refund: data[0]?.id })
  await stripe('pending-refunds', { pending: false })
  await expect(async () => {
    await maya.reload()
    await expect(maya.getByText('Refund (Stripe)')).toBeVisible({ timeout: 500 })
    await expect(maya.getByText('On its way')).toHaveCount(0, { timeout: 500 })
  }).toPass()
  await client.goto(bill.page)
  await expect(client.getByText('Paid back to you')).toBeVisible()
})

test('a payment whose webhook was lost is found within the hour', async ({ client }) => {
  const bill = await billed('Lost and found')
  await stripe('pause-webhooks', { paused: true })
  await pay(client, bill, /by card/)
  await stripe('pause-webhooks', { paused: false })
  await teamSees(bill, /to pay by/)
  await cron()
  await teamSees(bill, 'Settled.')
  await client.goto(bill.page)
  await expect(client.getByText('Paid. Thank you')).toBeVisible()
})
