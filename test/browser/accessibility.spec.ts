import type { Page } from '@playwright/test'
import { paths, withQuery } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { expectUsableByEverybody } from './support/axe.ts'
import { at, demo } from './support/demo.ts'
import { mailsTo, mailTo } from './support/inbox.ts'
import { portalPage } from './support/links.ts'
import { expect, someone, someProject, test } from './support/test.ts'

type Open = (page: Page) => Promise<void>

const go =
  (path: string): Open =>
  async (page) => {
    await page.goto(at(path))
  }

/** The page of a portal of the demo. */
async function detail(page: Page, project: string) {
  const portal = (await api.portals()).find((each) => each.project.startsWith(project))
  if (!portal) throw new Error(`The demo has no portal "${project}".`)
  await page.goto(portalPage(portal))
  const [link] = await api.links(portal.id)
  if (!link) throw new Error(`"${project}" has no link.`)
  return { portal, link }
}

const ofDemo =
  (project: string): Open =>
  async (page) => {
    await detail(page, project)
  }

/** The address in a fresh mail about a message by which its reader ends such mails. */
async function unsubscribing(): Promise<string> {
  const contact = someone()
  const portal = await api.openPortal(someProject('Mailed'), contact)
  await api.write(portal.id, 'Hello.')
  await fetch(demo().cronUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now: new Date(Date.now() + 360_000).toISOString() }),
  })
  const mail = await mailTo(contact.email, /a message from/)
  return /https?:\/\/\S+\/api\/unsubscribe\/\S+/.exec(mail.text)?.[0] ?? ''
}

const unknown = '0'.repeat(64)

