import { asc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { invoice, owedDay } from '../../db/schema/invoices.ts'
import { portal } from '../../db/schema/portals.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import { unmatchedOpen, type UnmatchedMoney } from '../payments/unmatched.ts'
import { cursorOf } from './input.ts'
import { narrowed, type Listed } from './queries.ts'

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
  paidOn: invoice.paidOn,
  total: invoice.total,
  balance: invoice.balance,
  pending: invoice.pending,
}

const selectTable = (db: Database) => db.select(shown).from(invoice)

/** The statement for a page of one portal's table. */
export const tableOf = (db: Database, organizationId: string, portalId: string, input: Listed) =>
  narrowed(selectTable(db).$dynamic(), { organizationId, portalId }, input)

export type TableRow = Awaited<ReturnType<typeof selectTable>>[number]

export const pageOfTable = <T extends TableRow>(rows: T[], { limit, sort }: Listed): Page<T> =>
  pageOf(rows, limit, cursorOf[sort])

const selectNamed = (db: Database) =>
  db
    .select({ ...shown, client: portal.client, project: portal.project })
    .from(invoice)
    .innerJoin(portal, eq(portal.id, invoice.portalId))

/** What is asked for in one currency, and how much of it is late, with how many invoices. */
interface Owing {
  currency: string
  outstanding: number
  invoices: number
  overdue: number
  late: number
}

const owing = (db: Database, organizationId: string, today: string) =>
  db
    .select({
      currency: owedDay.currency,
      outstanding: sql<number>`sum(${owedDay.amount})`,
      invoices: sql<number>`sum(${owedDay.invoices})`,
      overdue: sql<number>`sum(iif(${owedDay.dueOn} < ${today}, ${owedDay.amount}, 0))`,
      late: sql<number>`sum(iif(${owedDay.dueOn} < ${today}, ${owedDay.invoices}, 0))`,
    })
    .from(owedDay)
    .where(eq(owedDay.organizationId, organizationId))
    .groupBy(owedDay.currency)
    .orderBy(asc(owedDay.currency))

export type NamedRow = Awaited<ReturnType<typeof selectNamed>>[number]

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
    narrowed(selectNamed(db).$dynamic(), { organizationId }, input),
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
