import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { newId } from '../src/lib/id.ts'
import { paths, type InvoiceFormAction } from '../src/paths.ts'
import {
  act as apiAct,
  amounting,
  asked,
  draft,
  issued,
  openInvoiceScene,
  pay,
  portal,
  portalIn,
  read,
  studio,
  world,
  type InvoiceJson,
} from './harness/invoice-scene.ts'
import { withoutPapers } from './harness/no-jobs.ts'

// The team's pages of invoices as they are where no script runs.

let cookie: string
let admins: string

beforeEach(async () => {
  await openInvoiceScene()
  await withoutPapers(world.env.DB)
  cookie = (await studio.person('member')).cookie
  admins = (await studio.person('admin')).cookie
})

const page = async (path: string, as = cookie) =>
  (await world.request(path, { headers: { cookie: as } })).text()
const send = (path: string, values: Record<string, string>, as = cookie) =>
  world.form(path, values, as)
const all = () => paths.invoicesOf(studio.slug, portal)
const here = (id: string) => paths.invoice(studio.slug, portal, id)
const edit = (id: string) => paths.editInvoice(studio.slug, portal, id)
const act = (id: string, action: InvoiceFormAction, values = {}, as = cookie) =>
  send(paths.invoiceAction(studio.slug, portal, id, action), values, as)
const list = async (of = portal) =>
  (await asked<{ items: InvoiceJson[] }>('GET', paths.api.invoicesOf(of))).items

const year = new Date().getUTCFullYear()

const line = (at: number, description: string, quantity: string, price: string, tax = '') => ({
  [`lines.${at}.description`]: description,
  [`lines.${at}.quantity`]: quantity,
  [`lines.${at}.unitAmount`]: price,
  [`lines.${at}.taxRate`]: tax,
})
const blank = { ...line(0, '', '', ''), ...line(1, '', '', ''), ...line(2, '', '', '') }
const facts = { prices: 'net', discountKind: 'percent', 'buyer.name': 'Halcyon Coffee' }

/** The hidden fields and values of a page's form. */
const fieldIn = (html: string, name: string): string | undefined =>
  new RegExp(`name="${name.replaceAll('.', '\\.')}"[^>]*?value="([^"]*)"`).exec(html)?.[1]

