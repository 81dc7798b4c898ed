import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { logoKey } from '../src/features/branding/logo.ts'
import { documentKey } from '../src/features/documents/object.ts'
import { stated } from '../src/features/documents/statement.ts'
import { statementFacts } from '../src/features/documents/facts.ts'
import { paths } from '../src/paths.ts'
import {
  act,
  amounting,
  credit,
  draft,
  issued,
  key,
  openInvoiceScene,
  pay,
  portal,
  portalIn,
  refund,
  reverse,
  studio,
  twoHours,
  world,
} from './harness/invoice-scene.ts'
import { create, token } from './harness/link-scene.ts'
import { linesOf } from './harness/logged.ts'

beforeEach(openInvoiceScene)

const latin1 = (bytes: ArrayBuffer) => new TextDecoder('latin1').decode(bytes)
const get = (path: string, headers: Record<string, string> = {}) =>
  world.request(path, { headers: { authorization: `Bearer ${key}`, ...headers } })

/** The PDF at an address, taken apart as far as its own words go. */
async function pdf(path: string) {
  const answer = await get(path)
  expect(answer.status, path).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/pdf')
  const bytes = await answer.arrayBuffer()
  const text = latin1(bytes)
  expect(text.startsWith('%PDF-1.7')).toBe(true)
  expect(text.trimEnd().endsWith('%%EOF')).toBe(true)
  expect(answer.headers.get('content-length')).toBe(String(bytes.byteLength))
  const pages = Number(/\/Type \/Pages\s+\/Count (\d+)/.exec(text)?.[1])
  return { text, pages, bytes, answer }
}

const invoicePdf = (id: string) => pdf(paths.api.invoicePdf(portal, id))

