import {
  changeInvoiceInput,
  createInvoiceInput,
  duplicateInvoiceInput,
  issueInvoiceInput,
  listInvoicesInput,
  revealInvoiceInput,
  voidInvoiceInput,
} from '../../../features/invoices/input.ts'
import { paths, type InvoiceAction } from '../../../paths.ts'
import { item, type Operation } from './operation.ts'

const invoice = (name: InvoiceAction) => paths.api.invoiceAction(':portal', ':invoice', name)
const invoiceList = {
  status: 200,
  description:
    '{ items, next }: one page, newest first; overdue ones by their due days, the earliest first; a search for the beginning of a number by number.',
} as const

export const invoices: readonly Operation[] = [
  {
    method: 'get',
    path: paths.api.invoices,
    summary: 'The invoices of the organisation; with Accept: text/csv as a table of up to 5000',
    input: listInvoicesInput,
    ok: invoiceList,
  },
  {
    method: 'get',
    path: paths.api.invoicesOf(':portal'),
    summary: 'The invoices of a portal',
    input: listInvoicesInput,
    ok: invoiceList,
  },
  {
    method: 'post',
    path: paths.api.invoicesOf(':portal'),
    summary: 'Draft an invoice, perhaps of a milestone',
    input: createInvoiceInput,
    ok: { status: 201, description: 'The draft.' },
  },
  {
    method: 'get',
    path: paths.api.invoice(':portal', ':invoice'),
    summary: 'One invoice with its payments and credit notes',
    ok: item,
  },
  {
    method: 'patch',
    path: paths.api.invoice(':portal', ':invoice'),
    summary: 'Change a draft; on a version that is no longer there it is 409 with the current item',
    input: changeInvoiceInput,
    ok: item,
  },
  {
    method: 'delete',
    path: paths.api.invoice(':portal', ':invoice'),
    summary: 'Delete a draft',
    ok: { status: 204, description: 'It is gone.' },
  },
  {
    method: 'post',
    path: invoice('issue'),
    summary:
      'Issue a draft: it gets its number and never changes again. It is mailed to contacts with a live link to invoices alone, or else to everybody with a live link, unless send is false',
    input: issueInvoiceInput,
    ok: item,
  },
  {
    method: 'post',
    path: invoice('void'),
    summary: 'Void an open invoice on which no money is held or on its way',
    input: voidInvoiceInput,
    ok: item,
  },
  {
    method: 'post',
    path: invoice('end'),
    summary: 'End an invoice that may be paid again and again',
    ok: item,
  },
  {
    method: 'post',
    path: invoice('send'),
    summary: 'Mail an issued invoice once more; twice within a minute it goes out once',
    ok: item,
  },
  {
    method: 'post',
    path: invoice('remind'),
    summary: 'Mail a reminder now, once an hour, to whoever has a living link to invoices',
    ok: item,
  },
  {
    method: 'post',
    path: invoice('pause-reminders'),
    summary: 'Send no reminders of an invoice by themselves',
    ok: item,
  },
  {
    method: 'post',
    path: invoice('resume-reminders'),
    summary: 'Go on with the next reminder of the schedule',
    ok: item,
  },
  {
    method: 'post',
    path: invoice('clear-answer'),
    summary: 'Say that a client’s answer was seen to: reminders go on',
    ok: item,
  },
  {
    method: 'post',
    path: paths.api.revealInvoice(':portal', ':invoice'),
    summary: 'Give out the address of an invoice’s own page for a contact; who asked is kept',
    input: revealInvoiceInput,
    ok: { status: 200, description: 'The invoice with the address, and whose it is.' },
  },
  {
    method: 'post',
    path: invoice('duplicate'),
    summary: 'Draft the same invoice once more',
    input: duplicateInvoiceInput,
    ok: { status: 201, description: 'The new draft.' },
  },
]
