import type { Page } from '@playwright/test'
import { paths } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at } from './support/demo.ts'
import { linkRow, openPortalMenu } from './support/forms.ts'
import { linkIn, mailTo } from './support/inbox.ts'
import { dead, opens, portalPage } from './support/links.ts'
import { signInByMail } from './support/sign-in.ts'
import { expect, someone, someProject, test } from './support/test.ts'

const menu = (page: Page) => page.locator('.top .menu')
const list = at(paths.portals('northwind'))
const search = (page: Page) => page.getByRole('searchbox', { name: 'Search portals' })

const rows = (page: Page) => page.getByRole('row').filter({ has: page.locator('td') })

test('ten thousand portals are searched while somebody types, sorted, and paged through', async ({
  page,
}) => {
  await page.goto(at(paths.signIn))
  await signInByMail(page, 'olga@thousands.example')
  await expect(rows(page)).toHaveCount(50)

  await search(page).pressSequentially('contact4567')
  await expect(rows(page)).toHaveCount(1)
  await expect(rows(page)).toContainText('Project 4567')
  await expect(page.getByRole('status')).toHaveText('1 portal found.')
  await expect(page).toHaveURL(/\?q=contact4567$/)
  await expect(search(page)).toBeFocused()

  await search(page).fill('client 987')
  // 987, and 9871 to 9879; the tenth, 9870, is archived.
  await expect(rows(page)).toHaveCount(10)
  await page.getByRole('link', { name: 'Archived', exact: true }).click()
  await expect(rows(page)).toHaveText([/Project 9870/])
  await expect(search(page)).toHaveValue('client 987')

  await search(page).fill('nobody at all')
  await expect(
    page.getByRole('heading', { name: 'Nothing found for “nobody at all”' }),
  ).toBeVisible()
  await expect(page.getByRole('status')).toHaveText('Nothing found.')
  await page.getByRole('link', { name: 'Clear the search' }).click()
  await expect(rows(page)).toHaveCount(50)
  await expect(search(page)).toHaveValue('')

  const sums = async () =>
    (await rows(page).locator('td:last-child').allTextContents()).map((text) =>
      Number(text.replace(/[^\d.]/g, '')),
    )
  await page.getByRole('link', { name: 'Outstanding' }).click()
  await expect(page.getByRole('columnheader', { name: 'Outstanding' })).toBeVisible()
  const first = await sums()
  await page.getByRole('link', { name: 'More', exact: true }).click()
  await expect(page.getByRole('link', { name: 'To the top' })).toBeVisible()
  const all = [...first, ...(await sums())]
  expect(all).toHaveLength(100)
  expect(all).toEqual([...all].sort((a, b) => b - a))
  expect(all[0]).toBe(1500)

  await page.getByRole('link', { name: 'Last activity' }).click()
  const active = async () =>
    await rows(page)
      .locator('td:nth-child(2) time')
      .evaluateAll((times) => times.map((time) => time.getAttribute('datetime') ?? ''))
  await expect(page.getByRole('link', { name: 'Last activity' })).toHaveAttribute(
    'aria-current',
    'true',
  )
  const newest = await active()
  expect(newest).toEqual([...newest].sort().toReversed())
})

test('an archived portal is read-only for its client, until it is restored', async ({
  maya,
  client,
}) => {
  const contact = someone()
  const portal = await api.openPortal(someProject('Archive'), contact)
  await opens(client, portal.url, portal.project)
  await expect(client.getByText('This portal is archived.')).toHaveCount(0)

  await maya.goto(portalPage(portal))
  await openPortalMenu(maya)
  await expect(menu(maya).getByRole('link', { name: 'Delete' })).toHaveCount(0)
  await menu(maya).getByRole('button', { name: 'Archive' }).click()
  await expect(maya.getByText('Its clients can still read it')).toBeVisible()
  await expect(maya.getByRole('link', { name: 'Invite contact' })).toHaveCount(0)

  await opens(client, portal.url, portal.project)
  await expect(client.getByText('This portal is archived.')).toBeVisible()
  await expect(client.getByText('nothing new can be added')).toBeVisible()

  await maya.goto(`${list}?q=${encodeURIComponent(portal.project)}`)
  await maya.getByRole('link', { name: 'Look among the archived ones' }).click()
  await maya.getByRole('link', { name: portal.project }).click()
  await maya.getByRole('button', { name: 'Restore' }).last().click()
  await expect(maya.getByRole('link', { name: 'Invite contact' })).toBeVisible()
  await opens(client, portal.url, portal.project)
  await expect(client.getByText('This portal is archived.')).toHaveCount(0)
})

