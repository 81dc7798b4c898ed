import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createDraft } from '../src/features/invoices/draft.ts'
import { issueInvoice } from '../src/features/invoices/issue.ts'
import { createPortal } from '../src/features/portals/actions.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import type { Tenant } from './harness/world.ts'
import {
  act,
  amounting,
  asked,
  credit,
  draft,
  issued,
  key,
  openInvoiceScene,
  portal,
  read,
  refused,
  studio,
  twoHours,
  world,
} from './harness/invoice-scene.ts'
import { withoutPapers } from './harness/no-jobs.ts'

beforeEach(async () => {
  await openInvoiceScene()
  await withoutPapers(env.DB)
})

const house = (tenant: Tenant, values: string) =>
  env.DB.prepare(`update organization set ${values} where id = ?`).bind(tenant.facts.id).run()

/** 'INV-2026-001' and on. */
const numbers = (prefix: string, count: number) =>
  Array.from({ length: count }, (_, n) => `${prefix}-${String(n + 1).padStart(3, '0')}`)

/** Of all that an organisation issued, by count. */
async function issuedBy(tenant: Tenant): Promise<string[]> {
  const { results } = await env.DB.prepare(
    `select number from invoice where organization_id = ? and number is not null
    order by length(number), number`,
  )
    .bind(tenant.facts.id)
    .all<{ number: string }>()
  return results.map(({ number }) => number)
}

async function portalOf(tenant: Tenant): Promise<string> {
  const made = await createPortal(tenant.ctx(), {
    project: 'P',
    client: 'C',
    currency: 'EUR',
    contact: { name: 'X', email: 'x@y.example' },
    send: false,
  })
  return made.ok ? made.value.portal.id : ''
}

/** So many drafts: one by the verb, and its like. */
async function drafts(tenant: Tenant, home: string, count: number): Promise<string[]> {
  const made = await createDraft(tenant.ctx(), { portal: home, lines: [line] })
  const id = made.ok ? made.value.id : ''
  const { results } = await env.DB.prepare(`select name from pragma_table_info('invoice')`).all<{
    name: string
  }>()
  const names = results.map(({ name }) => name)
  const copied = names.map((name) => (name === 'id' ? 'copy.value' : `invoice.${name}`))
  const copies = Array.from({ length: count - 1 }, () => newId(Date.now()))
  await env.DB.prepare(
    `insert into invoice (${names.join()}) select ${copied.join()} from invoice, json_each(?) as copy
    where invoice.id = ?`,
  )
    .bind(JSON.stringify(copies), id)
    .run()
  return [id, ...copies]
}

const line = { description: 'Work', quantity: '1', unitAmount: 100, taxRate: null }

describe('issuing', () => {
  it('freezes everything, for good', async () => {
    vi.setSystemTime(Date.parse('2026-11-30T23:30:00Z'))
    await house(
      studio,
      `legal_name = 'Northwind AS', address = 'Bryggen 1', tax_id = 'NO 987', payment_terms = 30,
      bank = '{"holder":"Northwind AS","iban":"NO93 8601 1117 947","bic":null,"details":null}'`,
    )
    const { id } = await draft()
    const open = await act(id, 'issue', { send: false })
    expect(open).toMatchObject({
      number: 'INV-2026-001',
      status: 'open',
      // Already December in Oslo.
      issuedOn: '2026-12-01',
      dueOn: '2026-12-31',
      total: 12_000,
      balance: 12_000,
      credit: 0,
      version: 2,
      seller: {
        name: 'Northwind AS',
        address: 'Bryggen 1',
        taxId: 'NO 987',
        bank: { holder: 'Northwind AS', iban: 'NO93 8601 1117 947', bic: null, details: null },
      },
    })
    await house(studio, `legal_name = 'Else', tax_id = null, time_zone = 'UTC', locale = 'de-DE'`)
    await asked('PATCH', paths.api.portal(portal), { client: 'Renamed', buyer: { name: 'Else' } })
    expect(await read(id)).toEqual(open)
    const kept = await env.DB.prepare('select locale, time_zone as zone from invoice').first()
    expect(kept).toEqual({ locale: 'en-GB', zone: 'Europe/Oslo' })
    const path = paths.api.invoice(portal, id)
    expect(await refused('PATCH', path, { notes: 'x' })).toBe(409)
    expect(await refused('PATCH', path, { version: 2, lines: twoHours.lines })).toBe(409)
    expect(await refused('DELETE', path)).toBe(409)
    expect(await read(id)).toEqual(open)
  })

  it('keeps the day that a draft was given', async () => {
    expect(await issued({ ...twoHours, dueOn: '2020-02-29' })).toMatchObject({
      dueOn: '2020-02-29',
      overdue: true,
    })
  })

  it('is done once, however often it is asked for', async () => {
    const { id } = await draft()
    const all = await Promise.all([1, 2, 3, 4, 5].map(() => act(id, 'issue')))
    expect(new Set(all.map(({ number }) => number)).size).toBe(1)
    expect(await act(id, 'issue')).toEqual(all[0])
    expect(await issuedBy(studio)).toHaveLength(1)
    const { results } = await env.DB.prepare(
      `select data from activity where kind = 'invoice.issued'`,
    ).all<{ data: string }>()
    expect(results.map(({ data }) => JSON.parse(data))).toEqual([
      { invoice: id, number: all[0]?.number, amount: '€120.00' },
    ])
  })

  it('either has what another changes at that moment, or has it refused', async () => {
    for (let round = 0; round < 10; round++) {
      const { id } = await draft()
      const [, changed] = await Promise.all([
        world.api('POST', paths.api.invoiceAction(portal, id, 'issue'), key),
        world.api('PATCH', paths.api.invoice(portal, id), key, amounting(777)),
      ])
      const now = await read(id)
      expect(now.total).toBe(changed.ok ? 777 : 12_000)
      if (now.status === 'open') expect(now.balance).toBe(now.total)
    }
  })

  it('pays what comes to nothing', async () => {
    expect(await issued(amounting(0))).toMatchObject({ status: 'paid', total: 0, balance: 0 })
    const off = { ...twoHours, discount: { percent: '100' } }
    expect(await issued(off)).toMatchObject({
      status: 'paid',
      total: 0,
      number: expect.stringMatching(/-002$/),
    })
  })

  it('leaves no gap where it is refused', async () => {
    const { id } = await draft()
    const sketch = await draft()
    const member = await studio.key('member')
    expect(await refused('POST', paths.api.invoiceAction(portal, id, 'issue'), {}, member)).toBe(
      200,
    )
    await asked('POST', paths.api.portalAction(portal, 'archive'))
    const again = paths.api.invoiceAction(portal, sketch.id, 'issue')
    expect(await refused('POST', again)).toBe(409)
    await asked('POST', paths.api.portalAction(portal, 'restore'))
    expect((await act(sketch.id, 'issue')).number).toMatch(/-002$/)
  })
})

