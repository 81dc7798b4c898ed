import { beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../src/paths.ts'
import {
  act,
  asked,
  draft,
  issued,
  key,
  openInvoiceScene,
  pay,
  portal,
  refused,
  reverse,
  studio,
  world,
} from './harness/invoice-scene.ts'
import { act as onLink, create, HOUR, MINUTE, type LinkJson } from './harness/link-scene.ts'
import type { Mail } from './harness/world.ts'

const first = 'first@client.example'

beforeEach(async () => {
  vi.setSystemTime(Date.parse('2026-11-10T12:00:00Z'))
  await openInvoiceScene()
})

const contact = (name: string) => ({ name, email: `${name.toLowerCase()}@client.example` })
const link = (name: string, over: object = {}) =>
  create({ contact: contact(name), send: false, ...over })

/** Whom the mails about invoices went to, in the order of their addresses. */
const mailed = async (about: RegExp = /^Invoice INV-/) => {
  const mails = await world.mails()
  return mails.filter(({ subject }) => about.test(subject)).map(({ to }) => to)
}

const mailOf = async (to: string, about: RegExp = /^Invoice INV-/): Promise<Mail> => {
  const found = (await world.mails(to)).find(({ subject }) => about.test(subject))
  if (!found) throw new Error(`No such mail reached ${to}.`)
  return found
}

/** The token that a mail's text carries; its HTML carries the same. */
function tokenIn({ text, html }: Mail): string {
  const tokens = new Set(`${text} ${html}`.match(/(?<=\/invoice\/)[0-9a-f]{64}/g))
  expect(tokens.size).toBe(1)
  return [...tokens][0] ?? ''
}

const tokenTo = async (to: string) => tokenIn(await mailOf(to))
const open = async (token: string) => (await world.request(paths.invoicePage(token))).status

const bank = { holder: 'Studio AS', iban: 'DE89370400440532013000', bic: null, details: null }
const withBank = () =>
  world.env.DB.prepare('update organization set bank = ? where id = ?')
    .bind(JSON.stringify(bank), studio.facts.id)
    .run()

describe('the mail of an invoice', () => {
  it('says what is asked for and how it is paid, and carries the token of that invoice alone', async () => {
    await withBank()
    const { number } = await issued()
    const mail = await mailOf(first)
    expect(mail.subject).toBe(`Invoice ${number} from studio`)
    const token = tokenIn(mail)
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain(paths.invoicePage(token))
      expect(body).toContain(paths.invoicePdf(token))
      for (const words of ['€120.00', '24 Nov 2026', 'DE89 3704 0044 0532 0130 00']) {
        expect(body).toContain(words)
      }
      // It will be forwarded: no way into the portal goes with it, and nothing can be paid online.
      expect(body).not.toMatch(/\/portal\/[0-9a-f]/)
      expect(body).not.toMatch(/Pay now|\/pay\b/)
    }
    expect(await open(token)).toBe(200)
  })

  it('goes to live links for invoices alone, or else to every live one, once a contact', async () => {
    await link('Jane')
    await link('Jane')
    await onLink(await link('Paused'), 'pause')
    await link('Expired', { expiresAt: new Date(Date.now() + HOUR).toISOString() })
    vi.setSystemTime(Date.now() + 2 * HOUR)
    await issued()
    expect((await mailed()).sort()).toEqual([first, 'jane@client.example'])
    await link('Accounts', { scope: 'billing' })
    await issued()
    await onLink(await link('Later', { scope: 'billing' }), 'pause')
    await issued()
    expect(await mailed()).toHaveLength(4)
    expect(await world.mails('accounts@client.example')).toHaveLength(2)
  })

  it('is not sent where nobody has a live link, where it is not wanted, or twice', async () => {
    const quiet = await draft()
    await act(quiet.id, 'issue', { send: false })
    await act(quiet.id, 'issue')
    expect(await mailed()).toEqual([])
    const { id } = await draft()
    const [one, two] = await Promise.all([act(id, 'issue'), act(id, 'issue')])
    expect(one.number).toBe(two.number)
    expect(await mailed()).toEqual([first])
    const [only] = (await asked<{ items: LinkJson[] }>('GET', paths.api.links(portal))).items
    if (only) await onLink(only, 'pause')
    await issued()
    expect(await mailed()).toEqual([first])
    expect(await refused('POST', paths.api.invoiceAction(portal, id, 'send'))).toBe(409)
  })

  it('is sent again once a click, with the same address', async () => {
    const { id } = await issued()
    const token = await tokenTo(first)
    const again = () => act(id, 'send')
    await again()
    expect(await mailed()).toEqual([first])
    vi.setSystemTime(Date.now() + 2 * MINUTE)
    await Promise.all([again(), again()])
    await world.minute()
    expect(await mailed()).toEqual([first, first])
    expect(await tokenTo(first)).toBe(token)
    await act(id, 'void', { reason: 'Wrong' })
    expect(await refused('POST', paths.api.invoiceAction(portal, id, 'send'))).toBe(409)
    const happened = await asked<{ items: { text: string }[] }>(
      'GET',
      paths.api.portalActivity(portal),
    )
    expect(happened.items.filter(({ text }) => /sent .* again/.test(text))).toHaveLength(1)
  })

  it('is dropped where the invoice is void by the time it could leave', async () => {
    world.mailServerIs('down')
    const { id } = await issued()
    await act(id, 'void', { reason: 'Wrong' })
    world.mailServerIs('up')
    await world.minute(HOUR)
    expect(await mailed()).toEqual([])
    const left = await asked<{ items: object[] }>('GET', paths.api.emails)
    expect(left.items).toEqual([])
  })
})