describe('a new invoice', () => {
  it('is drafted once for two clicks, with amounts as people type them', async () => {
    const form = await page(paths.newInvoice(studio.slug, portal))
    const id = fieldIn(form, 'id') ?? ''
    const values = {
      ...facts,
      id,
      ...line(0, 'Design', '2', '1,240.50', '20'),
      ...line(1, '', '', '', '20'),
      ...line(2, 'Hosting', '', '€24'),
      discount: '10',
    }
    const made = await send(all(), values)
    expect(made.status).toBe(303)
    expect(made.headers.get('location')).toBe(here(id))
    expect((await send(all(), values)).status).toBe(303)
    const [only, ...more] = await list()
    expect(more).toEqual([])
    expect(only).toMatchObject({ subtotal: 250_500, discount: 25_050, tax: 44_658 })
    expect(only?.lines).toHaveLength(2)
    expect(await page(here(id))).toContain('2,701.08')
  })

  it('is changed by its first form, where somebody goes back to that', async () => {
    const id = newId(1)
    const typed = (price: string) => ({ ...facts, ...line(0, 'Design', '2', price, '20'), id })
    const first = await send(all(), typed('50'))
    const back = await send(all(), typed('60.00'))
    expect(back.status).toBe(303)
    expect(back.headers.get('location')).toBe(first.headers.get('location'))
    expect(await read(id)).toMatchObject({ total: 14_400, version: 2 })
    expect((await send(all(), typed('60'))).status).toBe(303)
    expect((await read(id)).version).toBe(2)
    // What was saved since is not written over unseen.
    const late = await send(all(), typed('70'))
    expect(late.status).toBe(409)
    const html = await late.text()
    expect(html).toContain('Save again to write over it')
    expect(html).toContain(`action="${edit(id)}"`)
    expect([fieldIn(html, 'version'), fieldIn(html, 'lines.0.unitAmount')]).toEqual(['2', '70'])
    await act(id, 'issue')
    expect((await send(all(), typed('70'))).status).toBe(409)
    expect(await list()).toMatchObject([{ id, total: 14_400, status: 'open' }])
  })

  it('comes back with what was typed and the reason at its field', async () => {
    const values = {
      ...facts,
      ...line(0, 'Design', '2', '1.240,50', '20'),
      ...line(4, '', '1', '10', 'much'),
      discount: '200',
      notes: 'Thank you',
    }
    const back = await send(all(), values)
    expect(back.status).toBe(422)
    const html = await back.text()
    expect(html).toContain('Write it as in 1,240.50.')
    expect(fieldIn(html, 'lines.0.unitAmount')).toBe('1.240,50')
    expect(fieldIn(html, 'lines.1.taxRate')).toBe('much')
    expect(fieldIn(html, 'discount')).toBe('200')
    expect(html).toContain('Thank you')
    expect(html).toMatch(/name="lines\.0\.unitAmount"[^>]*aria-invalid="true"/)
    expect(await list()).toEqual([])
  })

  it('says at the line that a description is missing', async () => {
    const back = await send(all(), { ...facts, ...line(2, '', '1', '10') })
    expect(back.status).toBe(422)
    expect(await back.text()).toContain('The description is missing.')
  })

  it('needs a line', async () => {
    const back = await send(all(), { ...facts, ...blank })
    expect(back.status).toBe(422)
    expect(await back.text()).toContain('An invoice has at least one line.')
  })

  it('gets and loses lines by buttons, and writes nothing by them', async () => {
    const values = { ...facts, ...line(0, 'Design', '2', '10'), ...line(1, 'Copy', '', '5') }
    const added = await (await send(all(), { ...values, do: 'add' })).text()
    expect(added.match(/name="lines\.\d+\.description"/g)).toHaveLength(3)
    const more = await (await send(all(), { ...values, ...line(2, '', '', ''), do: 'add' })).text()
    expect(more.match(/name="lines\.\d+\.description"/g)).toHaveLength(4)
    const removed = await send(all(), { ...values, remove: '0' })
    expect(removed.status).toBe(200)
    const html = await removed.text()
    expect(fieldIn(html, 'lines.0.description')).toBe('Copy')
    expect(html).not.toContain('value="Design"')
    expect(await list()).toEqual([])
  })

  it('is not for an archived portal', async () => {
    await asked('POST', paths.api.portalAction(portal, 'archive'))
    const form = await world.request(paths.newInvoice(studio.slug, portal), { headers: { cookie } })
    expect(form.status).toBe(409)
    expect((await send(all(), { ...facts, ...line(0, 'A', '1', '1') })).status).toBe(409)
  })

  it('keeps the buyer for the portal where somebody wants it', async () => {
    const buyer = { 'buyer.name': 'Halcyon Ltd', 'buyer.address': '1 Quay\r\nBergen' }
    const values = { ...facts, ...buyer, ...line(0, 'A', '1', '1'), keepBuyer: 'yes' }
    expect((await send(all(), values)).status).toBe(303)
    expect(fieldIn(await page(paths.newInvoice(studio.slug, portal)), 'buyer.name')).toBe(
      'Halcyon Ltd',
    )
  })
})