const outside: Record<string, Open> = {
  'sign-in': go(paths.signIn),
  async 'sign-in with an error'(page) {
    await page.goto(at(paths.signIn))
    await page.locator('form').evaluate((form) => form.setAttribute('novalidate', ''))
    await page.getByLabel('Email').fill('nobody')
    await page.getByRole('button').click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  async sent(page) {
    await page.goto(at(paths.signIn))
    await page.getByLabel('Email').fill('nobody@nowhere.example')
    await page.getByRole('button').click()
    await expect(page.getByRole('status')).toBeVisible()
  },
  confirm: go(withQuery(paths.confirm, { token: 'x' })),
  'not found': go('/nowhere'),
  'the dead link': go(paths.portal(unknown)),
  async 'the dead link, asked from'(page) {
    await page.goto(at(paths.portal(unknown)))
    await page.getByRole('button', { name: 'Ask for a new link' }).click()
    await expect(page.getByRole('status')).toBeVisible()
  },
  async 'the client’s page'(page) {
    await page.goto(demo().portalUrl ?? '')
  },
  async 'the client’s page, billing only'(page) {
    const portal = await api.openPortal(someProject('Billing'), someone())
    const { url } = await api.invite(portal.id, someone(), { scope: 'billing' })
    await page.goto(url)
  },
  async 'the client’s thread, with a long message and one refused'(page) {
    const portal = await api.openPortal(someProject('Thread'), someone())
    await api.write(portal.id, `${'Many words. '.repeat(100)}The end.`)
    await api.write(portal.id, 'See https://example.com/menu')
    await page.goto(portal.url)
    await page.locator('.compose').evaluate((form) => form.setAttribute('novalidate', ''))
    await page.getByRole('button', { name: 'Send' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  async 'earlier messages of the client'(page) {
    const portal = await api.openPortal(someProject('Thread'), someone())
    for (let n = 1; n <= 21; n++) await api.write(portal.id, `Message ${n}.`)
    await page.goto(portal.url)
    await page.getByRole('link', { name: 'Earlier messages' }).click()
    await expect(page.getByText('Message 1.')).toBeVisible()
  },
  async 'the question before emails stop'(page) {
    await page.goto(await unsubscribing())
  },
  async 'the page after emails were stopped'(page) {
    await page.goto(await unsubscribing())
    await page.getByRole('button', { name: 'Stop these emails' }).click()
    await expect(page.getByRole('status')).toBeVisible()
  },
  async 'an address that ends no emails'(page) {
    await page.goto(at(paths.api.unsubscribe('x')))
  },
  async 'the local inbox'(page) {
    await page.goto(demo().mailUrl)
  },
  async 'a mail in the local inbox'(page) {
    const [mail] = await mailsTo('sam@secondharbor.example')
    await page.goto(`${demo().mailUrl}/messages/${mail?.id}`)
  },
  async 'the mail itself'(page) {
    const [mail] = await mailsTo('sam@secondharbor.example')
    await page.setContent(mail?.html ?? '')
    await expect(page.getByRole('link', { name: 'Open the portal' })).toBeVisible()
  },
}

const inside: Record<string, Open> = {
  portals: go(paths.portals('northwind')),
  'portals, past the end': go(
    withQuery(paths.portals('northwind'), { cursor: '00000000-0000-7000-8000-000000000000' }),
  ),
  'new portal': go(paths.newPortal('northwind')),
  async 'new portal with errors'(page) {
    await page.goto(at(paths.newPortal('northwind')))
    await page.locator('form.card').evaluate((form) => form.setAttribute('novalidate', ''))
    await page.getByRole('button', { name: 'Open portal' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  'a portal': ofDemo('Website relaunch'),
  'a portal with a paused link': ofDemo('Annual report'),
  'a portal with an expired link': ofDemo('Mobile app'),
  'a portal whose mail bounced': ofDemo('Shop photography'),
  'a portal with long names': ofDemo('Exhibition guide'),
  async 'a portal with a menu open'(page) {
    await detail(page, 'Website relaunch')
    await page.getByText('More', { exact: true }).first().click()
    await expect(page.getByRole('button', { name: 'Delete' })).toBeVisible()
  },
  async 'a portal with the question before replacing'(page) {
    await detail(page, 'Website relaunch')
    await page.getByText('More', { exact: true }).first().click()
    await page.getByRole('button', { name: 'Replace' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  async 'a portal with the question before deleting'(page) {
    await detail(page, 'Website relaunch')
    await page.getByText('More', { exact: true }).first().click()
    await page.getByRole('button', { name: 'Delete' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  async 'invite contact'(page) {
    await detail(page, 'Website relaunch')
    await page.getByRole('link', { name: 'Invite contact' }).click()
    await expect(page.getByRole('heading', { name: 'Invite contact' })).toBeVisible()
  },
  async 'invite contact with errors'(page) {
    await detail(page, 'Website relaunch')
    await page.getByRole('link', { name: 'Invite contact' }).click()
    await page.getByLabel('Last day').fill('2020-02-02')
    await page.locator('form.card').evaluate((form) => form.setAttribute('novalidate', ''))
    await page.getByRole('button', { name: 'Create link' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  async 'change access'(page) {
    const { portal, link } = await detail(page, 'Website relaunch')
    await page.goto(at(paths.link('northwind', portal.id, link.id)))
  },
  async 'the address of a link'(page) {
    await detail(page, 'Website relaunch')
    await page
      .locator('form[action$="/reveal"]')
      .first()
      .evaluate((form) => {
        if (form instanceof HTMLFormElement) form.submit()
      })
    await expect(page.getByLabel('Whoever has this address')).toBeVisible()
  },
  async 'view as client'(page) {
    const { portal, link } = await detail(page, 'Website relaunch')
    await page.goto(at(paths.linkAction('northwind', portal.id, link.id, 'view')))
  },
  inbox: go(paths.inbox('northwind')),
  'inbox, unread': go(withQuery(paths.inbox('northwind'), { unread: '1' })),
  async 'a thread without a word'(page) {
    const portal = await api.openPortal(someProject('Thread'), someone())
    await page.goto(at(paths.messages('northwind', portal.id)))
  },
  async 'a thread with archived messages'(page) {
    const portal = await api.openPortal(someProject('Thread'), someone())
    await api.write(portal.id, `${'Many words. '.repeat(100)}The end.`)
    await page.goto(at(paths.messages('northwind', portal.id)))
    await page.getByRole('button', { name: /^Archive what/ }).click()
    await page.getByRole('link', { name: 'Show archived' }).click()
    await expect(page.getByText('Archived', { exact: true })).toBeVisible()
  },
  'your account': go(paths.account),
  emails: go(paths.emails('northwind')),
  'emails that need somebody': go(withQuery(paths.emails('northwind'), { attention: '1' })),
  'not found, signed in': go(paths.portalOf('northwind', unknown)),
}

for (const [name, open] of Object.entries(outside)) {
  test(`${name} can be used by everybody`, async ({ page }) => {
    await expectUsableByEverybody(page, () => open(page))
  })
}
for (const [name, open] of Object.entries(inside)) {
  test(`${name} can be used by everybody`, async ({ maya }) => {
    await expectUsableByEverybody(maya, () => open(maya))
  })
}
