import type { Context } from 'hono'
import { exportInvoices } from '../../features/invoices/queries.ts'
import { listInvoicesInput } from '../../features/invoices/input.ts'
import { paths, withQuery } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { invoiceTable } from '../invoice-csv.ts'
import { failed } from './problem.ts'
import { todayIn } from './today.ts'

/** What a spreadsheet takes at once, unless the caller wants a page; the Link header leads on. */
const MOST_ROWS = 5000

/** Whether the caller would rather have a table. */
export const wantsCsv = (c: Context): boolean => /\btext\/csv\b/i.test(c.req.header('accept') ?? '')

/** The list as a table, with amounts as people write them. */
export async function invoicesAsCsv(c: Context<Admin>): Promise<Response> {
  const ctx = c.get('ctx')
  const query = c.req.query()
  const input = parse(listInvoicesInput, query)
  if (!input.ok) return failed(c, { kind: 'invalid', errors: input.errors })
  const limit = query['limit'] === undefined ? MOST_ROWS : input.value.limit
  const today = todayIn(ctx)
  const wanted = { ...input.value, limit, today }
  const { items, next } = await exportInvoices(ctx.db, ctx.organization.id, wanted)
  if (next !== null) {
    const further = withQuery(paths.api.invoices, { ...query, cursor: next })
    c.header('Link', `<${further}>; rel="next"`)
  }
  c.header('Content-Type', 'text/csv; charset=utf-8; header=present')
  c.header('Content-Disposition', 'attachment; filename="invoices.csv"')
  return c.body(invoiceTable(items, today))
}
