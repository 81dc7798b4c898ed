import { paths } from '../../../src/paths.ts'
import { page, item, billedAtHome, held, row } from '../answers.ts'
import { o, p, i, get, api, type Route } from '../route.ts'

export const paperRoutes: readonly Route[] = [
  get(paths.clientInvoicePdf(':token', i), billedAtHome),
  get(paths.clientCreditNotePdf(':token', i, ':note'), billedAtHome),
  get(paths.clientReceipt(':token', i, ':payment'), billedAtHome),
  get(paths.clientStatement(':token'), billedAtHome),
  get(paths.invoicePdf(':token'), held),
  get(paths.invoiceCreditNotePdf(':token', ':note'), held),
  get(paths.invoiceReceipt(':token', ':payment'), held),
  // Of the link's own portal.
  api(
    'GET',
    paths.api.clientInvoicePdf(':token', i),
    row(404, 200, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404),
  ),
  get(paths.teamInvoicePdf(o, p, i), page),
  get(paths.teamCreditNotePdf(o, p, i, ':note'), page),
  get(paths.teamReceipt(o, p, i, ':payment'), page),
  // Nothing was issued there.
  get(
    paths.teamStatement(o, p),
    row(303, 303, 303, 303, 303, 409, 409, 409, 404, 303, 303, 303, 303),
  ),
  get(paths.teamStatementTable(o, p), page),
  api('GET', paths.api.invoicePdf(p, i), item),
  api('GET', paths.api.creditNotePdf(p, i, ':note'), item),
  api('GET', paths.api.receiptPdf(p, i, ':payment'), item),
  // Nothing was issued there.
  api(
    'GET',
    paths.api.statement(p),
    row(401, 401, 401, 401, 401, 409, 409, 409, 404, 409, 409, 409, 404),
  ),
]
