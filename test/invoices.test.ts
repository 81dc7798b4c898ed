import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { paths } from '../src/paths.ts'
import {
  act,
  amounting,
  asked,
  draft,
  issued,
  key,
  openInvoiceScene,
  pay,
  portal,
  portalIn,
  read,
  refused,
  studio,
  twoHours,
  world,
  type InvoiceJson,
} from './harness/invoice-scene.ts'
import { withoutPapers } from './harness/no-jobs.ts'
import { HOUR } from './harness/link-scene.ts'

beforeEach(async () => {
  await openInvoiceScene()
  await withoutPapers(env.DB)
})

const list = (query = '', of: string = paths.api.invoices) =>
  asked<{ items: InvoiceJson[]; next: string | null }>('GET', of + query)

const house = (values: string) =>
  env.DB.prepare(`update organization set ${values} where id = ?`).bind(studio.facts.id).run()

describe('a draft', () => {
  it('has what the contract names', async () => {
    const made = await draft({
      ...twoHours,
      discount: { percent: '10.0' },
      notes: ' Thank you ',
      supplyOn: '2026-11-30',
    })
    expect(made).toEqual({
      id: made.id,
      portal,
      number: null,
      status: 'draft',
      overdue: false,
      overdueSince: null,
      currency: 'EUR',
      prices: 'net',
      lines: [
        { description: 'Design', quantity: '2', unitAmount: 5000, taxRate: '20', amount: 10000 },
      ],
      subtotal: 10000,
      discount: 1000,
      discountPercent: '10',
      tax: 1800,
      taxes: [{ rate: '20', base: 9000, tax: 1800 }],
      total: 10800,
      paid: 0,
      refunded: 0,
      reversed: 0,
      credited: 0,
      balance: 0,
      credit: 0,
      issuedOn: null,
      dueOn: null,
      paidOn: null,
      reminders: { nextOn: null, pausedAt: null },
      answer: null,
      lateFee: null,
      supplyOn: '2026-11-30',
      reverseCharge: false,
      repeatable: false,
      endedAt: null,
      seller: null,
      buyer: { name: 'Halcyon Coffee', address: null, taxId: null },
      notes: 'Thank you',
      milestone: null,
      voidedAt: null,
      voidReason: null,
      version: 1,
      createdAt: expect.any(String),
      payments: [],
      creditNotes: [],
    })
    expect(await read(made.id)).toEqual(made)
  })

  it('takes prices and buyer from the organisation and the portal', async () => {
    await house(`prices = 'gross'`)
    const buyer = { name: 'Halcyon AS', address: 'Bryggen 1\nBergen', taxId: 'NO 912' }
    await asked('PATCH', paths.api.portal(portal), { buyer })
    expect(await draft()).toMatchObject({ prices: 'gross', tax: 1667, total: 10000, buyer })
    expect(await draft({ ...twoHours, prices: 'net', buyer: { name: 'Jane' } })).toMatchObject({
      prices: 'net',
      total: 12000,
      buyer: { name: 'Jane', address: null, taxId: null },
    })
  })

  const line = twoHours.lines[0]
  it.each<[string, object, string]>([
    ['lines', {}, 'lines'],
    ['a line', { lines: [] }, 'lines'],
    ['at most 200 lines', { lines: Array.from({ length: 201 }, () => line) }, 'lines'],
    ['a description', { lines: [{ ...line, description: ' ' }] }, 'lines.0.description'],
    ['a quantity as text', { lines: [{ ...line, quantity: 2 }] }, 'lines.0.quantity'],
    ['a quantity without a sign', { lines: [{ ...line, quantity: '-2' }] }, 'lines.0.quantity'],
    ['at most 6 decimals', { lines: [{ ...line, quantity: '1.0000001' }] }, 'lines.0.quantity'],
    ['a whole amount', { lines: [{ ...line, unitAmount: 1.5 }] }, 'lines.0.unitAmount'],
    ['an amount from 0', { lines: [{ ...line, unitAmount: -1 }] }, 'lines.0.unitAmount'],
    ['a rate up to 100', { lines: [{ ...line, taxRate: '101' }] }, 'lines.0.taxRate'],
    ['a sum it can hold', { lines: [{ ...line, unitAmount: 9_999_999_999_999 }] }, 'lines'],
    ['one discount', { ...twoHours, discount: { percent: '1', amount: 1 } }, 'discount'],
    ['some discount', { ...twoHours, discount: {} }, 'discount'],
    ['a discount of at most all', { ...twoHours, discount: { amount: 10001 } }, 'discount.amount'],
    ['a day', { ...twoHours, dueOn: 'soon' }, 'dueOn'],
    ['a year that people bill in', { ...twoHours, dueOn: '0026-12-01' }, 'dueOn'],
    ['a day of supply in one as well', { ...twoHours, supplyOn: '2926-12-01' }, 'supplyOn'],
    ['no tax under reverse charge', { ...twoHours, reverseCharge: true }, 'lines.0.taxRate'],
    [
      'a milestone of this portal',
      { milestone: '01a20383-51d4-730e-bdd6-3c30997306b0' },
      'milestone',
    ],
  ])('wants %s', async (_, body, path) => {
    const answer = await world.api('POST', paths.api.invoicesOf(portal), key, body)
    expect(answer.status).toBe(422)
    const { errors } = await answer.json<{ errors: { path: string }[] }>()
    expect(errors.map((error) => error.path)).toEqual([path])
  })

  it('is in steps of its currency', async () => {
    const iceland = await portalIn('ISK')
    const wanted = (body: object) => refused('POST', paths.api.invoicesOf(iceland), body)
    expect(await wanted(amounting(150))).toBe(422)
    expect(await wanted({ ...amounting(1000), discount: { amount: 50 } })).toBe(422)
    expect(await wanted({ ...amounting(1000), discount: { amount: 500 } })).toBe(201)
  })

  it('changes as long as nobody else changed it, and is made once', async () => {
    const id = '01a20383-51d4-730e-bdd6-3c30997306b0'
    const both = await Promise.all([draft({ ...twoHours, id }), draft({ ...twoHours, id })])
    expect(both.map((one) => one.id)).toEqual([id, id])
    expect((await list()).items).toHaveLength(1)
    const path = paths.api.invoice(portal, id)
    const changed = await asked('PATCH', path, { version: 1, discount: { amount: 1000 } })
    expect(changed).toMatchObject({ version: 2, discount: 1000, total: 10800 })
    const stale = await world.api('PATCH', path, key, { version: 1, notes: 'Mine' })
    expect(stale.status).toBe(409)
    expect(await stale.json()).toMatchObject({ current: { version: 2, notes: '' } })
    expect(await asked('PATCH', path, { discount: null })).toMatchObject({ total: 12000 })
    const racing = await Promise.all(
      ['A', 'B', 'C'].map((notes) => refused('PATCH', path, { version: 3, notes })),
    )
    expect(racing.sort()).toEqual([200, 409, 409])
  })

  it('is deleted, and nobody else’s by its id', async () => {
    const { id } = await draft()
    const elsewhere = await portalIn('EUR')
    expect(await refused('DELETE', paths.api.invoice(elsewhere, id))).toBe(404)
    const foreign = await (await world.organization('other')).key('owner')
    expect(await refused('DELETE', paths.api.invoice(portal, id), undefined, foreign)).toBe(404)
    expect(await refused('DELETE', paths.api.invoice(portal, id))).toBe(204)
    expect(await refused('GET', paths.api.invoice(portal, id))).toBe(404)
    expect(await refused('DELETE', paths.api.invoice(portal, id))).toBe(404)
  })

  it('can be had once more, without its days and its milestone', async () => {
    const first = await issued({ ...twoHours, dueOn: '2026-12-24', notes: 'Thank you' })
    const copy = await act(first.id, 'duplicate')
    expect(copy).toMatchObject({ status: 'draft', number: null, dueOn: null, notes: 'Thank you' })
    expect(copy).toMatchObject({ total: first.total, lines: first.lines, version: 1 })
    expect(copy.id).not.toBe(first.id)
  })

  it('is written for a portal that is not archived', async () => {
    const { id } = await draft()
    await asked('POST', paths.api.portalAction(portal, 'archive'))
    expect(await refused('POST', paths.api.invoicesOf(portal), twoHours)).toBe(409)
    expect(await refused('PATCH', paths.api.invoice(portal, id), { notes: 'x' })).toBe(409)
    expect(await refused('POST', paths.api.invoiceAction(portal, id, 'issue'))).toBe(409)
    expect(await refused('DELETE', paths.api.invoice(portal, id))).toBe(204)
  })
})

