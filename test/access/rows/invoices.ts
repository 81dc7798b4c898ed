import { paths } from '../../../src/paths.ts'
import {
  page,
  act,
  actOfAdmins,
  showToAdmins,
  pageOfAdmins,
  list,
  item,
  added,
  itemOfAdmins,
  opened,
  gone,
  billedAtHome,
  held,
  heldAct,
  addedByAdmins,
  row,
} from '../answers.ts'
import { o, p, i, post, get, api, type Route } from '../route.ts'

const saidAtHome = row(404, 303, 303, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
const bill = { lines: [{ description: 'Work', quantity: '1', unitAmount: 100 }] }
const billForm = {
  'lines.0.description': 'Work',
  'lines.0.quantity': '1',
  'lines.0.unitAmount': '1',
  'buyer.name': 'C',
}

export const invoiceRoutes: readonly Route[] = [
  // Every link of its portal opens an invoice, and no other.
  get(paths.clientInvoice(':token', i), billedAtHome),
  // So does whoever has one say when it will be paid, or what is wrong with it.
  post(paths.clientInvoiceAnswer(':token', i), saidAtHome, { kind: 'problem', note: 'Twice' }),
  api('POST', paths.api.clientInvoiceAnswer(':token', i), billedAtHome, {
    kind: 'problem',
    note: 'Twice',
  }),
  get(paths.invoicePage(':token'), held),
  post(paths.invoiceAnswer(':token'), heldAct, { kind: 'problem', note: 'Twice' }),
  // Every link opens the invoices.
  api('GET', paths.api.clientInvoices(':token'), opened),
  get(paths.invoices(o), page),
  get(paths.invoicesTable(o), page),
  get(paths.invoicesOf(o, p), page),
  post(paths.invoicesOf(o, p), act, billForm),
  get(paths.newInvoice(o, p), page),
  get(paths.invoice(o, p, i), page),
  get(paths.editInvoice(o, p, i), page),
  post(paths.editInvoice(o, p, i), act, { ...billForm, version: '1' }),
  post(paths.invoiceAction(o, p, i, 'issue'), act),
  post(paths.invoiceAction(o, p, i, 'duplicate'), act),
  post(paths.invoiceAction(o, p, i, 'delete'), act),
  post(paths.invoiceAction(o, p, i, 'end'), act),
  post(paths.invoiceAction(o, p, i, 'remind'), act),
  post(paths.invoiceAction(o, p, i, 'pause-reminders'), act),
  post(paths.invoiceAction(o, p, i, 'resume-reminders'), act),
  post(paths.invoiceAction(o, p, i, 'clear-answer'), act),
  post(paths.invoiceAction(o, p, i, 'void'), actOfAdmins),
  post(paths.invoiceAction(o, p, i, 'send'), act),
  post(paths.teamRevealInvoice(o, p, i), showToAdmins),
  get(paths.creditNotes(o, p, i), pageOfAdmins),
  post(paths.creditNotes(o, p, i), actOfAdmins, { ...billForm, reason: 'Agreed' }),
  api('GET', paths.api.invoices, list),
  api('GET', paths.api.invoicesOf(p), item),
  api('POST', paths.api.invoicesOf(p), added, bill),
  api('GET', paths.api.invoice(p, i), item),
  api('PATCH', paths.api.invoice(p, i), item, { notes: 'Thank you' }),
  api('DELETE', paths.api.invoice(p, i), gone),
  api('POST', paths.api.invoiceAction(p, i, 'issue'), item),
  api('POST', paths.api.invoiceAction(p, i, 'duplicate'), added),
  api('POST', paths.api.invoiceAction(p, i, 'end'), item),
  api('POST', paths.api.invoiceAction(p, i, 'remind'), item),
  api('POST', paths.api.invoiceAction(p, i, 'pause-reminders'), item),
  api('POST', paths.api.invoiceAction(p, i, 'resume-reminders'), item),
  api('POST', paths.api.invoiceAction(p, i, 'clear-answer'), item),
  api('POST', paths.api.invoiceAction(p, i, 'void'), itemOfAdmins),
  api('POST', paths.api.invoiceAction(p, i, 'send'), item),
  api('POST', paths.api.revealInvoice(p, i), itemOfAdmins, {}),
  api('POST', paths.api.creditNotes(p, i), addedByAdmins, { ...bill, reason: 'Too much' }),
]
