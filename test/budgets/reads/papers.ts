import { paths } from '../../../src/paths.ts'
import { rows } from '../bounds.ts'
import { key, member, type Read } from '../read.ts'
import type { Staged } from '../scene.ts'

export const paperReads = ({ slug, portal, token, billed }: Staged): readonly Read[] => [
  key(paths.api.invoicePdf(portal, billed.invoice), rows(1, 1)),
  key(paths.api.creditNotePdf(portal, billed.invoice, billed.note), rows(1, 2)),
  key(paths.api.receiptPdf(portal, billed.invoice, billed.payment), rows(1, 2)),
  key(paths.api.statement(portal), rows(1, 3)),
  member(paths.teamInvoicePdf(slug, portal, billed.invoice), rows(1, 1)),
  member(paths.teamCreditNotePdf(slug, portal, billed.invoice, billed.note), rows(1, 2)),
  member(paths.teamReceipt(slug, portal, billed.invoice, billed.payment), rows(1, 2)),
  member(paths.teamStatement(slug, portal), rows(1, 3)),
  // Every invoice with its payments and credit notes: there is one.
  member(paths.teamStatementTable(slug, portal), rows(1, 3)),
  ...[
    paths.clientInvoicePdf(token, billed.invoice),
    paths.clientCreditNotePdf(token, billed.invoice, billed.note),
    paths.clientReceipt(token, billed.invoice, billed.payment),
    paths.clientStatement(token),
  ].map((path): Read => ({ path, trips: 1, rows: rows(1, 3), as: 'link' })),
  ...[
    paths.invoicePdf(billed.held),
    paths.invoiceCreditNotePdf(billed.held, billed.note),
    paths.invoiceReceipt(billed.held, billed.payment),
  ].map((path): Read => ({ path, trips: 1, rows: rows(1, 3), as: 'nobody' })),
  {
    path: paths.api.clientInvoicePdf(token, billed.invoice),
    trips: 1,
    rows: rows(1, 3),
    as: 'link',
  },
]