describe('an invoice as PDF', () => {
  it('is there right after the answer that issued it', async () => {
    const { id, number } = await issued()
    const { text, pages, answer } = await invoicePdf(id)
    expect(pages).toBe(1)
    expect(text).toContain(`(Invoice ${number})`)
    expect(text).toContain('/Lang (en)')
    expect(text).toContain('/DisplayDocTitle true')
    expect(text).toMatch(/\/FontFile2/)
    expect(text).toMatch(/\/BaseFont \/[A-Z]{6}\+NotoSans-Bold/)
    expect(answer.headers.get('content-disposition')).toBe(`inline; filename="${number}.pdf"`)
    expect(answer.headers.get('cache-control')).toBe('private, no-cache')
  })

  it('never changes, whatever becomes of the invoice or the organisation', async () => {
    const { id } = await issued()
    const before = await invoicePdf(id)
    const { id: payment } = await pay(id, 12_000)
    await reverse(id, payment)
    await credit(id, 1000)
    await act(id, 'void', { reason: 'Twice' })
    await env.DB.prepare(`update organization set accent = '#aa0000', legal_name = 'Else'`).run()
    // Even the same job again leaves it alone.
    await env.DB.prepare(
      `insert into job (id, organization_id, kind, key, data, next_at, attempts, created_at)
       values ('again', ?, 'document.make', 'again', ?, 0, 0, 0)`,
    )
      .bind(studio.facts.id, JSON.stringify({ kind: 'invoice', of: id, portal }))
      .run()
    await env.DB.prepare(`delete from document where kind = 'invoice'`).run()
    await world.minute()
    const after = await invoicePdf(id)
    expect(after.text === before.text).toBe(true)
    const etag = before.answer.headers.get('etag') ?? ''
    expect((await get(paths.api.invoicePdf(portal, id), { 'if-none-match': etag })).status).toBe(
      304,
    )
  })

  it('takes several pages with 60 lines', async () => {
    const lines = Array.from({ length: 60 }, (_, at) => ({
      description: `Sprint ${at + 1}: ${'a week of work and what came of it, '.repeat(6)}`.trim(),
      quantity: '1.25',
      unitAmount: 12_345,
      taxRate: at % 2 === 0 ? '20' : '5',
    }))
    const { id } = await issued({ lines, notes: 'Thank you. '.repeat(150).trim() })
    const { pages, bytes } = await invoicePdf(id)
    expect(pages).toBeGreaterThan(3)
    expect(bytes.byteLength).toBeLessThan(80_000)
  })

  it('is asked for again while it is being made', async () => {
    const { id } = await issued()
    await env.DB.prepare(`delete from document`).run()
    const answer = await get(paths.api.invoicePdf(portal, id))
    expect(answer.status).toBe(503)
    expect(answer.headers.get('retry-after')).toBe('2')
    expect(linesOf('request').at(-1)).toMatchObject({ status: 503, level: 'info' })
  })

  it('is none of a draft, of elsewhere, or of another tenant', async () => {
    const sketch = await draft()
    expect((await get(paths.api.invoicePdf(portal, sketch.id))).status).toBe(409)
    const { id } = await issued()
    const elsewhere = await portalIn('EUR')
    expect((await get(paths.api.invoicePdf(elsewhere, id))).status).toBe(404)
    const stranger = await world.organization('elsewhere')
    const foreign = await stranger.key('owner')
    const theirs = { authorization: `Bearer ${foreign}` }
    for (const path of [paths.api.invoicePdf(portal, id), paths.api.statement(portal)]) {
      expect((await get(path, theirs)).status).toBe(404)
      expect((await get(path, { ...theirs, accept: 'text/csv' })).status).toBe(404)
      expect((await world.request(path)).status).toBe(401)
    }
  })

  it('shows a logo, and does without one that would burst', async () => {
    const chunk = (name: string, data: Uint8Array) => {
      const whole = new Uint8Array(12 + data.length)
      new DataView(whole.buffer).setUint32(0, data.length)
      whole.set(new TextEncoder().encode(name), 4)
      whole.set(data, 8)
      return whole
    }
    const png = async (width: number, height: number, packed: Uint8Array) => {
      const head = new Uint8Array(13)
      new DataView(head.buffer).setUint32(0, width)
      new DataView(head.buffer).setUint32(4, height)
      head.set([8, 6, 0, 0, 0], 8)
      const sign = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
      const parts = [
        sign,
        chunk('IHDR', head),
        chunk('IDAT', packed),
        chunk('IEND', new Uint8Array()),
      ]
      return new Blob(parts.map((part) => part.buffer)).arrayBuffer()
    }
    const deflated = async (size: number) => {
      const stream = new Blob([new Uint8Array(size)]).stream()
      const packed = stream.pipeThrough(new CompressionStream('deflate'))
      return new Uint8Array(await new Response(packed).arrayBuffer())
    }
    const file = `${'a'.repeat(64)}.png`
    await env.DB.prepare('update organization set logo = ?').bind(file).run()
    const withLogo = async (image: ArrayBuffer) => {
      await env.BUCKET.put(logoKey(studio.facts.id, file), image)
      return (await invoicePdf((await issued()).id)).text
    }
    expect(await withLogo(await png(40, 10, await deflated(10 * 161)))).toContain('/Subtype /Image')
    const bombs = [
      await png(40, 10, await deflated(30_000_000)),
      await png(60_000, 60_000, await deflated(100)),
      await png(40, 10, new Uint8Array([1, 2, 3])),
    ]
    for (const bomb of bombs) expect(await withLogo(bomb)).not.toContain('/Subtype /Image')
  })

  it('is its client’s, by either kind of link, and drafts never', async () => {
    const whole = token((await create()).url)
    const billing = token(
      (await create({ scope: 'billing', contact: { name: 'B', email: 'b@c.example' } })).url,
    )
    const { id } = await issued()
    const sketch = await draft()
    for (const by of [whole, billing]) {
      const answer = await world.request(paths.api.clientInvoicePdf(by, id))
      expect(answer.status).toBe(200)
      expect(await answer.text()).toContain('%PDF')
      expect((await world.request(paths.api.clientInvoicePdf(by, sketch.id))).status).toBe(404)
      expect((await world.request(paths.api.clientInvoicePdf(by, 'x'))).status).toBe(404)
    }
    expect((await world.request(paths.api.clientInvoicePdf('f'.repeat(64), id))).status).toBe(404)
    await env.DB.prepare('delete from document').run()
    expect((await world.request(paths.api.clientInvoicePdf(whole, id))).status).toBe(503)
  })
})

