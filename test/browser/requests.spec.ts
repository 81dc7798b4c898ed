import type { Page } from '@playwright/test'
import { paths } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at, demo } from './support/demo.ts'
import { mailsTo, mailTo } from './support/inbox.ts'
import { opens } from './support/links.ts'
import { expect, someone, someProject, test } from './support/test.ts'

const requests = (portal: { id: string }) => at(paths.fileRequests('northwind', portal.id))
const asked = (page: Page) => page.getByRole('list', { name: 'Files you are asked for' })

/** The cron, so many minutes from now. */
async function cron(ahead: number): Promise<void> {
  const now = new Date(Date.now() + ahead * 60_000).toISOString()
  const ran = await fetch(demo().cronUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now }),
  })
  expect(ran.ok).toBe(true)
}

async function ask(
  page: Page,
  title: string,
  { note, due }: { note?: string; due?: string } = {},
): Promise<void> {
  await page.getByLabel('What you need').fill(title)
  if (note) await page.getByLabel('Note').fill(note)
  if (due) await page.getByLabel('Due day').fill(due)
  await page.getByRole('button', { name: 'Ask for it' }).click()
  await expect(page.getByRole('button', { name: `Close the request for ${title}` })).toBeVisible()
}

test('the team asks, the client is mailed and sees it, and closing takes it back', async ({
  maya,
  client,
}) => {
  const contact = someone('Cleo Client')
  const portal = await api.openPortal(someProject('Asking'), contact)
  await maya.goto(at(paths.portalOf('northwind', portal.id)))
  await maya.getByRole('link', { name: 'Requests' }).click()
  await expect(maya.getByText('Nothing is asked for.')).toBeVisible()
  await ask(maya, 'Logo, vector format', { note: 'SVG or EPS.', due: '2026-01-05' })
  await expect(maya.getByText('Late', { exact: true })).toBeVisible()

  await cron(6)
  const mail = await mailTo(contact.email, /is waiting for: Logo, vector format/)
  expect(mail.text).toContain('SVG or EPS.')
  await client.setContent(mail.html)
  const there = await client.getByRole('link', { name: 'Send the file' }).getAttribute('href')
  await opens(client, there ?? '', portal.project)
  await expect(asked(client)).toContainText('Maya Ortiz asked for Logo, vector format')
  await expect(asked(client)).toContainText('Was due')

  await client.getByText('Upload Logo, vector format').click()
  const form = asked(client).locator('form')
  await expect(form.getByLabel('Choose Logo, vector format')).toBeVisible()
  await expect(form).toHaveAttribute('action', /\/portal\/[0-9a-f]{64}\/files$/)

  await maya.getByRole('button', { name: 'Close the request for Logo, vector format' }).click()
  await expect(maya.getByText('Closed', { exact: true })).toBeVisible()
  await client.reload()
  await expect(asked(client)).toHaveCount(0)

  await maya.getByRole('button', { name: 'Ask again for Logo, vector format' }).click()
  await expect(
    maya.getByRole('button', { name: 'Close the request for Logo, vector format' }),
  ).toBeVisible()
  await client.reload()
  await expect(asked(client)).toBeVisible()
  await cron(12)
  await expect
    .poll(
      async () =>
        (await mailsTo(contact.email)).filter(({ subject }) => subject.includes('waiting')).length,
    )
    .toBe(2)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('asking, closing and finding the form to send it work', async ({ page, maya, client }) => {
    const portal = await api.openPortal(someProject('Asking plainly'), someone())
    await page.context().addCookies(await maya.context().cookies())
    await page.goto(requests(portal))
    await ask(page, 'Menu')
    await opens(client, portal.url, portal.project)
    await client.getByText('Upload Menu').click()
    await expect(client.getByLabel('Choose Menu')).toBeVisible()
    await page.getByRole('button', { name: 'Close the request for Menu' }).click()
    await expect(page.getByText('Closed', { exact: true })).toBeVisible()
  })
})