test('a deleted portal is gone for everybody, and was asked about first', async ({
  maya,
  client,
}) => {
  const portal = await api.openPortal(someProject('Delete'), someone())
  await api.archive(portal.id)
  await maya.goto(portalPage(portal))
  await openPortalMenu(maya)
  await menu(maya).getByRole('link', { name: 'Delete' }).click()
  await expect(maya.getByRole('heading', { name: 'Delete this portal?' })).toBeVisible()
  await expect(maya.locator('form.card')).toContainText(portal.project)
  await maya.getByRole('link', { name: 'Cancel' }).click()
  await expect(maya).toHaveURL(portalPage(portal))
  await opens(client, portal.url, portal.project)

  await openPortalMenu(maya)
  await menu(maya).getByRole('link', { name: 'Delete' }).click()
  await maya.getByRole('button', { name: 'Delete for good' }).click()
  await expect(maya).toHaveURL(list)
  await dead(client, portal.url)
  const answer = await maya.goto(portalPage(portal))
  expect(answer?.status()).toBe(404)
})

test('a duplicate takes some of its people along, each with a new link', async ({
  maya,
  client,
}) => {
  const [first, accounts, left] = [someone('Robin Vale'), someone('Accounts'), someone('Left Out')]
  const portal = await api.openPortal(someProject('Season'), first)
  await api.invite(portal.id, accounts, { scope: 'billing' })
  await api.invite(portal.id, left)
  await maya.goto(portalPage(portal))
  await openPortalMenu(maya)
  await menu(maya).getByRole('link', { name: 'Duplicate' }).click()
  await expect(maya.getByLabel('Project')).toHaveValue(`${portal.project} (copy)`)
  const project = `${portal.project} again`
  await maya.getByLabel('Project').fill(project)
  await maya.getByLabel('Left Out').uncheck()
  await maya.getByLabel('Email the links now').check()
  await maya.getByRole('button', { name: 'Open the duplicate' }).dblclick()
  await expect(maya.getByRole('heading', { level: 1, name: project })).toBeVisible()
  await expect(linkRow(maya, first)).toContainText('everything')
  await expect(linkRow(maya, accounts)).toContainText('invoices only')
  await expect(linkRow(maya, left)).toHaveCount(0)

  const address = linkIn(await mailTo(first.email, new RegExp(project)))
  expect(address).not.toBe(portal.url)
  await opens(client, address, project)
  await opens(client, portal.url, portal.project)
  const made = (await api.portals()).filter((each) => each.project === project)
  expect(made).toHaveLength(1)
})

test('two people who edit one portal at once both keep what they typed', async ({
  maya,
  browser,
}) => {
  const portal = await api.openPortal(someProject('Edit'), someone())
  await maya.goto(portalPage(portal))
  await openPortalMenu(maya)
  await menu(maya).getByRole('link', { name: 'Edit' }).click()
  const other = await (
    await browser.newContext({ storageState: await maya.context().storageState() })
  ).newPage()
  await other.goto(maya.url())

  await other.getByLabel('Client', { exact: true }).fill('Saved first')
  await other.getByRole('button', { name: 'Save' }).click()
  await expect(other.getByText('Saved first')).toBeVisible()

  const project = someProject('Typed second')
  await maya.getByLabel('Project').fill(project)
  await maya.getByRole('button', { name: 'Save' }).click()
  await expect(maya.getByRole('alert')).toContainText('for Saved first, in USD')
  await expect(maya.getByLabel('Project')).toHaveValue(project)
  await maya.getByLabel('Client', { exact: true }).fill('Saved first')
  await maya.getByRole('button', { name: 'Save' }).click()
  await expect(maya.getByRole('heading', { level: 1, name: project })).toBeVisible()
  await expect(maya.getByText('Saved first')).toBeVisible()
  await other.context().close()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('a portal is found, edited, archived and deleted', async ({ maya, client }) => {
    const portal = await api.openPortal(someProject('Plainly'), someone())
    await maya.goto(list)
    await search(maya).fill(portal.project)
    await maya.getByRole('button', { name: 'Search' }).click()
    await expect(rows(maya)).toHaveCount(1)
    await rows(maya).getByRole('link').click()

    await openPortalMenu(maya)
    await menu(maya).getByRole('link', { name: 'Edit' }).click()
    await maya.getByLabel('Client', { exact: true }).fill('Client by hand')
    await maya.getByRole('button', { name: 'Save' }).click()
    await expect(maya.getByText('Client by hand')).toBeVisible()

    await openPortalMenu(maya)
    await menu(maya).getByRole('button', { name: 'Archive' }).click()
    await openPortalMenu(maya)
    await menu(maya).getByRole('link', { name: 'Delete' }).click()
    await maya.getByRole('button', { name: 'Delete for good' }).click()
    await expect(maya).toHaveURL(list)
    await dead(client, portal.url)
  })
})
