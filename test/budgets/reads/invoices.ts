import { paths } from '../../../src/paths.ts'
import { rows } from '../bounds.ts'
import { key, member, none, type Read } from '../read.ts'
import type { Staged } from '../scene.ts'

export const invoiceReads = ({ slug, portal, token, billed, drafted }: Staged): readonly Read[] => [
  // With what is asked for by due day, in each currency.
  member(paths.invoices(slug), rows(50, 1) + rows(1, 0)),
  member(paths.invoicesTable(slug), rows(50, 1)),
  member(paths.received(slug), rows(50, 2)),
  member(paths.invoicesOf(slug, portal), rows(1, 3) + rows(50, 0) + rows(100, 0)),
  member(paths.newInvoice(slug, portal), rows(1, 3) + rows(100, 0)),
  // With what was mailed of it.
  member(paths.invoice(slug, portal, billed.invoice), rows(1, 3) + rows(1, 2) + rows(30, 0)),
  member(paths.editInvoice(slug, portal, drafted), rows(1, 3) + rows(1, 2) + rows(100, 0)),
  member(paths.creditNotes(slug, portal, billed.invoice), rows(1, 3) + rows(1, 2) + rows(100, 0)),
  // Each with its payments and its credit notes.
  key(paths.api.invoices, rows(50, 2)),
  key(paths.api.invoicesOf(portal), rows(50, 2)),
  key(paths.api.invoice(portal, billed.invoice), rows(1, 2)),
  { path: paths.api.clientInvoices(token), trips: 1, rows: rows(50, 0), as: 'link' },
  // With its payment, and its credit notes.
  { path: paths.clientInvoice(token, billed.invoice), trips: 1, rows: rows(1, 3), as: 'link' },
  // Beside the invoice with its payment and its credit note, whether a link of its contact lives.
  { path: paths.invoicePage(billed.held), trips: 1, rows: rows(1, 3), as: 'nobody' },
  { path: paths.invoicePage('f'.repeat(64)), trips: 1, rows: 1, as: 'nobody' },
  none(paths.invoicePage('no-token')),
  // Beside the invoice its link, and the account.
  { path: paths.clientPay(token, billed.invoice), trips: 1, rows: rows(1, 2), as: 'link' },
  { path: paths.invoicePay(billed.held), trips: 1, rows: rows(1, 2), as: 'nobody' },
  none(paths.invoicePay('no-token')),
  none(paths.paid(billed.invoice)),
]