describe('numbers', () => {
  it('are unique and without a gap when 50 issue at once', async () => {
    vi.setSystemTime(Date.parse('2026-05-01T12:00:00Z'))
    const ids = await drafts(studio, portal, 50)
    const answers = await Promise.all(ids.map((id) => act(id, 'issue')))
    expect(answers.map(({ number }) => number).sort()).toEqual(numbers('INV-2026', 50))
  })

  it('go on past 999 when 1,000 issue at once, and nobody else’s are touched', async () => {
    vi.setSystemTime(Date.parse('2026-05-01T12:00:00Z'))
    const other = await world.organization('other')
    const theirs = await portalOf(other)
    const ids = await drafts(studio, portal, 1000)
    const their = await drafts(other, theirs, 3)
    const issue = (tenant: Tenant, home: string) => (invoice: string) =>
      issueInvoice(tenant.ctx(), { portal: home, invoice })
    const all = await Promise.all([
      ...ids.map(issue(studio, portal)),
      ...their.map(issue(other, theirs)),
    ])
    expect(all.every(({ ok }) => ok)).toBe(true)
    expect(await issuedBy(studio)).toEqual(numbers('INV-2026', 1000))
    expect((await issuedBy(studio)).at(-1)).toBe('INV-2026-1000')
    expect(await issuedBy(other)).toEqual(numbers('INV-2026', 3))
  }, 120_000)

  it('begin anew with the year of the organisation’s own zone', async () => {
    const auckland = await world.organization('auckland')
    const honolulu = await world.organization('honolulu')
    Object.assign(auckland.facts, { timeZone: 'Pacific/Auckland' })
    Object.assign(honolulu.facts, { timeZone: 'Pacific/Honolulu' })
    const homes = [
      [auckland, await portalOf(auckland)],
      [honolulu, await portalOf(honolulu)],
    ] as const
    const seen: Record<string, string[]> = { auckland: [], honolulu: [] }
    for (const at of ['2026-12-31T10:59:59Z', '2026-12-31T11:00:00Z', '2027-01-01T10:00:00Z']) {
      vi.setSystemTime(Date.parse(at))
      for (const [tenant, home] of homes) {
        const [id = ''] = await drafts(tenant, home, 1)
        const made = await issueInvoice(tenant.ctx(), { portal: home, invoice: id })
        seen[tenant.facts.name]?.push(made.ok ? `${made.value.number} ${made.value.issuedOn}` : '')
      }
    }
    expect(seen).toEqual({
      auckland: ['INV-2026-001 2026-12-31', 'INV-2027-001 2027-01-01', 'INV-2027-002 2027-01-01'],
      honolulu: ['INV-2026-001 2026-12-31', 'INV-2026-002 2026-12-31', 'INV-2027-001 2027-01-01'],
    })
  })

  it('of credit notes are their own', async () => {
    vi.setSystemTime(Date.parse('2026-05-01T12:00:00Z'))
    const { id } = await issued(amounting(1000))
    const notes = await Promise.all(Array.from({ length: 10 }, () => credit(id, 100)))
    expect(notes.map(({ number }) => number).sort()).toEqual(numbers('CN-2026', 10))
    expect((await issued()).number).toBe('INV-2026-002')
  })
})
