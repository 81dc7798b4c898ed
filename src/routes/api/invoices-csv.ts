import type { Context } from 'hono'
import { exportInvoices, type ExportedInvoice } from '../../features/invoices/queries.ts'
import { listInvoicesInput } from '../../features/invoices/input.ts'
import { isOverdue } from '../../features/invoices/rules.ts'
import { csv, type Cell } from '../../lib/csv.ts'
import { amountText } from '../../lib/money.ts'
import { paths, withQuery } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { failed } from './problem.ts'
import { todayIn } from './today.ts'

/** What a spreadsheet takes at once, unless the caller wants a page; the Link header leads on. */
const MOST_ROWS = 5000

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
  const rows = items.map((invoice) => columns.map(([, value]) => value(invoice, today)))
  return c.body(csv([columns.map(([name]) => name), ...rows]))
}