describe('a credit note and a receipt', () => {
  it('are made when they come to be', async () => {
    const { id, number } = await issued()
    const note = await credit(id, 1000)
    const paid = await pay(id, 5000)
    const credited = await pdf(paths.api.creditNotePdf(portal, id, note.id))
    expect(credited.text).toContain(`(Credit note ${note.number})`)
    const receipt = await pdf(paths.api.receiptPdf(portal, id, paid.id))
    expect(receipt.text).toContain(`(Receipt for ${number})`)
    // A refund has no receipt, and neither belongs to another invoice.
    const back = await refund(id, paid.id, 100)
    const other = await issued()
    for (const path of [
      paths.api.receiptPdf(portal, id, back.id),
      paths.api.receiptPdf(portal, other.id, paid.id),
      paths.api.creditNotePdf(portal, other.id, note.id),
    ]) {
      expect((await get(path)).status, path).toBe(404)
    }
  })
})

describe('a statement', () => {
  const address = () => paths.api.statement(portal)

  it('is made anew when the ledger changes', async () => {
    expect((await get(address())).status).toBe(409)
    const { id } = await issued()
    const first = await pdf(address())
    await pay(id, 100)
    const second = await pdf(address())
    expect(second.text === first.text).toBe(false)
    expect(second.text).toContain('(Statement for ')
    const list = await env.BUCKET.list({
      prefix: `${studio.facts.id}/${portal}/documents/statement`,
    })
    expect(list.objects.map((one) => one.key)).toEqual([
      documentKey(
        { organizationId: studio.facts.id, portalId: portal },
        { kind: 'statement', of: portal },
      ),
    ])
  })

  it('is not served while it is behind', async () => {
    await issued()
    await env.DB.prepare(
      `insert into job (id, organization_id, kind, key, data, next_at, attempts, created_at)
       values ('late', ?, 'document.make', ?, '{}', 9999999999999, 0, 0)`,
    )
      .bind(studio.facts.id, `document:statement:${portal}`)
      .run()
    expect((await get(address())).status).toBe(503)
  })

  it('ends with what the invoices themselves say, whatever happened to them', async () => {
    const standing = async () => {
      const facts = await statementFacts(studio.ctx().db, {
        organizationId: studio.facts.id,
        portalId: portal,
      })
      const told =
        stated(facts?.invoices ?? [])
          .get('EUR')
          ?.at(-1)?.balance ?? 0
      const kept = await env.DB.prepare('select sum(balance - credit) as n from invoice').first('n')
      expect(told).toBe(kept)
      return told
    }
    const a = await issued(twoHours)
    expect(await standing()).toBe(12_000)
    const part = await pay(a.id, 5000)
    await standing()
    await reverse(a.id, part.id)
    await standing()
    const over = await pay(a.id, 15_000)
    expect(await standing()).toBe(-3000)
    await refund(a.id, over.id, 3000)
    expect(await standing()).toBe(0)
    // A refund asks for nothing again.
    await refund(a.id, over.id, 2000)
    expect(await standing()).toBe(0)
    await credit(a.id, 1000)
    await standing()
    await reverse(a.id, over.id)
    await standing()
    const b = await issued(amounting(7000))
    await act(b.id, 'void', { reason: 'Twice' })
    await standing()
    await pay(b.id, 500)
    await standing()
    const retainer = await issued({ ...amounting(900), repeatable: true })
    await pay(retainer.id, 900)
    await pay(retainer.id, 900)
    await standing()
    await issued(amounting(0))
    await standing()
  })

  it('comes as a table too, safe to open in a spreadsheet', async () => {
    vi.setSystemTime(Date.UTC(2026, 10, 24, 12))
    const { id, number } = await issued(amounting(10_000))
    await pay(id, 12_500)
    const answer = await get(address(), { accept: 'text/csv' })
    expect(answer.headers.get('content-type')).toMatch(/^text\/csv/)
    expect((await answer.text()).split('\r\n')).toEqual([
      'day,entry,number,currency,charged,credited,balance',
      `2026-11-02,Payment for ${number},${number},EUR,,125.00,-125`,
      `2026-11-24,Invoice ${number},${number},EUR,100.00,,-25`,
      '',
    ])
  })
})
