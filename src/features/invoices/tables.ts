import { and, asc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { invoice, owed } from '../../db/schema/invoices.ts'
import { portal } from '../../db/schema/portals.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import { unmatchedOpen, type UnmatchedMoney } from '../payments/unmatched.ts'
import { cursorOf } from './input.ts'
import { narrowed, orders, type Listed } from './queries.ts'

/** What a table of invoices shows of each: without its ledger. */
const shown = {
  id: invoice.id,
  portalId: invoice.portalId,
  number: invoice.number,
  status: invoice.status,
  currency: invoice.currency,
  what: sql<string>`json_extract(${invoice.lines}, '$[0].description')`,
  more: sql<number>`json_array_length(${invoice.lines}) - 1`,
  issuedOn: invoice.issuedOn,
  dueOn: invoice.dueOn,
  total: invoice.total,
  balance: invoice.balance,
  pending: invoice.pending,
}

/** The statement for a page of one portal's table. */
export const tableOf = (
  db: Database,
  organizationId: string,
  portalId: string,
  { limit, ...input }: Listed,
) =>
  db
    .select(shown)
    .from(invoice)
    // The plus sign: a range of the portal's index, and the organisation checked row by row.
    .where(
      and(
        eq(invoice.portalId, portalId),
        sql`+${invoice.organizationId} = ${organizationId}`,
        narrowed({ limit, ...input }),
      ),
    )
    .orderBy(...orders[input.sort])
    .limit(limit + 1)

export type TableRow = Awaited<ReturnType<typeof tableOf>>[number]

export const pageOfTable = <T extends TableRow>(rows: T[], { limit, sort }: Listed): Page<T> =>
  pageOf(rows, limit, cursorOf[sort])

const table = (db: Database, organizationId: string, { limit, ...input }: Listed) =>
  db
    .select({ ...shown, client: portal.client, project: portal.project })
    .from(invoice)
    .innerJoin(portal, eq(portal.id, invoice.portalId))
    .where(and(eq(invoice.organizationId, organizationId), narrowed({ limit, ...input })))
    .orderBy(...orders[input.sort])
    .limit(limit + 1)

/** What is asked for in one currency, and how much of it is late. */
interface Owing {
  currency: string
  outstanding: number
  overdue: number
}

const owing = (db: Database, organizationId: string, today: string) =>
  db
    .select({
      currency: owed.currency,
      outstanding: sql<number>`sum(${owed.amount})`,
      overdue: sql<number>`sum(iif(${owed.dueOn} < ${today}, ${owed.amount}, 0))`,
    })
    .from(owed)
    .where(eq(owed.organizationId, organizationId))
    .groupBy(owed.currency)
    .orderBy(asc(owed.currency))

export type NamedRow = Awaited<ReturnType<typeof table>>[number]

export interface InvoicesPage extends Page<NamedRow> {
  owing: Owing[]
  /** Whether there is an invoice at all, whatever this page shows. */
  any: boolean
  /** Money that fits none of them. */
  unmatched: UnmatchedMoney[]
}

/** A page of the organisation's table, with what is asked for in all, in one round trip. */
export async function invoicesPage(
  db: Database,
  organizationId: string,
  input: Listed,
): Promise<InvoicesPage> {
  const [rows, sums, some, unmatched] = await db.batch([
    table(db, organizationId, input),
    owing(db, organizationId, input.today),
    db
      .select({ id: invoice.id })
      .from(invoice)
      .where(eq(invoice.organizationId, organizationId))
      .limit(1),
    unmatchedOpen(db, organizationId),
  ])
  return { ...pageOfTable(rows, input), owing: sums, any: some.length > 0, unmatched }
}
