import type { Page } from '@playwright/test'
import { paths } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at } from './support/demo.ts'
import { linkIn, mailTo } from './support/inbox.ts'
import { signInByMail } from './support/sign-in.ts'
import { forge, invite, invited, memberRow, openMember, openSwitch } from './support/team.ts'
import { expect, someone, someProject, test } from './support/test.ts'

const teamPage = at(paths.team('northwind'))

/** By the mail into the team, as a person would. */
async function joinByMail(page: Page, address: string, name: string): Promise<void> {
  await page.goto(address)
  await page.getByLabel('Your name').fill(name)
  await page.getByRole('button', { name: 'Join' }).click()
  await expect(page.getByRole('heading', { name: 'Portals' })).toBeVisible()
}

/** The id of a member, out of the forms that somebody else's page has about them. */
async function memberId(page: Page, email: string): Promise<string> {
  const form = memberRow(page, email).locator('form').first()
  return /members\/([^/]+)\//.exec((await form.getAttribute('action')) ?? '')?.[1] ?? ''
}

const act = (id: string, action: 'role' | 'remove' | 'transfer') =>
  paths.memberAction('northwind', id, action)

test('an owner, an admin and a member come in by mail, each to what their role may', async ({
  maya,
  browser,
}) => {
  const people = (['Owner', 'Admin', 'Member'] as const).map((role) => {
    const { name, email } = someone(`Nora ${role}`, 'colleague.example')
    return { role, name, email }
  })
  const pages = new Map<string, Page>()
  const portal = await api.openPortal(someProject('Roles'), someone())

  for (const { role, name, email } of people) {
    await maya.goto(teamPage)
    await invite(maya, email, role)
    await expect(maya.getByRole('listitem').filter({ hasText: email })).toContainText(role)
    const mail = await mailTo(email, /^Maya Ortiz invites you to Northwind Studio$/)
    const page = await (await browser.newContext()).newPage()
    const address = linkIn(mail)
    await joinByMail(page, address, name)
    pages.set(role, page)
    await page.goto(address)
    await expect(page.getByRole('heading', { name: 'no longer works' })).toBeVisible()
    await page.goto(teamPage)
    await expect(memberRow(page, email)).toContainText('(you)')
    await expect(memberRow(page, email)).toContainText(role)
  }

  await maya.goto(teamPage)
  const [owner = '', admin = '', member = ''] = await Promise.all(
    people.map(({ email }) => memberId(maya, email)),
  )
  const at = (role: string) => {
    const page = pages.get(role)
    if (!page) throw new Error(`Nobody came as ${role}.`)
    return page
  }
  const emailOf = (role: string) => people.find((one) => one.role === role)?.email ?? ''

  await test.step('a member sees the team and may change nothing of it', async () => {
    const page = at('Member')
    await expect(page.getByRole('button', { name: 'Send invitation' })).toHaveCount(0)
    await expect(page.locator('summary').filter({ hasText: 'More' })).toHaveCount(0)
    await expect(page.getByRole('row', { name: 'Replace a link' })).toContainText('No')
    for (const [path, form] of [
      [paths.invitations('northwind'), { email: 'x@colleague.example', role: 'member' }],
      [act(admin, 'role'), { role: 'member' }],
      [act(member, 'role'), { role: 'owner' }],
      [act(owner, 'remove'), {}],
      [act(member, 'transfer'), {}],
      [paths.linkAction('northwind', portal.id, portal.link.id, 'reveal'), {}],
      [paths.linkAction('northwind', portal.id, portal.link.id, 'delete'), {}],
    ] as const) {
      expect(await forge(page, path, form), path).toBe(403)
    }
  })

  await test.step('an admin runs the team, but no owner', async () => {
    const page = at('Admin')
    // They came before the member did.
    await page.reload()
    await expect(page.getByRole('button', { name: 'Send invitation' })).toBeVisible()
    await expect(memberRow(page, emailOf('Owner')).getByText('More')).toHaveCount(0)
    await expect(page.getByLabel('Role', { exact: true }).first()).not.toContainText('Owner')
    for (const [path, form] of [
      [paths.invitations('northwind'), { email: 'x@colleague.example', role: 'owner' }],
      [act(member, 'role'), { role: 'owner' }],
      [act(admin, 'role'), { role: 'owner' }],
      [act(owner, 'role'), { role: 'member' }],
      [act(owner, 'remove'), {}],
      [act(member, 'transfer'), {}],
    ] as const) {
      expect(await forge(page, path, form), path).toBe(403)
    }
    await openMember(page, emailOf('Member'))
    await page.getByRole('button', { name: 'Change role' }).click()
    await page.getByRole('dialog').getByLabel('Admin').check()
    await page.getByRole('dialog').getByRole('button', { name: 'Change role' }).click()
    await expect(memberRow(page, emailOf('Member'))).toContainText('Admin')
  })

  await test.step('an owner may all of it: the removed one’s open tab finds nothing', async () => {
    const page = at('Owner')
    await page.goto(teamPage)
    await openMember(page, emailOf('Member'))
    await page.getByRole('button', { name: 'Remove' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect(memberRow(page, emailOf('Member'))).toHaveCount(0)
    const tab = at('Member')
    await tab.getByRole('link', { name: 'Portals' }).first().click()
    await expect(tab.getByRole('heading', { name: 'Not found' })).toBeVisible()
  })

  await test.step('ownership is handed on, and the admin that is left leaves', async () => {
    const page = at('Owner')
    await openMember(page, emailOf('Admin'))
    await page.getByRole('button', { name: 'Transfer ownership' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Transfer' }).click()
    await expect(memberRow(page, emailOf('Owner'))).toContainText('Admin')
    await expect(memberRow(page, emailOf('Admin'))).toContainText('Owner')
    await page.getByRole('button', { name: 'Leave' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
    await expect(page.getByRole('heading', { name: 'No organisation yet' })).toBeVisible()
  })

  for (const page of pages.values()) await page.context().close()
})

test('one person works in two organisations in two tabs at once', async ({ maya }) => {
  const northwind = maya
  const fjord = await maya.context().newPage()
  await northwind.goto(at(paths.dashboard))
  await northwind.getByRole('link', { name: 'Northwind Studio' }).click()
  await fjord.goto(northwind.url())
  await openSwitch(fjord)
  await fjord.getByRole('link', { name: 'Fjord & Field' }).click()
  await expect(fjord.getByText('Visitor centre')).toBeVisible()

  const names = { northwind: someProject('For Northwind'), fjord: someProject('For Fjord') }
  const fill = async (page: Page, project: string) => {
    await page.getByRole('link', { name: 'New portal' }).click()
    await page.getByLabel('Project').fill(project)
    await page.getByLabel('Client', { exact: true }).fill('Client')
    await page.getByLabel('Name', { exact: true }).fill('Robin Vale')
    await page.getByLabel('Email', { exact: true }).fill(someone().email)
    await page.getByLabel('Email the link now').uncheck()
  }
  // Both forms are open before either is sent.
  await fill(northwind, names.northwind)
  await fill(fjord, names.fjord)
  for (const page of [northwind, fjord]) {
    await page.getByRole('button', { name: 'Open portal' }).click()
  }
  await expect(northwind.getByRole('heading', { name: names.northwind })).toBeVisible()
  await expect(fjord.getByRole('heading', { name: names.fjord })).toBeVisible()
  for (const [page, own, other] of [
    [northwind, names.northwind, names.fjord],
    [fjord, names.fjord, names.northwind],
  ] as const) {
    await page.getByRole('link', { name: 'Portals' }).first().click()
    await expect(page.getByText(own)).toBeVisible()
    await expect(page.getByText(other)).toHaveCount(0)
  }
  // An admin there, an owner here.
  await expect(fjord.getByText('Admin', { exact: true })).toBeVisible()
  await expect(northwind.getByText('Owner', { exact: true })).toBeVisible()
})

test('somebody with an account joins a second organisation from the dashboard', async ({
  maya,
  client,
  page,
}) => {
  const lena = 'lena@northwind.example'
  await client.goto(at(paths.signIn))
  await signInByMail(client, lena)
  await expect(client.getByRole('heading', { name: 'Portals' })).toBeVisible()
  await maya.goto(at(paths.team('fjord-field')))
  await invite(maya, lena, 'Member')
  const address = linkIn(await mailTo(lena, /invites you to Fjord & Field/))

  // Whoever the mail was passed on to gets no further: it is no key to Lena's account.
  await page.goto(address)
  await expect(page.getByRole('button', { name: 'Send me a sign-in link' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Join' })).toHaveCount(0)
  expect(await forge(page, new URL(address).pathname, { name: 'Eve' })).toBe(409)

  await client.goto(at(paths.dashboard))
  await client.getByRole('button', { name: 'Join Fjord & Field' }).click()
  await expect(client.getByText('Visitor centre')).toBeVisible()
  await client.goto(at(paths.account))
  const organizations = client.getByRole('region', { name: 'Organisations' })
  await expect(organizations).toContainText('Northwind Studio')
  await expect(organizations).toContainText('Fjord & Field')
})

test('a name is changed in the account, and colleagues read the new one', async ({
  maya,
  client,
}) => {
  const { name, email } = someone('Paul Former', 'colleague.example')
  await joinByMail(client, await invited(email), name)
  await client.goto(at(paths.account))
  await client.getByLabel('Your name').fill('Paul Later')
  await client.getByRole('button', { name: 'Save' }).click()
  await expect(client.getByRole('navigation', { name: 'Main' })).toContainText('Paul Later')
  await maya.goto(teamPage)
  await expect(memberRow(maya, email)).toContainText('Paul Later')
  // The address was written to a moment ago: a matter of waiting, which is said at the field.
  await maya.goto(at(paths.team('fjord-field')))
  await invite(maya, email, 'Member')
  await expect(maya.getByText(/That was a little fast/)).toBeVisible()
  await expect(maya.getByLabel('Email', { exact: true })).toHaveValue(email)
})

test('an owner opens a further organisation, once by a double click', async ({ maya }) => {
  const name = someProject('Workshop')
  await maya.goto(at(paths.portals('northwind')))
  await openSwitch(maya)
  await maya.getByRole('link', { name: 'Open another organisation' }).click()
  await maya.getByLabel('Name of the studio').fill(name)
  await maya.getByRole('button', { name: 'Open it' }).dblclick()
  await expect(maya.getByRole('heading', { name: 'Open your first portal' })).toBeVisible()
  await maya.goto(at(paths.account))
  const opened = maya.getByRole('listitem').getByRole('link', { name })
  await expect(opened).toHaveCount(1)
  // It is the last owner's to keep.
  await opened.click()
  await maya.getByRole('link', { name: 'Team' }).click()
  await maya.getByRole('button', { name: 'Leave' }).first().click()
  await maya.getByRole('dialog').getByRole('button', { name: 'Leave' }).click()
  await expect(maya.getByRole('heading', { name: 'An organisation needs an owner' })).toBeVisible()
})

test('signing out everywhere in one browser throws out the other', async ({ page, browser }) => {
  const { name, email } = someone('Quinn Twice', 'colleague.example')
  await joinByMail(page, await invited(email), name)
  const elsewhere = await (await browser.newContext()).newPage()
  await elsewhere.goto(at(paths.portals('northwind')))
  await signInByMail(elsewhere, email)
  await expect(elsewhere.getByRole('heading', { name: 'Portals' })).toBeVisible()

  await page.goto(at(paths.account))
  await expect(page.getByText('This one')).toHaveCount(1)
  await expect(page.getByRole('button', { name: /^Sign out (this browser|Chrome)/ })).toHaveCount(2)
  await page.getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await elsewhere.getByRole('link', { name: 'Portals' }).first().click()
  await expect(elsewhere.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await elsewhere.context().close()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('somebody is invited, joins, and is removed', async ({ maya, client }) => {
    const { name, email } = someone('Rosa Plain', 'colleague.example')
    await maya.goto(at(paths.team('fjord-field')))
    await invite(maya, 'nobody@nowhere', 'Member')
    await expect(maya.getByText('This doesn’t look like an email address.')).toBeVisible()
    await expect(maya.getByLabel('Email', { exact: true })).toHaveValue('nobody@nowhere')
    await invite(maya, email, 'Admin')
    await expect(maya.getByRole('listitem').filter({ hasText: email })).toContainText('Admin')
    await joinByMail(client, linkIn(await mailTo(email, /invites you to Fjord & Field/)), name)
    await maya.reload()
    await openMember(maya, email)
    await maya.getByRole('button', { name: 'Remove' }).click()
    await maya.getByRole('dialog').getByRole('button', { name: 'Remove' }).click()
    await expect(memberRow(maya, email)).toHaveCount(0)
    await client.reload()
    await expect(client.getByRole('heading', { name: 'Not found' })).toBeVisible()
  })
})
