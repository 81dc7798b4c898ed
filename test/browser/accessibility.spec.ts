import type { Page } from '@playwright/test'
import { paths, withQuery } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { expectUsableByEverybody } from './support/axe.ts'
import { at, demo } from './support/demo.ts'
import { openPortalMenu } from './support/forms.ts'
import { linkIn, mailsTo, mailTo } from './support/inbox.ts'
import { portalPage } from './support/links.ts'
import { payable } from './support/payable.ts'
import { invite, invited, newcomer, openMember, openSwitch } from './support/team.ts'
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

/** A portal of its own with a draft and an invoice that a part was paid of. */
async function billed(what: string) {
  const { id: portal, url } = await api.openPortal(someProject(what), someone())
  const draft = await api.draft(portal, 'Photography', 60_000)
  const issued = await api.draft(portal, 'Design', 400_000)
  await api.issue(portal, issued)
  await api.pay(portal, issued, 150_000)
  return { portal, draft, issued, token: url.slice(-64) }
}

const inTenDays = () => new Date(Date.now() + 10 * 86_400_000).toISOString().slice(0, 10)

/** What the client says about an invoice. */
async function answer(token: string, invoice: string, body: object) {
  const said = await fetch(at(paths.api.clientInvoiceAnswer(token, invoice)), {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
  expect(said.ok).toBe(true)
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
const unknownId = '01900000-0000-7000-8000-000000000000'

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
  async 'not found, by a client'(page) {
    await page.goto(`${demo().portalUrl}/nowhere`)
  },
  async 'the wrong address'(page) {
    await page.goto(at(paths.signIn).replace('127.0.0.1', 'localhost'))
  },
  async 'the wrong address of a portal'(page) {
    await page.goto(String(demo().portalUrl).replace('127.0.0.1', 'localhost'))
  },
  'the dead link': go(paths.portal(unknown)),
  async 'the dead link, asked from'(page) {
    await page.goto(at(paths.portal(unknown)))
    await page.getByRole('button', { name: 'Ask for a new link' }).click()
    await expect(page.getByRole('status')).toBeVisible()
  },
  'a dead invitation': go(paths.join('x')),
  async 'an invitation'(page) {
    await page.goto(await invited('reader@colleague.example'))
    await expect(page.getByLabel('Your name')).toBeVisible()
  },
  async 'the mail with an invitation'(page) {
    await invited('reader@colleague.example')
    const [mail] = await mailsTo('reader@colleague.example')
    await page.setContent(mail?.html ?? '')
    await expect(page.getByRole('link', { name: 'Join Northwind Studio' })).toBeVisible()
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
  async 'the client’s page with files that are asked for'(page) {
    const portal = await api.openPortal(someProject('Asked'), someone())
    await api.ask(portal.id, 'Logo, vector format', { note: 'SVG or EPS.', dueOn: '2026-01-05' })
    for (const title of ['Menu', 'Photos', 'Opening hours', 'Price list'])
      await api.ask(portal.id, title)
    await page.goto(portal.url)
    await page.getByText('2 more').click()
    await page.getByText('Upload', { exact: false }).first().click()
  },
  async 'earlier messages of the client'(page) {
    const portal = await api.openPortal(someProject('Thread'), someone())
    for (let n = 1; n <= 21; n++) await api.write(portal.id, `Message ${n}.`)
    await page.goto(portal.url)
    await page.getByRole('link', { name: 'Earlier messages' }).click()
    await expect(page.getByText('Message 1.')).toBeVisible()
  },
  async 'an invoice that was answered'(page) {
    const { issued, token } = await billed('Promised')
    await answer(token, issued, { kind: 'will-pay', on: inTenDays() })
    await page.goto(at(paths.clientInvoice(token, issued)))
    await expect(page.getByText('You said that you will pay on')).toBeVisible()
  },
  async 'an invoice'(page) {
    await page.goto(demo().portalUrl ?? '')
    await page.getByRole('link', { name: /^INV-/ }).first().click()
    await expect(page.getByRole('heading', { name: /^Invoice INV-/ })).toBeVisible()
  },
  async 'the page of an invoice’s mail'(page) {
    const contact = someone()
    const portal = await api.openPortal(someProject('Mailed'), contact)
    const invoice = await api.draft(portal.id, 'Design', 400_000)
    await api.issue(portal.id, invoice, true)
    await api.pay(portal.id, invoice, 150_000)
    await page.goto(linkIn(await mailTo(contact.email, /^Invoice/)))
    await expect(page.getByRole('heading', { name: /^Invoice INV-/ })).toBeVisible()
  },
  async 'the client’s files'(page) {
    await page.goto(`${demo().portalUrl}/files`)
    await expect(page.getByRole('navigation', { name: 'Folders' })).toBeVisible()
  },
  async 'the client’s page of one file'(page) {
    await page.goto(`${demo().portalUrl}/files?folder=Drafts%2FRound+2`)
    await page.getByRole('link', { name: 'homepage-final.pdf' }).click()
    await expect(page.getByText('v3, the newest')).toBeVisible()
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
  async 'the local Stripe'(page) {
    await page.goto(await payable())
    await page.getByRole('button', { name: 'direct debit' }).click()
    await expect(page.getByRole('heading', { name: 'on its way' })).toBeVisible()
    await page.goto(demo().stripeUrl)
    await expect(page.getByRole('button', { name: 'Settle' }).first()).toBeVisible()
  },
  async 'a page to pay on, after a declined card'(page) {
    await page.goto(await payable())
    await page.getByRole('button', { name: 'Card is declined' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
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
  'archived portals': go(withQuery(paths.portals('northwind'), { status: 'archived' })),
  'portals by activity': go(withQuery(paths.portals('northwind'), { sort: 'activity' })),
  'a search': go(withQuery(paths.portals('northwind'), { q: 'ca' })),
  'a search without a match': go(withQuery(paths.portals('northwind'), { q: 'zzz' })),
  'an archived portal': ofDemo('Spring lookbook'),
  async 'the question before an archived portal is deleted'(page) {
    await detail(page, 'Spring lookbook')
    await openPortalMenu(page)
    await page.locator('.top').getByRole('link', { name: 'Delete' }).click()
    await expect(page.getByRole('button', { name: 'Delete for good' })).toBeVisible()
  },
  async 'an archived portal, viewed as client'(page) {
    const { portal, link } = await detail(page, 'Spring lookbook')
    await page.goto(at(paths.linkAction('northwind', portal.id, link.id, 'view')))
    await expect(page.getByText('This portal is archived.')).toBeVisible()
  },
  async 'edit portal'(page) {
    const { portal } = await detail(page, 'Exhibition guide')
    await page.goto(at(paths.editPortal('northwind', portal.id)))
  },
  async 'edit portal with errors'(page) {
    const { portal } = await detail(page, 'Website relaunch')
    await page.goto(at(paths.editPortal('northwind', portal.id)))
    await page.locator('form.card').evaluate((form) => form.setAttribute('novalidate', ''))
    await page.getByLabel('Project').fill('')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  async 'duplicate portal'(page) {
    const { portal } = await detail(page, 'Website relaunch')
    await page.goto(at(paths.portalAction('northwind', portal.id, 'duplicate')))
  },
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
    await page.locator('.links').getByText('More', { exact: true }).first().click()
    await expect(page.getByRole('button', { name: 'Delete' })).toBeVisible()
  },
  async 'a portal with the question before replacing'(page) {
    await detail(page, 'Website relaunch')
    await page.locator('.links').getByText('More', { exact: true }).first().click()
    await page.getByRole('button', { name: 'Replace' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  async 'a portal with the question before deleting'(page) {
    await detail(page, 'Website relaunch')
    await page.locator('.links').getByText('More', { exact: true }).first().click()
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
  async 'a plan'(page) {
    const { portal } = await detail(page, 'Website relaunch')
    await page.goto(at(paths.milestones('northwind', portal.id)))
    await expect(page.getByRole('slider', { name: 'Design' })).toBeVisible()
  },
  async 'a plan with changes asked for'(page) {
    const { portal } = await detail(page, 'Annual report')
    await page.goto(at(paths.milestones('northwind', portal.id)))
  },
  async 'a plan with the question before an approval is taken back'(page) {
    const { portal } = await detail(page, 'Website relaunch')
    await page.goto(at(paths.milestones('northwind', portal.id)))
    await page.getByRole('slider', { name: 'Discovery' }).fill('90')
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  async 'the invoices of a portal'(page) {
    const { portal } = await billed('Billed')
    await page.goto(at(paths.invoicesOf('northwind', portal)))
  },
  async 'a portal without invoices'(page) {
    const { portal } = await detail(page, 'Podcast launch')
    await page.goto(at(paths.invoicesOf('northwind', portal.id)))
  },
  async 'a new invoice'(page) {
    const { portal } = await detail(page, 'Website relaunch')
    await page.goto(at(paths.newInvoice('northwind', portal.id)))
  },
  async 'a new invoice with errors'(page) {
    const { portal } = await detail(page, 'Website relaunch')
    await page.goto(at(paths.newInvoice('northwind', portal.id)))
    const first = page.getByRole('group', { name: 'Line 1' })
    await first.getByLabel('Description').fill('Design')
    await first.getByLabel('Price').fill('1,2')
    await page.getByRole('button', { name: 'Save and preview' }).click()
    await expect(page.getByText('Write it as in').first()).toBeVisible()
  },
  async 'a draft of an invoice'(page) {
    const { portal, draft } = await billed('Drafted')
    await page.goto(at(paths.invoice('northwind', portal, draft)))
  },
  async 'a draft, with the question before it is issued'(page) {
    const { portal, draft } = await billed('Drafted')
    await page.goto(at(paths.invoice('northwind', portal, draft)))
    await page.getByRole('button', { name: 'Issue' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  async 'an invoice with a payment'(page) {
    const { portal, issued } = await billed('Paid in part')
    await page.goto(at(paths.invoice('northwind', portal, issued)))
    await page.getByText('Refund', { exact: true }).click()
    await expect(page.getByLabel('Amount given back')).toBeVisible()
  },
  async 'a credit note'(page) {
    const { portal, issued } = await billed('Credited')
    await page.goto(at(paths.creditNotes('northwind', portal, issued)))
  },
  invoices: go(paths.invoices('northwind')),
  'invoices, overdue': go(withQuery(paths.invoices('northwind'), { status: 'overdue' })),
  'invoices, searched within an age': go(
    withQuery(paths.invoices('northwind'), {
      status: 'open',
      currency: 'EUR',
      age: '1-30',
      q: 'muz',
    }),
  ),
  'money received': go(paths.received('northwind')),
  async 'money in numbers'(page) {
    await page.goto(at(paths.portals('northwind')))
    await page.getByText('By age and by month, in numbers').first().click()
  },
  async 'an invoice with a client’s answer'(page) {
    const { portal, issued, token } = await billed('Answered')
    await answer(token, issued, { kind: 'problem', note: 'Half of it.' })
    await page.goto(at(paths.invoice('northwind', portal, issued)))
    await expect(page.getByText('Half of it.')).toBeVisible()
  },
  'settings, reminders': go(paths.reminderSettings('northwind')),
  async 'settings, reminders with errors'(page) {
    await page.goto(at(paths.reminderSettings('northwind')))
    await page.getByLabel('Days from the due day').fill('soon')
    await page.getByRole('button', { name: 'Save', exact: true }).first().click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  'settings, billing': go(paths.billing('northwind')),
  'settings, payments': go(paths.paymentSettings('northwind')),
  async 'settings, payments with errors'(page) {
    await page.goto(at(paths.paymentSettings('northwind')))
    await page.getByLabel('Another restricted key').fill('sk_test_everything')
    await page.getByRole('button', { name: 'Use this key instead' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  'thanks, after paying': go(paths.paid(unknown)),
  async 'an invoice that is being confirmed'(page) {
    const { url, id } = await api.openPortal(someProject('Confirmed'), someone())
    const invoice = await api.draft(id, 'Design', 400_000)
    await api.issue(id, invoice)
    await page.goto(`${at(paths.clientInvoice(url.slice(-64), invoice))}?paid=${unknown}&n=10`)
  },
  async 'what can’t be paid online'(page) {
    const { url, id } = await api.openPortal(someProject('Small'), someone())
    const invoice = await api.draft(id, 'Stamp', 10)
    await api.issue(id, invoice)
    await page.goto(at(paths.clientPay(url.slice(-64), invoice)))
  },
  async 'settings, billing with errors'(page) {
    await page.goto(at(paths.billing('northwind')))
    await page.getByLabel('IBAN').fill('NO1')
    await page.getByRole('button', { name: 'Save', exact: true }).click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  async 'an empty plan'(page) {
    const { portal } = await detail(page, 'Podcast launch')
    await page.goto(at(paths.milestones('northwind', portal.id)))
  },
  async 'a new milestone with errors'(page) {
    const { portal } = await detail(page, 'Podcast launch')
    await page.goto(at(paths.milestones('northwind', portal.id)))
    await page
      .locator('form')
      .last()
      .evaluate((form) => form.setAttribute('novalidate', ''))
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  async 'edit milestone'(page) {
    const { portal } = await detail(page, 'Website relaunch')
    await page.goto(at(paths.milestones('northwind', portal.id)))
    const first = page.locator('.ms').first()
    await first.getByText('More', { exact: true }).click()
    await first.getByRole('link', { name: 'Edit' }).click()
    await expect(page.getByRole('heading', { name: 'Edit milestone' })).toBeVisible()
  },
  'the templates': go(paths.templates('northwind')),
  inbox: go(paths.inbox('northwind')),
  'inbox, unread': go(withQuery(paths.inbox('northwind'), { unread: '1' })),
  async 'file requests, one late and one closed'(page) {
    const portal = await api.openPortal(someProject('Requests'), someone())
    await api.ask(portal.id, 'Menu')
    await api.ask(portal.id, 'Logo, vector format', { note: 'SVG or EPS.', dueOn: '2026-01-05' })
    await page.goto(at(paths.fileRequests('northwind', portal.id)))
    await page.getByRole('button', { name: 'Close the request for Menu' }).click()
    await expect(page.getByRole('button', { name: 'Ask again for Menu' })).toBeVisible()
  },
  async 'a request that is not right yet'(page) {
    const portal = await api.openPortal(someProject('No request'), someone())
    await page.goto(at(paths.fileRequests('northwind', portal.id)))
    await page.locator('form.inset').evaluate((form) => form.setAttribute('novalidate', ''))
    await page.getByRole('button', { name: 'Ask for it' }).click()
    await expect(page.getByText('What you need is missing.')).toBeVisible()
  },
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
  activity: go(paths.activity('northwind')),
  'activity, with nothing found': go(
    withQuery(paths.activity('northwind'), { topic: 'settings', person: unknownId }),
  ),
  async 'a portal’s activity'(page) {
    const { portal } = await detail(page, 'Website relaunch')
    await page.goto(at(paths.portalActivity('northwind', portal.id)))
  },
  async 'the activity of a portal with long names'(page) {
    const { portal } = await detail(page, 'Exhibition guide')
    await page.goto(at(paths.portalActivity('northwind', portal.id)))
  },
  async 'a portal’s files'(page) {
    const { portal } = await detail(page, 'Website relaunch')
    await page.goto(at(paths.files('northwind', portal.id)))
    await expect(page.getByRole('link', { name: 'allergens.csv', exact: true })).toBeVisible()
  },
  async 'a portal’s files, one of them with a long name'(page) {
    const { portal } = await detail(page, 'Exhibition guide')
    await page.goto(at(paths.files('northwind', portal.id)))
  },
  async 'a portal without files'(page) {
    const { portal } = await detail(page, 'Annual report')
    await page.goto(at(paths.files('northwind', portal.id)))
    await expect(page.getByText('No files yet.')).toBeVisible()
  },
  async 'a portal’s deleted files'(page) {
    const { portal } = await detail(page, 'Website relaunch')
    await page.goto(at(withQuery(paths.files('northwind', portal.id), { deleted: '1' })))
    await expect(page.getByRole('button', { name: /^Restore/ })).toBeVisible()
  },
  async 'a file with its versions'(page) {
    const { portal } = await detail(page, 'Website relaunch')
    await page.goto(at(paths.files('northwind', portal.id)))
    await page.getByRole('link', { name: 'homepage-final.pdf', exact: true }).click()
    await expect(page.getByRole('heading', { name: 'Versions' })).toBeVisible()
  },
  emails: go(paths.emails('northwind')),
  'emails that need somebody': go(withQuery(paths.emails('northwind'), { attention: '1' })),
  settings: go(paths.settings('northwind')),
  'settings, saved': go(withQuery(paths.settings('northwind'), { saved: '1' })),
  async 'settings with errors'(page) {
    await page.goto(at(paths.settings('northwind')))
    await page.getByLabel('Name', { exact: true }).fill('')
    await page.locator('form.card').evaluate((form) => form.setAttribute('novalidate', ''))
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  'settings, branding': go(paths.branding('northwind')),
  'settings, defaults': go(paths.defaults('northwind')),
  'API keys': go(paths.keys('northwind')),
  async 'API keys with the question before revoking'(page) {
    await page.goto(at(paths.keys('northwind')))
    await page
      .getByRole('button', { name: /^Revoke/ })
      .first()
      .click()
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  'new API key': go(paths.newKey('northwind')),
  async 'new API key with errors'(page) {
    await page.goto(at(paths.newKey('northwind')))
    await page.locator('form.card').evaluate((form) => form.setAttribute('novalidate', ''))
    await page.getByRole('button', { name: 'Create key' }).click()
    await expect(page.getByRole('alert')).toBeVisible()
  },
  async 'an API key, shown once'(page) {
    await page.goto(at(paths.newKey('northwind')))
    await page.getByLabel('Name').fill(someProject('Accessible'))
    await page.getByRole('button', { name: 'Create key' }).click()
    await expect(page.getByLabel('Copy it now')).toBeVisible()
  },
  async 'an API key that was made already'(page) {
    await page.goto(at(paths.newKey('northwind')))
    await page.getByLabel('Name').fill(someProject('Twice'))
    await page.getByRole('button', { name: 'Create key' }).click()
    await expect(page.getByLabel('Copy it now')).toBeVisible()
    await page.reload()
    await expect(page.getByRole('status')).toBeVisible()
  },
  team: go(paths.team('northwind')),
  async 'the team with a menu open'(page) {
    await page.goto(at(paths.team('northwind')))
    await openMember(page, 'tom@northwind.example')
    await expect(page.getByRole('button', { name: 'Remove' })).toBeVisible()
  },
  async 'the team with the question which role'(page) {
    await page.goto(at(paths.team('northwind')))
    await openMember(page, 'tom@northwind.example')
    await page.getByRole('button', { name: 'Change role' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  async 'the team with the question before removing'(page) {
    await page.goto(at(paths.team('northwind')))
    await openMember(page, 'tom@northwind.example')
    await page.getByRole('button', { name: 'Remove' }).click()
    await expect(page.getByRole('dialog')).toBeVisible()
  },
  async 'the team with an invitation that is not right'(page) {
    await page.goto(at(paths.team('northwind')))
    await invite(page, 'tom@northwind.example', 'Admin')
    await expect(page.getByText('Tom Reed is in the team already.')).toBeVisible()
  },
  async 'the team without a right to change it'(page) {
    const { cookies } = await newcomer('plain@colleague.example')
    await page.context().clearCookies()
    await page.context().addCookies(cookies)
    await page.goto(at(paths.team('northwind')))
    await expect(page.getByRole('button', { name: 'Send invitation' })).toBeHidden()
  },
  async 'the switch between organisations'(page) {
    await page.goto(at(paths.portals('northwind')))
    await openSwitch(page)
    await expect(page.getByRole('link', { name: 'Your account' }).first()).toBeVisible()
  },
  account: go(paths.account),
  'the choice of an organisation': go(paths.dashboard),
  'a further organisation': go(paths.newOrganization),
  'what is stuck': go(paths.operator),
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
