import type { ExportedInvoice } from '../features/invoices/queries.ts'
import { isOverdue } from '../features/invoices/rules.ts'
import { csv, type Cell } from '../lib/csv.ts'
import { amountText } from '../lib/money.ts'

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

/** Invoices as a table for programs, with amounts as people write them. */
export function invoiceTable(invoices: readonly ExportedInvoice[], today: string) {
  const rows = invoices.map((invoice) => columns.map(([, value]) => value(invoice, today)))
  return csv([columns.map(([name]) => name), ...rows])
}
