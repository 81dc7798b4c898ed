import { expect, it } from 'vitest'
import type { ExportedInvoice } from '../src/features/invoices/queries.ts'
import { wholeInvoiceTable } from '../src/routes/invoice-csv.ts'

const invoice = (number: string): ExportedInvoice => ({
  id: number,
  number,
  status: 'open',
  client: 'Łódź',
  project: 'Čeština',
  currency: 'EUR',
  issuedOn: '2026-11-02',
  dueOn: '2026-11-16',
  subtotal: 124050,
  discount: 0,
  tax: 0,
  total: 124050,
  paid: 0,
  refunded: 0,
  credited: 0,
  balance: 124050,
  credit: 0,
})

it('has every page of a list, however long, and begins as Excel wants it', async () => {
  const pages = [['A', 'B'], ['C', 'D'], ['E']]
  const page = (at: number) => ({
    items: (pages[at] ?? []).map(invoice),
    next: at + 1 < pages.length ? String(at + 1) : null,
  })
  const asked: string[] = []
  const table = wholeInvoiceTable(
    page(0),
    (cursor) => {
      asked.push(cursor)
      return Promise.resolve(page(Number(cursor)))
    },
    '2026-11-24',
  )
  const bytes = new Uint8Array(await new Response(table).arrayBuffer())
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf])
  const [head, ...rows] = new TextDecoder().decode(bytes).trimEnd().split('\r\n')
  expect(head).toMatch(/^number,status,/)
  expect(rows.map((row) => row.split(',')[0])).toEqual(pages.flat())
  expect(rows[4]).toContain('E,open,yes,Łódź,Čeština,EUR,2026-11-02,2026-11-16,1240.50')
  expect(asked).toEqual(['1', '2'])
})
