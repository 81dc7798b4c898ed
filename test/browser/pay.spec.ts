import type { Page } from '@playwright/test'
import { paths } from '../../src/paths.ts'
import { api, call } from './support/api.ts'
import { at } from './support/demo.ts'
import { linkIn, mailTo } from './support/inbox.ts'
import { expect, someone, someProject, test } from './support/test.ts'

async function billed(what: string) {
  const portal = await api.openPortal(someProject(what), someone())
  const invoice = await api.draft(portal.id, 'Design', 100_000)
  await api.issue(portal.id, invoice)
  return { ...portal, invoice, token: portal.url.slice(-64) }
}

/** At Stripe's page, past the moment in which its link is made. */
const atStripe = (page: Page) =>
  expect(page.getByRole('heading', { name: 'How should this payment go?' })).toBeVisible()

test('a client pays by card, and comes back to a page that knows', async ({ client }) => {
  const { url } = await billed('Paid by card')
  await client.goto(url)
  await client.getByRole('link', { name: /^Pay now: INV-/ }).click()
  await atStripe(client)
  await expect(client.getByText('$1,200.00').first()).toBeVisible()
  await client.getByRole('button', { name: 'by card' }).click()
  await expect(client.getByRole('heading', { name: /^Invoice INV-/ })).toBeVisible()
  await expect(client.getByText(/being confirmed|Paid\. Thank you/)).toBeVisible()
  await expect(client.getByRole('link', { name: 'Pay now' })).toHaveCount(0)
})

test('an invoice is paid from its mail, and both sides and the inbox know', async ({
  client,
  maya,
}) => {
  const contact = someone()
  const portal = await api.openPortal(someProject('Paid from the mail'), contact)
  const invoice = await api.draft(portal.id, 'Design', 100_000)
  await call('POST', paths.api.invoiceAction(portal.id, invoice, 'issue'), { send: true })
  const mail = await mailTo(contact.email, /^Invoice INV-/)
  await client.goto(linkIn(mail, /https?:\/\/\S+\/invoice\/[0-9a-f]{64}\/pay$/m))
  await atStripe(client)
  await client.getByRole('button', { name: 'by card' }).click()
  await expect(client.getByRole('heading', { name: /^Invoice INV-/ })).toBeVisible()
  await expect(client.getByText('Paid. Thank you')).toBeVisible()
  await mailTo(contact.email, /^Receipt for INV-/)
  await maya.goto(at(paths.invoice('northwind', portal.id, invoice)))
  await expect(maya.getByText('Settled.')).toBeVisible()
})

test('a declined card and a closed tab leave it to be paid', async ({ client }) => {
  const { token, invoice } = await billed('Declined')
  const page = at(paths.clientInvoice(token, invoice))
  await client.goto(page)
  await client.getByRole('link', { name: 'Pay now' }).click()
  await atStripe(client)
  await client.getByRole('button', { name: 'Card is declined' }).click()
  await expect(client.getByRole('alert')).toContainText('declined')
  // Somebody thinks better of it.
  await client.goto(page)
  await expect(client.getByText('is due by')).toBeVisible()
  await client.getByRole('link', { name: 'Pay now' }).click()
  await atStripe(client)
})

test('a milestone is signed off and paid in one go', async ({ client }) => {
  const { id, url } = await api.openPortal(someProject('Signed off'), someone())
  const made = await call('POST', paths.api.milestones(id), { title: 'Design', amount: 50_000 })
  const milestone = String(Object(made).id)
  await call('POST', paths.api.requestApproval(id, milestone))
  await client.goto(url)
  await client.getByRole('button', { name: 'Approve and pay $500.00' }).click()
  await atStripe(client)
  await client.goto(url)
  await expect(client.getByText('Approved by you')).toBeVisible()
  await client.getByRole('link', { name: /^Pay now: INV-/ }).click()
  await atStripe(client)
})
