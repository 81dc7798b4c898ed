import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createDraft } from '../src/features/invoices/draft.ts'
import { issueInvoice } from '../src/features/invoices/issue.ts'
import { paths } from '../src/paths.ts'
import { firstView } from './harness/budget.ts'
import { fixedPortal } from './harness/fixed-portal.ts'
import {
  act,
  amounting,
  asked,
  credit,
  draft,
  issued,
  openInvoiceScene,
  pay,
  portal,
  portalIn,
  studio,
  twoHours,
  world,
} from './harness/invoice-scene.ts'
import { create, HOUR, token } from './harness/link-scene.ts'

let everything: string
let billing: string

beforeEach(async () => {
  vi.setSystemTime(Date.parse('2026-11-10T12:00:00Z'))
  await openInvoiceScene()
  everything = token((await create({ send: false })).url)
  const accounts = { name: 'Accounts', email: 'ap@client.example' }
  billing = token((await create({ contact: accounts, scope: 'billing', send: false })).url)
})

interface Page {
  outstanding: number
  overdue: number
  invoices: { id: string; number: string; status: string; overdue: boolean; payUrl: null }[]
  since?: { changes: string[] }
}

interface List {
  items: { id: string; number: string; lines: object[] }[]
  next: string | null
}

async function got<T>(path: string): Promise<T> {
  const answer = await world.request(path)
  expect(answer.status, path).toBe(200)
  return answer.json()
}

const page = (by: string) => got<Page>(paths.api.client(by))
const list = (by: string, query = '') => got<List>(paths.api.clientInvoices(by) + query)

/** One after the other: what is issued in the same millisecond has no order. */
const later = () => vi.setSystemTime(Date.now() + 1000)

