import type { Context } from 'hono'
import { dayOf } from '../../lib/day.ts'
import { paths } from '../../paths.ts'
import { accentStyle } from '../../ui/brand.ts'
import type { Client } from '../http.ts'
import { InvoicePage } from './invoice-page.tsx'
import { payingOf } from './look-again.ts'

/** One invoice of the portal, which the guard has read. */
export async function showInvoice(c: Context<Client>): Promise<Response> {
  const { ctx, visit, invoice } = c.var
  if (!invoice) return c.notFound()
  c.set('style', accentStyle(visit.organization.accent))
  const today = dayOf(ctx.now, visit.organization.timeZone)
  const token = c.req.param('token') ?? ''
  const paying = payingOf(c, invoice, paths.clientInvoice(token, invoice.id))
  return c.html(
    <InvoicePage visit={visit} invoice={invoice} token={token} today={today} paying={paying} />,
  )
}