describe('the token of an invoice', () => {
  it('dies with the contact’s last live link, and comes back with it', async () => {
    const jane = await link('Jane', { scope: 'billing' })
    const { id } = await issued()
    const token = await tokenTo('jane@client.example')
    expect(await open(token)).toBe(200)
    await onLink(jane, 'pause')
    expect(await open(token)).toBe(404)
    const second = await link('Jane')
    expect(await open(token)).toBe(200)
    await asked('PATCH', paths.api.link(portal, second.id), {
      expiresAt: new Date(Date.now() + HOUR).toISOString(),
    })
    vi.setSystemTime(Date.now() + HOUR)
    expect(await open(token)).toBe(404)
    await onLink(jane, 'resume')
    await pay(id, 12_000)
    expect(await open(token)).toBe(200)
  })

  it('is another one once the contact’s link is replaced, and the old one asks for the new link', async () => {
    const jane = await link('Jane', { scope: 'billing' })
    await link('Ann', { scope: 'billing' })
    const { id } = await issued()
    const old = await tokenTo('jane@client.example')
    const another = await tokenTo('ann@client.example')
    expect(another).not.toBe(old)
    await onLink(jane, 'replace', { send: false })
    expect([await open(old), await open(another)]).toEqual([404, 200])
    expect(await (await world.request(paths.invoicePdf(old))).text()).toContain(
      'This link no longer works',
    )
    vi.setSystemTime(Date.now() + 2 * MINUTE)
    await act(id, 'send')
    const token = await tokenTo('jane@client.example')
    expect(token).not.toBe(old)
    expect([await open(old), await open(token)]).toEqual([404, 200])
    await world.form(paths.askForLink(old), {})
    const [asking] = await world.mails('jane@client.example')
    expect(asking?.subject).toContain('Your new link')
    await world.form(paths.askForLink(token), {})
    expect(await world.mails('jane@client.example')).toHaveLength(3)
  })

  it('goes on when the key it came from is gone, under a new one', async () => {
    const { id } = await issued()
    const old = await tokenTo(first)
    world.env.LINK_SECRET = 'k2:another-secret-of-this-world-0123456789'
    world.restarted()
    vi.setSystemTime(Date.now() + 2 * MINUTE)
    await act(id, 'send')
    const token = await tokenTo(first)
    expect(token).not.toBe(old)
    expect([await open(old), await open(token)]).toEqual([200, 200])
  })

  it('opens that invoice alone: no other page, no portal, no paper of another', async () => {
    const other = await issued()
    const { payments } = (await pay(other.id, 500)).invoice
    const { id } = await issued()
    await world.minute()
    const token = await tokenTo(first)
    expect(await (await world.request(paths.invoicePage(token))).text()).not.toContain(other.number)
    const nothing = [
      paths.portal(token),
      paths.api.client(token),
      paths.clientInvoice(token, id),
      paths.clientInvoicePdf(token, id),
      paths.clientStatement(token),
      paths.invoiceReceipt(token, payments[0]?.id ?? ''),
      paths.invoicePage(token.toUpperCase()),
      paths.invoicePage('f'.repeat(64)),
    ]
    for (const path of nothing) expect((await world.request(path)).status, path).toBe(404)
    // A link's own token is no invoice's.
    const { url = '' } = await link('Jane')
    expect(await open(url.slice(-64))).toBe(404)
  })

  it('shows no draft, and asks the database nothing for what can’t be a token', async () => {
    const { id } = await issued()
    const token = await tokenTo(first)
    await world.env.DB.prepare(
      "update invoice set status = 'draft', issued_at = null, number = null where id = ?",
    )
      .bind(id)
      .run()
    expect(await open(token)).toBe(404)
    expect((await world.request(paths.invoicePdf(token))).status).toBe(404)
    const before = world.trips.length
    expect(await open(`${token}0`)).toBe(404)
    expect(world.trips.length).toBe(before)
  })

  it('is given out to admins alone, for a contact whose link is live, and that is kept', async () => {
    const { id } = await draft()
    const path = paths.api.revealInvoice(portal, id)
    expect(await refused('POST', path, {})).toBe(409)
    await act(id, 'issue', { send: false })
    expect(await refused('POST', path, {}, await studio.key('member'))).toBe(403)
    const shown = await asked<{ url: string; contact: { email: string } }>('POST', path, {})
    expect(shown.contact.email).toBe(first)
    expect(await open(shown.url.slice(-64))).toBe(200)
    const jane = await link('Jane', { scope: 'billing' })
    const hers = await asked<{ contact: { email: string } }>('POST', path, {})
    expect(hers.contact.email).toBe('jane@client.example')
    await onLink(jane, 'pause')
    expect(await refused('POST', path, { link: jane.id })).toBe(409)
    const { items } = await asked<{ items: { text: string }[] }>(
      'GET',
      paths.api.portalActivity(portal),
    )
    expect(items.filter(({ text }) => text.includes('looked at the address'))).toHaveLength(2)
    await act(id, 'send')
    expect(await tokenTo(first)).toBe(shown.url.slice(-64))
  })
})

