import type { Context } from 'hono'
import type { ClientInvoicePage } from '../../features/links/invoice-page.ts'
import { dayOf } from '../../lib/day.ts'
import { paths } from '../../paths.ts'
import { accentStyle } from '../../ui/brand.ts'
import type { Client } from '../http.ts'
import { InvoicePage } from './invoice-page.tsx'
import { lookAgain } from './look-again.ts'

/** Whoever comes from paying may be quicker than Stripe's word that they did. */
const isAwaited = ({ status, pending, online }: ClientInvoicePage): boolean =>
  status === 'open' && pending === 0 && online === 1

/** One invoice of the portal, which the guard has read. */
export async function showInvoice(c: Context<Client>): Promise<Response> {
  const { ctx, visit, invoice } = c.var
  if (!invoice) return c.notFound()
  c.set('style', accentStyle(visit.organization.accent))
  const today = dayOf(ctx.now, visit.organization.timeZone)
  const token = c.req.param('token') ?? ''
  const here = `${paths.clientInvoice(token, invoice.id)}?paid=1`
  const back = c.req.query('paid') !== undefined && isAwaited(invoice)
  const paying = back ? (lookAgain(c, here) ? 'confirming' : 'late') : undefined
  return c.html(
    <InvoicePage visit={visit} invoice={invoice} token={token} today={today} paying={paying} />,
  )
}