describe('a milestone', () => {
  const step = async () =>
    asked<{ id: string; version: number }>('POST', paths.api.milestones(portal), {
      title: 'Design',
    })

  it('is priced as a part of the portal’s price, and billed once', async () => {
    const { id, version } = await step()
    const price = await send(paths.portalPrice(studio.slug, portal), { price: '16,000' })
    expect(price.status).toBe(303)
    const part = { version: String(version), kind: 'percent', price: '25%' }
    const to = paths.milestonePrice(studio.slug, portal, id)
    expect((await send(to, part)).status).toBe(303)
    expect(await page(all())).toMatch(/Bill <bdi>Design<\/bdi>: [^<]*4,000\.00/)
    const form = await page(`${paths.newInvoice(studio.slug, portal)}?milestone=${id}`)
    expect(fieldIn(form, 'milestone')).toBe(id)
    expect(fieldIn(form, 'lines.0.unitAmount')).toBe('4000.00')
    const values = { ...facts, ...line(0, 'Design', '1', '4000.00'), milestone: id }
    const drawn = { ...values, id: newId(1) }
    const clicks = [drawn, drawn].map((form) => send(all(), form))
    const clicked = (await Promise.all(clicks)).map((answer) => answer.headers.get('location'))
    expect(new Set(clicked).size).toBe(1)
    expect(clicked[0]).toContain(`${all()}/`)
    expect((await send(all(), { ...values, id: newId(2) })).status).toBe(409)
    expect(await list()).toHaveLength(1)
    expect(await page(all())).not.toContain('Bill <bdi>Design')
  })

  it('and a price come back with what was typed', async () => {
    const { id } = await step()
    const price = await send(paths.portalPrice(studio.slug, portal), { price: '16.000,00' })
    expect(price.status).toBe(422)
    expect(fieldIn(await price.text(), 'price')).toBe('16.000,00')
    const to = paths.milestonePrice(studio.slug, portal, id)
    const part = await send(to, { version: '1', kind: 'percent', price: '125' })
    expect(part.status).toBe(422)
    expect(await part.text()).toContain('value="125"')
    const stale = await send(to, { version: '7', kind: 'percent', price: '25' })
    expect(stale.status).toBe(409)
  })
})

describe('a draft', () => {
  it('is changed, and says what somebody else saved meanwhile', async () => {
    const { id, version } = await draft()
    const values = { ...facts, version: String(version), ...line(0, 'Design', '3', '50') }
    expect((await send(edit(id), values)).status).toBe(303)
    // The second of two clicks finds it saved.
    expect((await send(edit(id), values)).status).toBe(303)
    expect(await read(id)).toMatchObject({ total: 15_000, version: version + 1 })
    const late = await send(edit(id), { ...values, ...line(0, 'Design', '4', '50') })
    expect(late.status).toBe(409)
    const html = await late.text()
    expect(html).toContain('Somebody changed this draft while you had it open.')
    expect(html).toMatch(/It now comes to [^<]*150\.00/)
    expect(fieldIn(html, 'lines.0.quantity')).toBe('4')
    expect(fieldIn(html, 'version')).toBe(String(version + 1))
    const again = { ...values, ...line(0, 'Design', '4', '50'), version: String(version + 1) }
    expect((await send(edit(id), again)).status).toBe(303)
    expect((await read(id)).total).toBe(20_000)
  })

  it('shows what it holds, in its form and before it is issued', async () => {
    const { id } = await draft()
    const html = await page(edit(id))
    expect(fieldIn(html, 'lines.0.unitAmount')).toBe('50.00')
    expect(fieldIn(html, 'lines.0.taxRate')).toBe('20')
    expect(await page(here(id))).toContain('Draft of an invoice')
  })

  it('is issued as it was seen, once', async () => {
    const { id, version } = await draft()
    await asked('PATCH', paths.api.invoice(portal, id), { notes: 'Changed' })
    expect((await act(id, 'issue', { version: String(version) })).status).toBe(409)
    const seen = { version: String(version + 1) }
    expect((await act(id, 'issue', seen)).status).toBe(303)
    expect((await act(id, 'issue', seen)).status).toBe(303)
    const { number } = await read(id)
    expect(number).toMatch(/^INV-\d{4}-001$/)
    expect(await page(here(id))).toContain(number)
    expect((await world.request(edit(id), { headers: { cookie } })).status).toBe(409)
  })

  it('is deleted and duplicated', async () => {
    const { id } = await draft()
    const copy = newId(3)
    const made = await act(id, 'duplicate', { id: copy })
    expect(made.headers.get('location')).toBe(edit(copy))
    expect((await act(id, 'duplicate', { id: copy })).status).toBe(303)
    expect(await list()).toHaveLength(2)
    expect((await act(id, 'delete')).headers.get('location')).toBe(all())
    expect(await list()).toHaveLength(1)
  })

  it('is deleted once by two clicks, and nothing else is by its address', async () => {
    const { id } = await draft()
    const answers = await Promise.all([act(id, 'delete'), act(id, 'delete')])
    answers.push(await act(id, 'delete'))
    for (const answer of answers) {
      expect(answer.status).toBe(303)
      expect(answer.headers.get('location')).toBe(all())
    }
    const logged = async () =>
      (
        await env.DB.prepare(
          `select count(*) as n from activity where kind = 'invoice.draft-deleted'`,
        ).first<{ n: number }>()
      )?.n
    expect(await logged()).toBe(1)
    // Never there, in another portal, of another organisation, and long gone.
    const elsewhere = await portalIn('EUR')
    const other = await world.organization('other')
    const foreign = (await other.person('owner')).cookie
    const at = (slug: string, of: string, which: string) =>
      paths.invoiceAction(slug, of, which, 'delete')
    for (const [path, as] of [
      [at(studio.slug, portal, newId(5)), cookie],
      [at(studio.slug, elsewhere, id), cookie],
      [at(other.slug, portal, id), foreign],
    ] as const) {
      expect((await send(path, {}, as)).status, path).toBe(404)
    }
    vi.setSystemTime(Date.now() + 2 * 3_600_000)
    expect((await act(id, 'delete')).status).toBe(404)
  })
})