describe('a milestone', () => {
  const milestone = (body: object) =>
    asked<{ id: string; invoice: string | null; version: number }>(
      'POST',
      paths.api.milestones(portal),
      { title: 'Design', ...body },
    )
  const invoiceOf = async (id: string) => {
    const { items } = await asked<{ items: { id: string; invoice: string | null }[] }>(
      'GET',
      paths.api.milestones(portal),
    )
    return items.find((each) => each.id === id)?.invoice
  }

  it('is billed at its amount, or at its part of the portal’s price', async () => {
    await asked('PATCH', paths.api.portal(portal), { price: 100_001 })
    const fixed = await milestone({ amount: 40_000 })
    const part = await milestone({ title: 'Launch', percent: '33.50' })
    expect(part).toMatchObject({ amount: null, percent: '33.5', invoice: null })
    expect(await draft({ milestone: fixed.id })).toMatchObject({
      milestone: fixed.id,
      total: 40_000,
      lines: [{ description: 'Design', quantity: '1', unitAmount: 40_000 }],
    })
    const made = await draft({ milestone: part.id })
    expect(made).toMatchObject({ total: 33_500, lines: [{ description: 'Launch' }] })
    expect(await invoiceOf(part.id)).toBe(made.id)
  })

  it('is billed once, until its draft is deleted or its invoice void', async () => {
    const { id } = await milestone({ amount: 40_000 })
    const bill = () => refused('POST', paths.api.invoicesOf(portal), { milestone: id })
    expect((await Promise.all([bill(), bill(), bill()])).sort()).toEqual([201, 409, 409])
    const first = (await invoiceOf(id)) ?? ''
    await world.api('DELETE', paths.api.invoice(portal, first), key)
    expect(await invoiceOf(id)).toBeNull()
    const second = await draft({ milestone: id })
    await act(second.id, 'issue')
    expect(await bill()).toBe(409)
    await act(second.id, 'void', { reason: 'Wrong client' })
    expect(await invoiceOf(id)).toBeNull()
    expect(await bill()).toBe(201)
  })

  it('that is deleted leaves its invoice as it is', async () => {
    const { id } = await milestone({ amount: 40_000 })
    const made = await draft({ milestone: id })
    await world.api('DELETE', paths.api.milestone(portal, id), key)
    expect(await read(made.id)).toEqual({ ...made, milestone: null })
  })

  it('needs a price of its own, in steps of the currency', async () => {
    const plain = await milestone({})
    const part = await milestone({ percent: '50' })
    for (const { id } of [plain, part]) {
      expect(await refused('POST', paths.api.invoicesOf(portal), { milestone: id })).toBe(422)
    }
    const both = { title: 'x', amount: 1, percent: '1' }
    expect(await refused('POST', paths.api.milestones(portal), both)).toBe(422)
    const changed = await asked<object>('PATCH', paths.api.milestone(portal, part.id), {
      version: part.version,
      amount: 500,
    })
    expect(changed).toMatchObject({ amount: 500, percent: null })
    const iceland = await portalIn('ISK')
    const odd = { title: 'x', amount: 150 }
    expect(await refused('POST', paths.api.milestones(iceland), odd)).toBe(422)
  })
})