describe('a client', () => {
  it('sees what was issued, and what is still asked for, by either kind of link', async () => {
    const late = await issued({ ...twoHours, dueOn: '2026-11-09' })
    later()
    const open = await issued({ ...amounting(5000), dueOn: '2026-11-10' })
    later()
    const paid = await issued(amounting(700))
    await pay(paid.id, 700, { note: 'Not for clients' })
    later()
    const gone = await issued(amounting(900))
    await act(gone.id, 'void', { reason: 'Not for clients either' })
    await pay(late.id, 2000)
    for (const by of [everything, billing]) {
      const shown = await page(by)
      expect(shown).toMatchObject({ outstanding: 15_000, overdue: 10_000, currency: 'EUR' })
      expect(shown.invoices).toEqual(
        [
          { ...gone, status: 'void', balance: 0 },
          { ...paid, status: 'paid', paid: 700, balance: 0, paidOn: '2026-11-02' },
          { ...open, overdue: false },
          { ...late, overdue: true, paid: 2000, balance: 10_000 },
        ].map((invoice) => ({
          id: invoice.id,
          number: invoice.number,
          status: invoice.status,
          overdue: invoice.overdue,
          currency: 'EUR',
          total: invoice.total,
          paid: invoice.paid,
          refunded: 0,
          credited: 0,
          balance: invoice.balance,
          credit: 0,
          issuedOn: '2026-11-10',
          dueOn: invoice.dueOn,
          pending: 0,
          answer: null,
          paidOn: invoice.paidOn,
          payUrl: null,
        })),
      )
      const { items } = await list(by)
      expect(items.map(({ id }) => id)).toEqual([gone, paid, open, late].map(({ id }) => id))
      expect(items[3]).toMatchObject({
        lines: late.lines,
        subtotal: 10_000,
        tax: 2000,
        overdue: true,
      })
      expect(JSON.stringify([shown, items])).not.toContain('Not for clients')
    }
  })

  it('of invoices alone sees nothing else', async () => {
    await issued()
    expect(Object.keys(await page(billing)).sort()).toEqual([
      'client',
      'contact',
      'currency',
      'invoices',
      'organization',
      'outstanding',
      'overdue',
      'project',
      'scope',
      'status',
    ])
  })

  it('never sees a draft, and neither does a stranger', async () => {
    const secret = {
      lines: [{ description: 'Sketch nobody knows of', quantity: '1', unitAmount: 31_337 }],
      notes: 'Whispered',
      buyer: { name: 'Somebody Quiet' },
    }
    const { id } = await draft(secret)
    await draft({ ...secret, dueOn: '2020-01-01' })
    const doors = [everything, billing].flatMap((by) => [
      paths.portal(by),
      paths.clientInvoice(by, id),
      paths.api.client(by),
      paths.api.clientInvoices(by),
      `${paths.api.clientInvoices(by)}?limit=100`,
      paths.api.clientMessages(by),
      paths.clientMessages(by),
    ])
    for (const path of doors) {
      const text = await (await world.request(path)).text()
      expect(text, path).not.toMatch(/Sketch|Whispered|Quiet|31337|313[.,]37/)
      expect(text, path).not.toContain(id)
    }
    const known = [paths.api.invoices, paths.api.invoicesOf(portal), paths.api.invoice(portal, id)]
    for (const path of known) {
      expect((await world.request(path)).status).toBe(401)
      const withToken = { headers: { authorization: `Bearer ${everything}` } }
      expect((await world.request(path, withToken)).status).toBe(401)
    }
    expect(await page(everything)).toMatchObject({ outstanding: 0, overdue: 0, invoices: [] })
    const kinds = await env.DB.prepare(
      `select count(*) as n from activity where topic = 'invoices'`,
    ).first('n')
    expect(kinds).toBe(0)
  })

  it('sees the invoices of this portal and of no other', async () => {
    const elsewhere = await portalIn('EUR')
    const made = await createDraft(studio.ctx(), {
      portal: elsewhere,
      lines: [{ description: 'Theirs', quantity: '1', unitAmount: 100, taxRate: null }],
    })
    const path = { portal: elsewhere, invoice: made.ok ? made.value.id : '' }
    const theirs = await issueInvoice(studio.ctx(), path)
    expect(theirs.ok).toBe(true)
    expect((await list(everything)).items).toEqual([])
    expect((await page(everything)).invoices).toEqual([])
  })

  it('pages through them, the last issued first', async () => {
    const sketches: { id: string }[] = []
    for (let n = 0; n < 5; n++) {
      sketches.push(await draft())
      later()
    }
    // Issued in another order than they were drafted in.
    const order = [3, 0, 4, 1].map((n) => sketches[n]?.id ?? '')
    for (const id of order) {
      await act(id, 'issue')
      later()
    }
    const seen: string[] = []
    let next: string | null = ''
    while (next !== null) {
      const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`
      const part: List = await list(billing, `?limit=3${cursor}`)
      seen.push(...part.items.map(({ id }) => id))
      next = part.next
    }
    expect(seen).toEqual(order.toReversed())
    expect((await page(billing)).invoices.map(({ id }) => id)).toEqual(seen)
    for (const query of ['?limit=0', '?limit=101', '?cursor=x', `?cursor=${order[0]}`]) {
      const answer = await world.request(paths.api.clientInvoices(billing) + query)
      expect(answer.status, query).toBe(422)
    }
  })

  it('hears what happened to them since the last visit', async () => {
    const seen = (by: string) => world.request(paths.api.seen(by), { method: 'POST' })
    await seen(everything)
    vi.setSystemTime(Date.now() + HOUR)
    const { id, number } = await issued(amounting(10_000))
    later()
    await credit(id, 2500)
    later()
    await pay(id, 7500)
    const twice = await issued()
    later()
    await act(twice.id, 'void')
    const { since } = await page(everything)
    expect(since?.changes).toEqual([
      `€75.00 arrived for ${number}`,
      `${number} is €25.00 less`,
      `${number} is here: €100.00`,
    ])
  })
})

it('costs a row for every invoice that a client’s page has, and no trip', async () => {
  const fixed = await fixedPortal(studio)
  const read = async () => {
    world.trips.length = 0
    await got(paths.api.client(fixed.token))
    const [[statement] = [], ...more] = world.trips
    expect(more).toEqual([])
    const { meta } = await env.DB.prepare(statement?.sql ?? '')
      .bind(...(statement?.params ?? []))
      .all()
    return meta.rows_read
  }
  const before = await read()
  for (let n = 0; n < 10; n++) {
    const lines = [{ description: 'Work', quantity: '1', unitAmount: 1000, taxRate: null }]
    const ctx = studio.ctx()
    const made = await createDraft(ctx, { portal: fixed.portal, lines })
    const path = { portal: fixed.portal, invoice: made.ok ? made.value.id : '' }
    await issueInvoice(ctx, path)
    // Drafts beside them are not even read.
    await createDraft(ctx, { portal: fixed.portal, lines })
  }
  // Ten more rows, and ten entries of news, of which the page tells as many as of any other.
  expect(await read()).toBeLessThanOrEqual(before + 10 + 10)
  expect(before).toBeLessThanOrEqual(firstView.rows)
})

describe('an invoice of its own', () => {
  const show = (by: string, id: string) => world.request(paths.clientInvoice(by, id))

  it('is on the page, what is owed first, and has a page for either kind of link', async () => {
    const late = await issued({ ...twoHours, dueOn: '2026-11-08', notes: 'Thank\nyou' })
    later()
    const paid = await issued(amounting(700))
    await pay(paid.id, 700, { note: 'Not for clients' })
    later()
    const less = await issued({ ...amounting(5000), reverseCharge: true, dueOn: '2026-11-10' })
    await credit(less.id, 1000)
    for (const by of [everything, billing]) {
      const html = await (await world.request(paths.portal(by))).text()
      expect(html).toContain('Overdue by 2 days')
      const order = [late, less, paid].map(({ id }) => html.indexOf(paths.clientInvoice(by, id)))
      expect(order.every((place) => place > 0)).toBe(true)
      expect(order).toEqual(order.toSorted((one, other) => one - other))
      const sheet = await (await show(by, late.id)).text()
      for (const words of ['€120.00 was due 2 days ago', 'Design', 'Thank<br/>you', '€20.00']) {
        expect(sheet).toContain(words)
      }
      expect(await (await show(by, paid.id)).text()).not.toContain('Not for clients')
      const credited = await (await show(by, less.id)).text()
      for (const words of ['Reverse charge', 'Agreed on the phone', '€40.00', 'CN-2026-001']) {
        expect(credited).toContain(words)
      }
    }
    expect(await (await world.request(paths.portal(everything))).text()).toContain(
      '€120.00 overdue',
    )
  })

  it('is nobody’s while it is a draft, and no other portal’s', async () => {
    const { id } = await draft({ ...twoHours, notes: 'Whispered' })
    const elsewhere = await draft(twoHours, await portalIn('EUR'))
    await asked('POST', paths.api.invoiceAction(elsewhere.portal, elsewhere.id, 'issue'))
    const mine = await issued()
    for (const by of [everything, billing]) {
      for (const invoice of [id, elsewhere.id, 'x', '01900000-0000-7000-8000-000000000000']) {
        const answer = await show(by, invoice)
        expect(answer.status).toBe(404)
        expect(await answer.text()).not.toContain('Whispered')
      }
      expect((await show(by, mine.id)).status).toBe(200)
    }
    expect((await show('0'.repeat(64), mine.id)).status).toBe(404)
  })

  it('says where to pay, with its number as the reference, until it is paid', async () => {
    const bank = { holder: 'Studio Ltd', iban: 'DE89370400440532013000', bic: null, details: null }
    await env.DB.prepare('update organization set bank = ?').bind(JSON.stringify(bank)).run()
    const { id, number } = await issued()
    const open = await (await show(billing, id)).text()
    expect(open).toContain('DE89 3704 0044 0532 0130 00')
    expect(open).toMatch(new RegExp(`Reference</dt><dd><span class="num">${number}`))
    await pay(id, 12_000)
    const paid = await (await show(billing, id)).text()
    expect(paid).not.toContain('DE89')
    expect(paid).toContain('Paid. Thank you.')
  })
})

describe('the page’s panel', () => {
  const panel = async (by: string) => {
    const html = await (await world.request(paths.portal(by))).text()
    return html.slice(html.indexOf('id="invoices"'), html.indexOf('Statement as PDF'))
  }
  const answer = async (by: string, id: string, body: object) =>
    expect(
      await world.request(paths.api.clientInvoiceAnswer(by, id), {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    ).toHaveProperty('status', 200)
  const ways = (by: string, id: string) =>
    ['later', 'problem'].map((form) => `href="${paths.clientInvoice(by, id)}#${form}"`)

  it('leads to the forms for an answer, of every invoice that is open, by either kind of link', async () => {
    const late = await issued({ ...twoHours, dueOn: '2026-11-08' })
    const due = await issued({ ...amounting(5000), dueOn: '2026-11-20' })
    const paid = await issued(amounting(700))
    await pay(paid.id, 700)
    const gone = await issued(amounting(900))
    await act(gone.id, 'void')
    const debited = await issued(amounting(1100))
    await env.DB.prepare('update invoice set pending = 1100 where id = ?').bind(debited.id).run()
    for (const by of [everything, billing]) {
      const html = await panel(by)
      for (const { id } of [late, due]) {
        for (const way of ways(by, id)) expect(html).toContain(way)
      }
      expect(html.match(/#(?:later|problem|answer)"/g)).toHaveLength(4)
    }
    const sheet = await (await world.request(paths.clientInvoice(billing, late.id))).text()
    for (const form of ['later', 'problem', 'answer']) expect(sheet).toContain(` id="${form}"`)
  })

  it('says what was answered, whoever of them did, with the way to change it', async () => {
    const { id } = await issued({ ...twoHours, dueOn: '2026-11-08' })
    await answer(billing, id, { kind: 'will-pay', on: '2026-12-03' })
    expect(await panel(everything)).toContain('You said you would pay on 3 Dec.')
    expect(await panel(billing)).toContain(`href="${paths.clientInvoice(billing, id)}#answer"`)
    expect(await page(billing)).toMatchObject({
      invoices: [{ answer: { kind: 'will-pay', on: '2026-12-03' } }],
    })
    await answer(everything, id, { kind: 'problem', note: 'We agreed on half' })
    const html = await panel(billing)
    expect(html).toContain('You said that there is a problem with it.')
    expect(html).not.toContain('would pay')
    expect(await list(billing)).toMatchObject({ items: [{ answer: { kind: 'problem' } }] })
    await pay(id, 12_000)
    expect(await panel(billing)).not.toContain('You said')
  })

  it('takes no answer of an archived portal, but says what was answered', async () => {
    const { id } = await issued(twoHours)
    await answer(billing, id, { kind: 'will-pay', on: '2026-12-03' })
    await issued(amounting(900))
    await asked('POST', paths.api.portalAction(portal, 'archive'))
    const html = await panel(billing)
    expect(html).toContain('You said you would pay on 3 Dec.')
    expect(html).not.toMatch(/#(?:later|problem|answer)"/)
  })
})
