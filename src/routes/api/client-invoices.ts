import type { Context } from 'hono'
import { clientInvoicesInput } from '../../features/invoices/input.ts'
import type { ClientInvoiceDetail } from '../../features/links/invoice-list.ts'
import type { Client } from '../http.ts'
import { parse } from '../input.ts'
import { clientInvoiceView, type PayWays } from './client-invoice-views.ts'
import { failed } from './problem.ts'
import { todayIn } from './today.ts'

// A client's list of invoices, loaded when somebody asks for it: the page itself needs none of this.

/** With all that the invoice says; who entered a payment and why is the team's to know. */
const clientInvoiceDetailView = (invoice: ClientInvoiceDetail, today: string, ways: PayWays) => ({
  ...clientInvoiceView(invoice, today, ways),
  prices: invoice.prices,
  lines: invoice.lines,
  subtotal: invoice.subtotal,
  discount: invoice.discount,
  tax: invoice.tax,
  taxes: invoice.taxes,
  supplyOn: invoice.supplyOn,
  reverseCharge: invoice.reverseCharge === 1,
  notes: invoice.notes,
})

/** A page of what the guard has read; `asked` says whether the query was one for a page. */
export async function listInvoices(c: Context<Client>, asked: boolean): Promise<Response> {
  const page = c.get('invoices')
  if (!page) return failed(c, { kind: 'missing' })
  if (!asked) return failed(c, { kind: 'invalid', errors: complaints(c.req.query()) })
  const today = todayIn(c.get('ctx'))
  const { appUrl } = c.get('ctx').settings
  const ways = { appUrl, token: c.req.param('token') ?? '', online: page.online }
  const items = page.items.map((invoice) => clientInvoiceDetailView(invoice, today, ways))
  return c.json({ items, next: page.next })
}

function complaints(query: Record<string, string>) {
  const input = parse(clientInvoicesInput, query)
  return input.ok
    ? [{ path: 'cursor', message: 'This is not a cursor of this list.' }]
    : input.errors
}
