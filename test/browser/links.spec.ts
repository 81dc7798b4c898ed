import { paths } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at } from './support/demo.ts'
import { linkRow, openMenu } from './support/forms.ts'
import { linkIn, mailTo } from './support/inbox.ts'
import { dead, opens, portalPage } from './support/links.ts'
import { expect, someone, someProject, test } from './support/test.ts'

test('a replaced link is dead at once, and asking from it mails the current one', async ({
  maya,
  client,
}) => {
  const contact = someone()
  const portal = await api.openPortal(someProject('Replace'), contact)
  await maya.goto(portalPage(portal))
  await openMenu(maya, contact)
  await linkRow(maya, contact).getByRole('button', { name: 'Replace' }).click()
  const dialog = maya.getByRole('dialog', { name: 'Replace Robin Vale’s link?' })
  await dialog.getByLabel('Email the new link').uncheck()
  await dialog.getByRole('button', { name: 'Replace' }).click()
  await expect(maya.getByRole('heading', { name: 'New link of Robin Vale' })).toBeVisible()
  const current = await maya.getByLabel('Whoever has this address').inputValue()
  expect(current).not.toBe(portal.url)

  await dead(client, portal.url)
  await client.getByRole('button', { name: 'Ask for a new link' }).click()
  await expect(client.getByRole('status')).toContainText('an email with the new one is on its way')
  const mail = await mailTo(contact.email, /^Your new link to Replace/)
  expect(linkIn(mail)).toBe(current)
  await opens(client, current, portal.project)
})

test('replacing mails the new link if the team wants it', async ({ maya, client }) => {
  const contact = someone()
  const portal = await api.openPortal(someProject('Replace and mail'), contact)
  await maya.goto(portalPage(portal))
  await openMenu(maya, contact)
  await linkRow(maya, contact).getByRole('button', { name: 'Replace' }).click()
  await maya.getByRole('dialog').getByRole('button', { name: 'Replace' }).click()
  const current = await maya.getByLabel('Whoever has this address').inputValue()
  expect(linkIn(await mailTo(contact.email, /^Your new link/))).toBe(current)
  await opens(client, current, portal.project)
})

test('a link that was not mailed is mailed when the team wants it', async ({ maya }) => {
  const contact = someone()
  const portal = await api.openPortal(someProject('Mail later'), contact)
  await maya.goto(portalPage(portal))
  await expect(linkRow(maya, contact)).toContainText('Not emailed')
  await openMenu(maya, contact)
  await linkRow(maya, contact).getByRole('button', { name: 'Email the link' }).click()
  expect(linkIn(await mailTo(contact.email, /Mail later/))).toBe(portal.url)
})

test('a paused link is dead until it is resumed', async ({ maya, client }) => {
  const contact = someone()
  const portal = await api.openPortal(someProject('Pause'), contact)
  await maya.goto(portalPage(portal))

  await openMenu(maya, contact)
  await linkRow(maya, contact).getByRole('button', { name: 'Pause' }).click()
  await expect(linkRow(maya, contact).getByText('Paused', { exact: true })).toBeVisible()
  await dead(client, portal.url)

  await openMenu(maya, contact)
  await linkRow(maya, contact).getByRole('button', { name: 'Resume' }).click()
  await expect(linkRow(maya, contact).getByText('Live', { exact: true })).toBeVisible()
  await opens(client, portal.url, portal.project)
})

test('a link ends at its instant, and asking from it tells the team', async ({ maya, client }) => {
  const contact = someone('Runa Expired')
  const portal = await api.openPortal(someProject('Expire'), contact)
  await opens(client, portal.url, portal.project)
  const expiresAt = new Date(Date.now() + 1500).toISOString()
  expect(await api.changeLink(portal.id, portal.link.id, { expiresAt })).toMatchObject({
    expiresAt,
  })

  await expect
    .poll(async () => (await client.goto(portal.url))?.status(), { intervals: [300] })
    .toBe(404)
  await dead(client, portal.url)
  await client.getByRole('button', { name: 'Ask for a new link' }).click()
  const mail = await mailTo('maya@northwind.example', new RegExp(`to ${portal.project}$`))
  expect(mail.subject).toContain('Runa Expired asks for a new link')
  expect(linkIn(mail)).toBe(portalPage(portal))

  await maya.goto(portalPage(portal))
  await expect(linkRow(maya, contact).getByText('Expired', { exact: true })).toBeVisible()
})

test('the form gives a link a last day and takes it away again', async ({ maya, client }) => {
  const contact = someone()
  const portal = await api.openPortal(someProject('Last day'), contact)
  await maya.goto(portalPage(portal))
  await openMenu(maya, contact)
  await linkRow(maya, contact).getByRole('link', { name: 'Change access' }).click()

  await maya.getByLabel('Last day').fill('2020-02-02')
  await maya.getByRole('button', { name: 'Save' }).click()
  await expect(maya.getByText('The end of the link has to be in the future.')).toBeVisible()

  await maya.getByLabel('Last day').fill('2099-12-31')
  await maya.getByRole('button', { name: 'Save' }).click()
  await expect(linkRow(maya, contact)).toContainText('Last day Dec 31, 2099')
  await client.goto(portal.url)
  await expect(client.getByText('Dec 31, 2099')).toBeVisible()

  await openMenu(maya, contact)
  await linkRow(maya, contact).getByRole('link', { name: 'Change access' }).click()
  await maya.getByLabel('Last day').fill('')
  await maya.getByRole('button', { name: 'Save' }).click()
  await expect(linkRow(maya, contact)).not.toContainText('2099')
})