describe('an issued invoice', () => {
  const payments = (id: string) => paths.payments(studio.slug, portal, id)

  it('takes a part of its money, and the rest', async () => {
    const { id } = await issued()
    const form = await page(here(id))
    expect(fieldIn(form, 'amount')).toBe('120.00')
    const first = { id: newId(4), amount: '20', method: 'cash', receivedOn: '2026-01-02', note: '' }
    expect((await send(payments(id), first)).status).toBe(303)
    expect((await send(payments(id), first)).status).toBe(303)
    expect(await read(id)).toMatchObject({ balance: 10_000, status: 'open' })
    const rest = { ...first, id: newId(5), amount: '100.00' }
    expect((await send(payments(id), rest)).status).toBe(303)
    expect(await read(id)).toMatchObject({ balance: 0, status: 'paid' })
    expect(await page(here(id))).toContain('Settled.')
  })

  it.each([
    [{ amount: '12,50' }, 'Write it as in 1,240.50.'],
    [{ amount: '' }, 'Write it as in 1,240.50.'],
    [{ amount: '0' }, 'The amount is more than 0.'],
    [{ receivedOn: '2199-01-01' }, 'This day is still to come.'],
    [{ method: 'stripe' }, 'method is one of'],
  ])('refuses a payment with %o', async (over, words) => {
    const { id } = await issued()
    const facts = { amount: '20', method: 'cash', receivedOn: '2026-01-02', note: 'By hand' }
    const back = await send(payments(id), { ...facts, ...over })
    expect(back.status).toBe(422)
    const html = await back.text()
    expect(html).toContain(words)
    expect(html).toContain('By hand')
    expect((await read(id)).payments).toEqual([])
  })

  it('gives money back by an admin, at most what came', async () => {
    const { id } = await issued()
    const { id: payment } = await pay(id, 12_000)
    const to = (action: 'refund' | 'reverse') =>
      paths.paymentAction(studio.slug, portal, id, payment, action)
    expect((await send(to('refund'), { amount: '1' })).status).toBe(403)
    expect((await send(to('reverse'), {})).status).toBe(403)
    expect(await page(here(id))).not.toContain('Record the refund')
    const most = await send(to('refund'), { amount: '120.01' }, admins)
    expect(most.status).toBe(422)
    expect(await most.text()).toContain('This is more than is left of the payment.')
    const part = { id: newId(6), amount: '20' }
    expect((await send(to('refund'), part, admins)).status).toBe(303)
    expect((await send(to('refund'), part, admins)).status).toBe(303)
    expect((await send(to('reverse'), { note: 'Bounced' }, admins)).status).toBe(303)
    expect(await read(id)).toMatchObject({ refunded: 2000, reversed: 10_000, status: 'open' })
    expect(await page(here(id))).toContain('Bounced')
  })

  it('has its descriptions above numbers that would leave them no room', async () => {
    const short = await draft(amounting(1_234_500))
    expect(await page(here(short.id))).toContain('<td><bdi>Work</bdi></td>')
    const rupiah = await portalIn('IDR')
    const long = await draft(amounting(35_000_000_000), rupiah)
    const html = await page(paths.invoice(studio.slug, rupiah, long.id))
    expect(html).toContain('<tr class="above"><td colspan="5"><bdi>Work</bdi></td></tr>')
    expect(html.match(/<bdi>Work<\/bdi>/g)).toHaveLength(1)
  })

  it('is voided by an admin, with the reason on the page', async () => {
    const { id } = await issued()
    expect((await act(id, 'void', { reason: 'Wrong client' })).status).toBe(403)
    expect((await act(id, 'void', { reason: 'Wrong client' }, admins)).status).toBe(303)
    expect(await page(here(id))).toContain('Wrong client')
  })

  it('is taken back in part by a credit note, of the lines that have a quantity', async () => {
    const { id } = await issued({
      lines: [
        { description: 'Design', quantity: '2', unitAmount: 5000, taxRate: '20' },
        { description: 'Copy', quantity: '1', unitAmount: 1000 },
      ],
    })
    const to = paths.creditNotes(studio.slug, portal, id)
    const form = await page(to, admins)
    expect(fieldIn(form, 'lines.0.unitAmount')).toBe('50.00')
    expect(fieldIn(form, 'lines.0.quantity')).toBe('')
    const values = { id: newId(7), reason: '', ...line(0, 'Design', '', '50', '20') }
    const copy = { ...values, ...line(1, 'Copy', '1', '10') }
    const none = await send(to, values, admins)
    expect(none.status).toBe(422)
    expect(await none.text()).toContain('Say how many of a line are taken back.')
    const silent = await send(to, copy, admins)
    expect(silent.status).toBe(422)
    const html = await silent.text()
    expect(html).toContain('Say why in a few words.')
    expect(fieldIn(html, 'lines.1.quantity')).toBe('1')
    const said = { ...copy, reason: 'Not needed' }
    expect((await send(to, said, admins)).status).toBe(303)
    expect((await send(to, said, admins)).status).toBe(303)
    expect(await read(id)).toMatchObject({ credited: 1000, balance: 12_000 })
    expect((await send(to, said)).status).toBe(403)
  })

  it('is ended where it may be paid again', async () => {
    const { id } = await issued({ ...amounting(100), repeatable: true })
    expect((await act(id, 'end')).status).toBe(303)
    expect(await page(here(id))).toContain('It has ended.')
  })
})