describe('a portal', () => {
  it('says what is outstanding and overdue', async () => {
    vi.setSystemTime(Date.parse('2026-11-10T12:00:00Z'))
    const late = await issued({ ...twoHours, dueOn: '2026-11-09' })
    await issued({ ...amounting(5000), dueOn: '2026-11-10' })
    await draft()
    const view = () => asked<object>('GET', paths.api.portal(portal))
    expect(await view()).toMatchObject({ outstanding: 17_000, overdue: 12_000, price: null })
    await pay(late.id, 2000)
    expect(await view()).toMatchObject({ outstanding: 15_000, overdue: 10_000 })
    // Due today in Oslo, until its day is over there.
    vi.setSystemTime(Date.parse('2026-11-10T22:59:59Z'))
    expect(await view()).toMatchObject({ overdue: 10_000 })
    vi.setSystemTime(Date.parse('2026-11-10T23:00:00Z'))
    expect(await view()).toMatchObject({ overdue: 15_000 })
  })

  it('keeps its currency from the first invoice on, and is never deleted', async () => {
    const path = paths.api.portal(portal)
    const { id } = await draft()
    await asked('PATCH', path, { currency: 'JPY' })
    // Its amounts meant something else.
    expect(await refused('POST', paths.api.invoiceAction(portal, id, 'issue'))).toBe(409)
    expect(await asked('PATCH', paths.api.invoice(portal, id), {})).toMatchObject({
      currency: 'JPY',
    })
    await act(id, 'issue')
    expect(await refused('PATCH', path, { currency: 'EUR' })).toBe(409)
    expect(await refused('PATCH', path, { project: 'Renamed', currency: 'JPY' })).toBe(200)
    await act(id, 'void')
    await asked('POST', paths.api.portalAction(portal, 'archive'))
    const answer = await world.api('DELETE', path, key)
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('archived and never deleted')
    const unbilled = await portalIn('EUR')
    await draft(twoHours, unbilled)
    await asked('POST', paths.api.portalAction(unbilled, 'archive'))
    expect(await refused('DELETE', paths.api.portal(unbilled))).toBe(204)
  })

  it('is not moved to another currency while its first invoice is issued', async () => {
    for (let round = 0; round < 5; round++) {
      const home = await portalIn('EUR')
      const { id } = await draft(twoHours, home)
      await Promise.all([
        world.api('POST', paths.api.invoiceAction(home, id, 'issue'), key),
        world.api('PATCH', paths.api.portal(home), key, { currency: 'USD' }),
      ])
      const now = await asked<{ currency: string }>('GET', paths.api.portal(home))
      const invoice = await asked('GET', paths.api.invoice(home, id))
      if (invoice.status === 'open') expect(invoice.currency).toBe(now.currency)
      else expect(now.currency).toBe('USD')
    }
  })

  it('has a price in steps of its currency', async () => {
    expect(await refused('PATCH', paths.api.portal(portal), { price: 1.5 })).toBe(422)
    const iceland = await portalIn('ISK', { price: 120_000 })
    const view = await asked<object>('GET', paths.api.portal(iceland))
    expect(view).toMatchObject({ price: 120_000 })
    expect(await refused('PATCH', paths.api.portal(iceland), { price: 150 })).toBe(422)
    expect(await asked('PATCH', paths.api.portal(iceland), { price: null })).toMatchObject({
      price: null,
    })
  })
})

