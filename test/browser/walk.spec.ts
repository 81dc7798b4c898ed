import { paths } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at, demo } from './support/demo.ts'
import { fillNewPortal } from './support/forms.ts'
import { linkIn, mailTo } from './support/inbox.ts'
import { signInByMail } from './support/sign-in.ts'
import { expect, someone, someProject, test } from './support/test.ts'

test('a portal is opened by the form, and the client is in with one click', async ({
  page,
  client,
}) => {
  const contact = someone('Ada Lindqvist')
  const project = someProject('Harbour film')

  await page.goto(at(paths.home))
  await signInByMail(page, 'maya@northwind.example')
  // She works in two organisations.
  await page.getByRole('link', { name: 'Northwind Studio' }).click()
  await expect(page.getByRole('heading', { name: 'Portals' })).toBeVisible()

  await page.getByRole('link', { name: 'New portal' }).click()
  await fillNewPortal(page, { project, client: 'Lindqvist & Daughters', contact })
  await page.getByRole('button', { name: 'Open portal' }).click()
  await expect(page.getByRole('heading', { name: project })).toBeVisible()
  await expect(page.getByText('never opened')).toBeVisible()

  const mail = await mailTo(contact.email, new RegExp(project))
  const address = linkIn(mail)

  await client.goto(`${demo().mailUrl}/messages/${mail.id}`)
  const letter = client.frameLocator('iframe[title="The mail as HTML"]')
  await expect(letter.getByRole('heading', { level: 1 })).toContainText(project)
  const opened = client.waitForEvent('popup')
  await letter.getByRole('link', { name: 'Open the portal' }).click()
  const portal = await opened
  await expect(portal).toHaveURL(address)
  await expect(portal.getByRole('heading', { level: 1, name: project })).toBeVisible()
  await expect(portal.getByText('for Lindqvist & Daughters')).toBeVisible()
  await expect(portal.getByText('Ada Lindqvist').first()).toBeVisible()
  await expect(portal.getByText('Northwind Studio', { exact: true })).toBeVisible()

  await expect(async () => {
    await page.reload()
    await expect(page.getByText('opened once')).toBeVisible({ timeout: 500 })
    await expect(page.getByText('Email delivered')).toBeVisible({ timeout: 500 })
  }).toPass()
  await page.getByRole('link', { name: 'Portals' }).first().click()
  const row = page.getByRole('row').filter({ hasText: project })
  await expect(row).toContainText('Ada Lindqvist')
  await expect(row).not.toContainText('Never')
})

test('the same through the API with the demo’s key', async ({ client }) => {
  const contact = someone('Bo Sandberg')
  const project = someProject('Map of the archipelago')
  const portal = await api.openPortal(project, contact, true)
  expect(portal.link).toMatchObject({ contact, state: 'live', scope: 'all', seenCount: 0 })

  const address = linkIn(await mailTo(contact.email, new RegExp(project)))
  expect(address).toBe(portal.url)

  await client.goto(address)
  await expect(client.getByRole('heading', { level: 1, name: project })).toBeVisible()
  await expect(client.getByText('Bo Sandberg').first()).toBeVisible()

  await expect.poll(async () => (await api.links(portal.id))[0]?.seenCount).toBe(1)
  const listed = (await api.portals()).find(({ id }) => id === portal.id)
  expect(listed?.lastSeenAt).toEqual(expect.any(String))
})

test('the link that npm start prints opens Jane Cooper’s page', async ({ page }) => {
  await page.goto(demo().portalUrl ?? '')
  await expect(page.getByRole('heading', { level: 1, name: 'Website relaunch' })).toBeVisible()
  await expect(page.getByText('Jane Cooper').first()).toBeVisible()
})