describe('the lists', () => {
  it('lead from nothing to the first draft', async () => {
    expect(await page(all())).toContain('Draft the first invoice')
    expect(await page(paths.invoices(studio.slug))).toContain('Nothing billed yet')
  })

  it('show what is asked for in each currency, and narrow by status and number', async () => {
    const dollars = await portalIn('JPY')
    await issued()
    const late = await draft({ ...amounting(5000), dueOn: '2020-01-01' })
    await apiAct(late.id, 'issue')
    const other = await draft(amounting(700), dollars)
    await asked('POST', paths.api.invoiceAction(dollars, other.id, 'issue'), {})
    const html = await page(paths.invoices(studio.slug))
    expect(html).toContain('Outstanding in JPY')
    expect(html).toContain('¥700')
    expect(html).toContain('170.00')
    const overdue = await page(`${paths.invoices(studio.slug)}?status=overdue`)
    expect(overdue).toContain(`INV-${year}-002`)
    expect(overdue).not.toContain(`INV-${year}-001`)
    const found = await page(`${paths.invoices(studio.slug)}?q=${year}-003`)
    expect(found).toContain(`INV-${year}-003`)
    expect(found).not.toContain(`INV-${year}-002`)
    const table = await page(`${paths.invoicesTable(studio.slug)}?status=overdue`)
    expect(table.split('\r\n')).toHaveLength(3)
    expect(table).toContain(`INV-${year}-002,open,yes`)
    const tables = [paths.invoicesTable(studio.slug), paths.teamStatementTable(studio.slug, portal)]
    for (const path of tables) {
      const download = await world.request(path, { headers: { cookie } })
      const bytes = new Uint8Array(await download.arrayBuffer())
      expect([...bytes.subarray(0, 3)], 'the mark by which Excel knows UTF-8').toEqual([
        239, 187, 191,
      ])
    }
    expect(await page(`${all()}?status=paid`)).toContain('No invoice of this kind.')
  })

  it('go on page by page', async () => {
    for (let n = 0; n < 51; n++) await draft(amounting(100))
    const first = await page(all())
    const next = /href="([^"]+)" rel="next"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect(next).toContain('cursor=')
    expect((await page(next)).match(/class="cover"/g)).toHaveLength(1)
  })

  it('say on the portal’s tab how many there are, drafts among them', async () => {
    const tab = async (of = portal) => {
      const html = await page(paths.portalOf(studio.slug, of))
      return /data-part="tab-invoices">(?:<i>(.*?)<\/i>)?<\/span>/.exec(html)?.[1]
    }
    const elsewhere = await portalIn('EUR')
    expect(await tab()).toBeUndefined()
    const { id } = await draft(amounting(100))
    expect(await tab()).toBe('1<span class="unseen"> invoice</span>')
    await issued(amounting(100))
    await pay((await issued(amounting(100))).id, 100)
    expect(await tab()).toBe('3<span class="unseen"> invoices</span>')
    await act(id, 'delete')
    expect(await tab()).toMatch(/^2/)
    expect(await tab(elsewhere)).toBeUndefined()
  })

  it('answers a status or a cursor that is none with not found', async () => {
    for (const query of ['status=late', 'cursor=x', 'limit=1000']) {
      for (const path of [all(), paths.invoices(studio.slug), paths.invoicesTable(studio.slug)]) {
        const answer = await world.request(`${path}?${query}`, { headers: { cookie } })
        expect(answer.status, `${path}?${query}`).toBe(404)
      }
    }
  })
})