describe('lists', () => {
  it('are by status, by what is overdue, and by number', async () => {
    let at = Date.parse('2026-11-10T12:00:00Z')
    // Within a millisecond there is no newer and older.
    const due = (dueOn: string | null) => {
      vi.setSystemTime(++at)
      return issued({ ...twoHours, dueOn })
    }
    const one = await due('2026-11-05')
    const two = await due('2026-11-01')
    const later = await due('2026-12-01')
    const paid = await due('2026-10-01')
    await pay(paid.id, 12_000)
    const gone = await due(null)
    await act(gone.id, 'void', { reason: 'Twice' })
    vi.setSystemTime(++at)
    const sketch = await draft()
    const ids = async (query: string, of?: string) =>
      (await list(query, of)).items.map(({ id }) => id)
    const all = [sketch, gone, paid, later, two, one].map(({ id }) => id)
    for (const of of [paths.api.invoices, paths.api.invoicesOf(portal)]) {
      expect(await ids('', of)).toEqual(all)
      expect(await ids('?status=draft', of)).toEqual([sketch.id])
      expect(await ids('?status=open', of)).toEqual([later.id, two.id, one.id])
      expect(await ids('?status=paid', of)).toEqual([paid.id])
      expect(await ids('?status=void', of)).toEqual([gone.id])
      expect(await ids('?status=overdue', of)).toEqual([two.id, one.id])
      expect(await ids('?q=inv-2026-00', of)).toEqual(
        [gone, paid, later, two, one].map(({ id }) => id),
      )
      expect(await ids('?q=2026-003', of)).toEqual([later.id])
      expect(await ids('?q=INV-2025', of)).toEqual([])
      for (const query of ['', 'status=open&', 'status=overdue&', 'q=INV&']) {
        const seen: string[] = []
        let next: string | null = ''
        while (next !== null) {
          const cursor: string = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`
          const page = await list(`?${query}limit=1${cursor}`, of)
          seen.push(...page.items.map(({ id }) => id))
          next = page.next
        }
        expect(seen).toEqual(await ids(`?${query}`, of))
      }
    }
    expect(await refused('GET', `${paths.api.invoices}?status=late`)).toBe(422)
    expect(await refused('GET', `${paths.api.invoices}?currency=USD`)).toBe(422)
    expect(await refused('GET', `${paths.api.invoices}?status=overdue&cursor=${one.id}`)).toBe(422)
    expect((await list('?status=overdue')).items.every(({ overdue }) => overdue)).toBe(true)
  })

  it('are a table as well, which no spreadsheet takes for formulas', async () => {
    const home = await portalIn('KWD', { client: '=HYPERLINK("x")', project: 'A, "B"' })
    const { id } = await draft({ ...amounting(1240), dueOn: '2020-01-01' }, home)
    await asked('POST', paths.api.invoiceAction(home, id, 'issue'))
    await issued()
    const table = await world.request(`${paths.api.invoices}?status=open`, {
      headers: { authorization: `Bearer ${key}`, accept: 'text/csv' },
    })
    expect(table.headers.get('content-type')).toContain('text/csv')
    expect(table.headers.get('content-disposition')).toContain('invoices.csv')
    expect(table.headers.get('vary')).toContain('Accept')
    const [head, newest, row, end] = (await table.text()).split('\r\n')
    expect(head).toBe(
      'number,status,overdue,client,project,currency,issued,due,subtotal,discount,tax,total,paid,refunded,credited,balance,credit',
    )
    expect(newest).toContain(',EUR,')
    const day = new Date().toISOString().slice(0, 4)
    expect(row).toContain(`INV-${day}-001,open,yes,"'=HYPERLINK(""x"")","A, ""B""",KWD,`)
    expect(row).toContain(',2020-01-01,1.240,0.000,0.000,1.240,0.000,0.000,0.000,1.240,0.000')
    expect(end).toBe('')
    const page = await world.request(`${paths.api.invoices}?limit=1`, {
      headers: { authorization: `Bearer ${key}`, accept: 'text/csv' },
    })
    const next = /<([^>]+)>; rel="next"/.exec(page.headers.get('link') ?? '')?.[1] ?? ''
    const further = await world.request(next, {
      headers: { authorization: `Bearer ${key}`, accept: 'text/csv' },
    })
    expect((await further.text()).split('\r\n')).toHaveLength(3)
    expect(further.headers.get('link')).toBeNull()
  })

  it('end where the organisation does', async () => {
    await issued()
    const other = await world.organization('other')
    const foreign = await other.key('owner')
    const theirs = await world.api('GET', paths.api.invoices, foreign)
    expect(await theirs.json()).toEqual({ items: [], next: null })
    expect(await refused('GET', paths.api.invoicesOf(portal), undefined, foreign)).toBe(404)
  })
})

it('keeps who issued, credited and paid what, in words', async () => {
  vi.setSystemTime(Date.now() + HOUR)
  const { id, number } = await issued()
  await pay(id, 2000)
  const { items } = await asked<{ items: { text: string; client: boolean }[] }>(
    'GET',
    paths.api.portalActivity(portal),
  )
  expect(items.slice(0, 2)).toMatchObject([
    { text: `The key owner key recorded a payment of €20.00 for ${number}`, client: true },
    { text: `The key owner key issued ${number} over €120.00`, client: true },
  ])
})