test('a deleted link is dead for good', async ({ maya, client }) => {
  const contact = someone()
  const portal = await api.openPortal(someProject('Delete'), contact)
  await maya.goto(portalPage(portal))
  await openMenu(maya, contact)
  await linkRow(maya, contact).getByRole('button', { name: 'Delete' }).click()
  await maya.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click()
  await expect(maya.getByRole('dialog')).toBeHidden()
  await opens(client, portal.url, portal.project)

  await openMenu(maya, contact)
  await linkRow(maya, contact).getByRole('button', { name: 'Delete' }).click()
  await maya.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(maya.getByText('Nobody can open this portal now.')).toBeVisible()
  await dead(client, portal.url)
})

test('an invoices-only link shows billing and nothing else', async ({ maya, client }) => {
  const portal = await api.openPortal(someProject('Scope'), someone())
  const accounts = someone('Accounts desk')
  await maya.goto(portalPage(portal))
  await maya.getByRole('link', { name: 'Invite contact' }).click()
  await maya.getByLabel('Name').fill(accounts.name)
  await maya.getByLabel('Email', { exact: true }).fill(accounts.email)
  await maya.getByRole('radio', { name: 'Invoices only' }).check()
  await maya.getByRole('button', { name: 'Create link' }).click()
  await expect(linkRow(maya, accounts)).toContainText('invoices only')

  await opens(client, portal.url, portal.project)
  const panels = client.getByRole('main').getByRole('heading', { level: 2 })
  await expect(panels).toHaveText(['Flight plan', 'Comms', 'Billing', 'Files'])
  await opens(client, linkIn(await mailTo(accounts.email, /Scope/)), portal.project)
  await expect(panels).toHaveText(['Billing'])
})

test('“View as client” shows the page, runs nothing and leaves no mark', async ({ maya }) => {
  const contact = someone()
  const portal = await api.openPortal(someProject('View'), contact)
  await maya.goto(portalPage(portal))
  const sent: string[] = []
  maya.on('request', (request) => sent.push(`${request.method()} ${request.resourceType()}`))
  await linkRow(maya, contact).getByRole('link', { name: 'View as client' }).click()
  await expect(maya.getByRole('heading', { level: 1, name: portal.project })).toBeVisible()
  await expect(maya.getByText('You see this page as Robin Vale does.')).toBeVisible()
  await expect(maya.locator('script, form')).toHaveCount(0)
  expect(await maya.content()).not.toContain(new URL(portal.url).pathname)

  await maya.getByRole('link', { name: 'Back to the dashboard' }).click()
  await expect(linkRow(maya, contact)).toContainText('never opened')
  expect(
    sent.filter((request) => !/^GET (document|stylesheet|script|image|other)$/.test(request)),
  ).toEqual([])
  expect((await api.links(portal.id))[0]).toMatchObject({ seenCount: 0, lastSeenAt: null })
})

test('“Copy link” copies the address, and no list ever shows it', async ({ maya, client }) => {
  const contact = someone()
  const portal = await api.openPortal(someProject('Reveal'), contact)
  const { pathname } = new URL(portal.url)
  await maya.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  for (const page of [portalPage(portal), at(paths.portals('northwind'))]) {
    await maya.goto(page)
    await expect(maya.getByText(portal.project)).not.toHaveCount(0)
    expect(await maya.content()).not.toContain(pathname)
  }

  await maya.goto(portalPage(portal))
  await linkRow(maya, contact).getByRole('button', { name: 'Copy link' }).click()
  await expect(linkRow(maya, contact).getByRole('button', { name: 'Copied' })).toBeVisible()
  const copied = await maya.evaluate(() => navigator.clipboard.readText())
  expect(copied).toBe(portal.url)
  await opens(client, copied, portal.project)
})

test('where nothing can be copied, “Copy link” leads to the address', async ({ maya }) => {
  const contact = someone()
  const portal = await api.openPortal(someProject('Reveal on a page'), contact)
  await maya.addInitScript(() => {
    navigator.clipboard.write = () => Promise.reject(new Error('Not allowed.'))
  })
  await maya.goto(portalPage(portal))
  await linkRow(maya, contact).getByRole('button', { name: 'Copy link' }).click()
  await expect(maya.getByRole('heading', { name: 'Link of Robin Vale' })).toBeVisible()
  await expect(maya.getByLabel('Whoever has this address')).toHaveValue(portal.url)
})

test('a bounce is shown beside the link and on the Emails page, to be tried again', async ({
  maya,
}) => {
  const contact = someone('Bea Bounce', 'bounce.example')
  const portal = await api.openPortal(someProject('Bounce'), contact, true)
  await mailTo(contact.email, /Bounce/)
  await expect(async () => {
    await maya.goto(portalPage(portal))
    await expect(linkRow(maya, contact).getByText('Email bounced')).toBeVisible({ timeout: 500 })
  }).toPass()
  await expect(linkRow(maya, contact)).toContainText('550 5.1.1')

  await maya.goto(`${at(paths.emails('northwind'))}?attention=1`)
  const failed = maya.getByRole('row').filter({ hasText: contact.email })
  await expect(failed).toContainText('Bounced')
  await failed.getByRole('button', { name: 'Try again' }).click()
  await expect(failed).toHaveCount(2)
  await expect(failed.getByText('Tried again')).toHaveCount(1)
  await expect
    .poll(async () => (await api.emailsTo(contact.email)).map(({ status }) => status))
    .toEqual(['bounced', 'bounced'])
})