describe('the settings of billing', () => {
  const to = () => paths.billing(studio.slug)
  const bank = {
    prices: 'gross',
    holder: 'Studio AS',
    iban: 'no93 8601 1117 947',
    bic: '',
    details: '',
  }

  it('keep bank details that the next invoice is issued with', async () => {
    const mark = fieldIn(await page(to(), admins), 'mark')?.replaceAll('&quot;', '"') ?? ''
    expect((await send(to(), { ...bank, mark })).status).toBe(403)
    expect((await send(to(), { ...bank, mark }, admins)).status).toBe(303)
    // The second of two clicks wants what is.
    expect((await send(to(), { ...bank, mark }, admins)).status).toBe(303)
    const stale = await send(to(), { ...bank, holder: 'Another', mark }, admins)
    expect(stale.status).toBe(409)
    expect(fieldIn(await stale.text(), 'holder')).toBe('Another')
    const { id } = await issued()
    expect(await page(here(id))).toContain('NO9386011117947')
    expect((await read(id)).prices).toBe('gross')
  })

  it.each([
    [{ iban: 'NO9386011117948' }, 'This is not an IBAN'],
    [{ bic: 'X' }, 'A BIC has 8 or 11'],
    [{ holder: '' }, 'Say whose account it is.'],
    [{ prices: 'other' }, 'Prices are without or with their tax.'],
  ])('refuses %o and keeps what was typed', async (over, words) => {
    const back = await send(to(), { ...bank, details: 'Sort code 1', ...over }, admins)
    expect(back.status).toBe(422)
    const html = await back.text()
    expect(html).toContain(words)
    expect(html).toContain('Sort code 1')
  })

  it('keep rates and lines that a new invoice starts from', async () => {
    const id = newId(8)
    const rate = { id, name: 'VAT', rate: '25 %' }
    expect((await send(paths.taxRates(studio.slug), rate)).status).toBe(403)
    expect((await send(paths.taxRates(studio.slug), rate, admins)).status).toBe(303)
    expect((await send(paths.taxRates(studio.slug), rate, admins)).status).toBe(303)
    const wrong = await send(paths.taxRates(studio.slug), { name: 'X', rate: '101' }, admins)
    expect(wrong.status).toBe(422)
    const saved = { description: 'Hosting', quantity: '1', unitAmount: '24', currency: 'EUR' }
    const lines = paths.savedLines(studio.slug)
    expect((await send(lines, saved)).status).toBe(403)
    expect((await send(lines, saved, admins)).status).toBe(303)
    expect((await send(lines, { ...saved, unitAmount: 'x' }, admins)).status).toBe(422)
    const euros = await portalIn('EUR')
    const form = await page(paths.newInvoice(studio.slug, euros))
    expect(fieldIn(form, 'lines.0.taxRate')).toBe('25')
    const line = /<option value="([^"]+)" data-description="Hosting"/.exec(form)?.[1] ?? ''
    const put = await send(paths.invoicesOf(studio.slug, euros), {
      ...facts,
      saved: line,
      do: 'saved',
    })
    expect(fieldIn(await put.text(), 'lines.0.unitAmount')).toBe('24.00')
    const remove = paths.deleteSavedLine(studio.slug, line)
    expect((await send(remove, {})).status).toBe(403)
    const gone = paths.deleteTaxRate(studio.slug, id)
    // Twice each, as by two clicks.
    for (const path of [remove, remove, gone, gone]) {
      const answer = await send(path, {}, admins)
      expect(answer.headers.get('location')).toBe(`${to()}?saved=1`)
    }
    expect((await send(gone, {})).status).toBe(403)
    expect((await send(paths.deleteTaxRate(studio.slug, newId(7)), {}, admins)).status).toBe(404)
    expect((await page(to(), admins)).match(/25%/g)).toBeNull()
  })

  it('of another organisation are not to be had or taken away', async () => {
    const other = await world.organization('other')
    const foreign = (await other.person('owner')).cookie
    const id = newId(9)
    await send(paths.taxRates(studio.slug), { id, name: 'VAT', rate: '25' }, admins)
    const theirs = () => send(paths.deleteTaxRate(other.slug, id), {}, foreign)
    expect((await theirs()).status).toBe(404)
    // The same id again, from elsewhere, makes nothing and tells nothing.
    const taken = await send(paths.taxRates(other.slug), { id, name: 'X', rate: '1' }, foreign)
    expect(taken.status).toBe(409)
    expect(await page(to(), admins)).toContain('25%')
    await send(paths.deleteTaxRate(studio.slug, id), {}, admins)
    expect((await theirs()).status).toBe(404)
  })
})

it('finds nothing of another portal by an invoice’s address in the wrong one', async () => {
  const elsewhere = await portalIn('EUR')
  const { id } = await issued()
  const { id: payment } = await pay(id, 100)
  const { slug } = studio
  for (const path of [
    paths.invoice(slug, elsewhere, id),
    paths.editInvoice(slug, elsewhere, id),
    paths.creditNotes(slug, elsewhere, id),
  ]) {
    expect((await world.request(path, { headers: { cookie: admins } })).status, path).toBe(404)
  }
  const refund = paths.paymentAction(slug, elsewhere, id, payment, 'refund')
  expect((await send(refund, { amount: '1' }, admins)).status).toBe(404)
  expect((await send(paths.payments(slug, elsewhere, id), { amount: '1' }, admins)).status).toBe(
    404,
  )
})
