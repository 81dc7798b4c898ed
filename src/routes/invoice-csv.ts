import type { ExportedInvoice } from '../features/invoices/queries.ts'
import { isOverdue } from '../features/invoices/rules.ts'
import { BYTE_ORDER_MARK, csv, type Cell } from '../lib/csv.ts'
import { amountText } from '../lib/money.ts'
import type { Page } from '../lib/page.ts'

const columns: readonly (readonly [string, (invoice: ExportedInvoice, today: string) => Cell])[] = [
  ['number', ({ number }) => number],
  ['status', ({ status }) => status],
  ['overdue', (invoice, today) => (isOverdue(invoice, today) ? 'yes' : 'no')],
  ['client', ({ client }) => client],
  ['project', ({ project }) => project],
  ['currency', ({ currency }) => currency],
  ['issued', ({ issuedOn }) => issuedOn],
  ['due', ({ dueOn }) => dueOn],
  ...(
    [
      'subtotal',
      'discount',
      'tax',
      'total',
      'paid',
      'refunded',
      'credited',
      'balance',
      'credit',
    ] as const
  ).map((name) => [name, (row: ExportedInvoice) => amountText(row[name], row.currency)] as const),
]

const head = csv([columns.map(([name]) => name)])

const rowsOf = (invoices: readonly ExportedInvoice[], today: string): string =>
  csv(invoices.map((invoice) => columns.map(([, value]) => value(invoice, today))))

/** Invoices as a table for programs, with amounts as people write them. */
export const invoiceTable = (invoices: readonly ExportedInvoice[], today: string): string =>
  head + rowsOf(invoices, today)

/**
 * All of them as a table for people, read page by page as it is taken: books that end somewhere would
 * be wrong without anybody seeing it.
 */
export function wholeInvoiceTable(
  first: Page<ExportedInvoice>,
  further: (cursor: string) => Promise<Page<ExportedInvoice>>,
  today: string,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder()
  let { next } = first
  return new ReadableStream({
    start(controller) {
      controller.enqueue(encoder.encode(BYTE_ORDER_MARK + invoiceTable(first.items, today)))
    },
    async pull(controller) {
      if (next === null) return controller.close()
      const page = await further(next)
      next = page.next
      controller.enqueue(encoder.encode(rowsOf(page.items, today)))
    },
  })
}