describe('a receipt', () => {
  const receipts = () => mailed(/^Receipt for INV-/)

  it('is mailed once a payment, with its PDF and what is left', async () => {
    const { id } = await issued()
    const entry = '01a20383-51d4-730e-bdd6-3c30997306b0'
    const paying = () => pay(id, 2000, { id: entry })
    await Promise.all([paying(), paying()])
    await world.minute()
    expect(await receipts()).toEqual([first])
    const mail = await mailOf(first, /^Receipt/)
    const token = tokenIn(mail)
    expect(token).toBe(await tokenTo(first))
    for (const body of [mail.text, mail.html]) {
      expect(body).toContain('€20.00')
      expect(body).toContain('€100.00')
      expect(body).toContain(paths.invoiceReceipt(token, entry))
    }
    const paper = await world.request(paths.invoiceReceipt(token, entry))
    expect(paper.headers.get('content-type')).toBe('application/pdf')
    await pay(id, 10_000, { receipt: false })
    expect(await receipts()).toHaveLength(1)
  })

  it('goes to three, to nobody, and out of an archived portal too', async () => {
    const { id } = await issued()
    for (const name of ['Ann', 'Ben', 'Cem']) await link(name, { scope: 'billing' })
    await asked('POST', paths.api.portalAction(portal, 'archive'))
    await pay(id, 2000)
    expect((await receipts()).sort()).toEqual(
      ['Ann', 'Ben', 'Cem'].map((name) => contact(name).email),
    )
    const { items } = await asked<{ items: LinkJson[] }>('GET', paths.api.links(portal))
    for (const one of items) await onLink(one, 'pause')
    const paid = await pay(id, 2000)
    expect(paid.invoice.paid).toBe(4000)
    expect(await receipts()).toHaveLength(3)
  })

  it('is not sent for what was reversed before it could leave', async () => {
    const { id } = await issued()
    world.mailServerIs('down')
    const { id: payment } = await pay(id, 2000)
    await reverse(id, payment)
    world.mailServerIs('up')
    await world.minute(HOUR)
    expect(await receipts()).toEqual([])
  })
})

describe('the page of an invoice', () => {
  it('is private, names no contact, leads nowhere else, and costs one round trip', async () => {
    await link('Jane', { scope: 'billing' })
    const { id, number } = await issued()
    await pay(id, 500)
    await world.minute()
    const token = await tokenTo('jane@client.example')
    const before = world.trips.length
    const page = await world.request(paths.invoicePage(token))
    expect(world.trips.length - before).toBe(1)
    expect(page.headers.get('cache-control')).toBe('private, no-store')
    expect(page.headers.get('referrer-policy')).toBe('same-origin')
    expect(page.headers.get('x-robots-tag')).toContain('noindex')
    const html = await page.text()
    expect(html).toContain(number)
    expect(html).not.toMatch(/Jane|First|<script|\/portal\//)
  })

  it('has the code of a transfer in euros for what is left, and none where there can be none', async () => {
    await withBank()
    const { id } = await issued()
    const token = await tokenTo(first)
    const html = async () => (await world.request(paths.invoicePage(token))).text()
    expect(await html()).toContain('<figure class="code">')
    await pay(id, 12_000)
    expect(await html()).not.toContain('<figure class="code">')
  })

  it('asks the browser back while the PDF is made, and then streams it', async () => {
    const { id } = await issued()
    await world.minute()
    const token = await tokenTo(first)
    const pdf = () => world.request(paths.invoicePdf(token))
    expect((await pdf()).headers.get('content-type')).toBe('application/pdf')
    await world.env.DB.prepare(`delete from document where "of" = ?`).bind(id).run()
    const waiting = await pdf()
    expect(waiting.status).toBe(503)
    expect(waiting.headers.get('retry-after')).toBe('2')
    expect(waiting.headers.get('refresh')).toBe('2')
    expect(await waiting.text()).toContain(`href="${paths.invoicePdf(token)}"`)
  })
})

it('keeps the address of nobody’s invoice in what the team can list', async () => {
  const { id } = await issued()
  const token = await tokenTo(first)
  for (const path of [paths.api.invoice(portal, id), paths.api.emails, paths.api.activity]) {
    expect(await (await world.api('GET', path, key)).text()).not.toContain(token)
  }
})
