import type { Page } from '@playwright/test'
import { paths } from '../../src/paths.ts'
import { api, call } from './support/api.ts'
import { at, demo } from './support/demo.ts'
import { mailTo } from './support/inbox.ts'
import { expect, someone, someProject, test } from './support/test.ts'

/** A portal with one open invoice, and whoever may pay it. */
async function billed(what: string) {
  const contact = someone()
  const portal = await api.openPortal(someProject(what), contact)
  const invoice = await api.draft(portal.id, 'Design', 400_000)
  await api.issue(portal.id, invoice)
  const team = at(paths.invoice('northwind', portal.id, invoice))
  return { contact, portal, invoice, team }
}

/** What the team sends at once is drained by the cron, if nothing was faster. */
async function cron(): Promise<void> {
  const ran = await fetch(demo().cronUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now: new Date(Date.now() + 60_000).toISOString() }),
  })
  expect(ran.ok).toBe(true)
}

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)

async function willPay(page: Page, day: string) {
  await page.getByLabel('I’ll pay on').fill(day)
  await page.getByRole('button', { name: 'Tell them the day' }).click()
}

test('a client follows a reminder, says when they will pay, and the team sees it', async ({
  maya,
  client,
}) => {
  const { contact, team } = await billed('Reminded')
  await maya.goto(team)
  await maya.getByRole('button', { name: 'Send a reminder now' }).click()
  await cron()
  const mail = await mailTo(contact.email, /is due on/)
  await client.setContent(mail.html)
  const later = client.getByRole('link', { name: 'Say when you will pay' })
  await client.goto((await later.getAttribute('href')) ?? '')
  await expect(client).toHaveURL(/\/invoice\/[0-9a-f]{64}#later$/)
  await willPay(client, inDays(10))
  await expect(client.getByText('You said that you will pay on')).toBeVisible()
  await expect(client).toHaveURL(/\/invoice\/[0-9a-f]{64}#answer$/)

  await maya.reload()
  await expect(maya.getByText('The client says that they will pay on')).toBeVisible()
  await expect(maya.getByText('Reminders wait until')).toBeVisible()
  await maya.getByRole('button', { name: 'Clear this answer' }).click()
  await expect(maya.getByText('The next goes out on')).toBeVisible()
})

test('a client says on their page what is wrong, and reminders stop until it was seen to', async ({
  maya,
  client,
}) => {
  const { portal, team } = await billed('Disputed')
  await client.goto(portal.url)
  await client.getByRole('link', { name: /^There is a problem: INV-/ }).click()
  const problem = client.getByLabel('There is a problem with it')
  await expect(problem).toBeInViewport()
  await problem.fill('We agreed on half of it.')
  await client.getByRole('button', { name: 'Tell them what is wrong' }).click()
  await expect(client.getByText('Nobody reminds you until that is settled.')).toBeVisible()
  await client.goto(portal.url)
  await expect(client.getByText('You said that there is a problem with it.')).toBeVisible()

  await maya.goto(team)
  await expect(maya.getByText('We agreed on half of it.')).toBeVisible()
  await maya.getByRole('button', { name: 'I saw to it' }).click()
  await expect(maya.getByText('The next goes out on')).toBeVisible()
  await maya.getByRole('button', { name: 'Pause reminders' }).click()
  await expect(maya.getByText('Reminders of this invoice are paused.')).toBeVisible()
})

test('answers work without a script, and come back with what was typed', async ({ browser }) => {
  const { portal, invoice } = await billed('Scriptless')
  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  const token = portal.url.slice(-64)
  await page.goto(at(paths.clientInvoice(token, invoice)))
  // Past what the field's own limits let through.
  await page.getByLabel('I’ll pay on').evaluate((field) => field.removeAttribute('max'))
  await willPay(page, inDays(90))
  await expect(page.getByText('Choose a day within the next 60 days.')).toBeVisible()
  await expect(page.getByLabel('I’ll pay on')).toHaveValue(inDays(90))
  await page.getByLabel('I’ll pay on').fill(inDays(5))
  await page.getByRole('button', { name: 'Tell them the day' }).click()
  await expect(page.getByText('You said that you will pay on')).toBeVisible()
  await call('POST', paths.api.invoiceAction(portal.id, invoice, 'clear-answer'))
  await page.reload()
  await expect(page.getByText('You said that you will pay on')).toBeHidden()
  await context.close()
})
