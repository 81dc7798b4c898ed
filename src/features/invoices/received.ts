import { and, asc, desc, eq, gte, lt, lte, sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { Database } from '../../db/client.ts'
import { invoice, payment, receivedMonth } from '../../db/schema/invoices.ts'
import { portal } from '../../db/schema/portals.ts'
import { decodeCursor, encodeCursor } from '../../lib/cursor.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import { currency, day, id } from '../../lib/schema.ts'

const SHOWN = 50

const key = z.tuple([day, id])

/** A month of what came in; where it goes on is a day of that month. */
export const receivedInput = z.pipe(
  z.object({
    month: z.optional(z.string().check(z.regex(/^\d{4}-(?:0[1-9]|1[0-2])$/, 'This is no month.'))),
    currency: z.optional(currency),
    cursor: z.optional(z.string()),
  }),
  z.transform(({ month, currency, cursor }, { issues }) => {
    if (cursor === undefined) return { month, currency, after: undefined }
    const found = z.safeParse(key, decodeCursor(cursor))
    if (found.success && month !== undefined && found.data[0].startsWith(month)) {
      return { month, currency, after: { day: found.data[0], id: found.data[1] } }
    }
    const message = 'This is not a cursor of this list.'
    issues.push({ code: 'custom', message, input: cursor, path: ['cursor'] })
    return { month, currency, after: undefined }
  }),
)

interface Asked {
  month: string
  currency: string
  after: { day: string; id: string } | undefined
}

const entries = (db: Database, organizationId: string, { month, currency, after }: Asked) =>
  db
    .select({
      id: payment.id,
      kind: payment.kind,
      method: payment.method,
      note: payment.note,
      amount: payment.amount,
      receivedOn: payment.receivedOn,
      invoiceId: payment.invoiceId,
      portalId: payment.portalId,
      number: invoice.number,
      client: portal.client,
      project: portal.project,
    })
    .from(payment)
    .innerJoin(invoice, eq(invoice.id, payment.invoiceId))
    .innerJoin(portal, eq(portal.id, payment.portalId))
    .where(
      and(
        eq(payment.organizationId, organizationId),
        eq(payment.currency, currency),
        // In a literal, so that SQLite knows the partial index.
        sql`${payment.state} = 'succeeded'`,
        gte(payment.receivedOn, `${month}-01`),
        // One end: given two, SQLite would take the wider one.
        after
          ? lt(sql`(${payment.receivedOn}, ${payment.id})`, sql`(${after.day}, ${after.id})`)
          : lte(payment.receivedOn, `${month}-31`),
      ),
    )
    .orderBy(desc(payment.receivedOn), desc(payment.id))
    .limit(SHOWN + 1)

type ReceivedRow = Awaited<ReturnType<typeof entries>>[number]

export interface ReceivedPage extends Page<ReceivedRow> {
  /** What came in less what went back in that month, by currency. */
  sums: { currency: string; amount: number }[]
}

/** What came in and went back in a month and a currency, the last first, in one round trip. */
export async function receivedPage(
  db: Database,
  organizationId: string,
  asked: Asked,
): Promise<ReceivedPage> {
  const [rows, sums] = await db.batch([
    entries(db, organizationId, asked),
    db
      .select({ currency: receivedMonth.currency, amount: receivedMonth.amount })
      .from(receivedMonth)
      .where(
        and(eq(receivedMonth.organizationId, organizationId), eq(receivedMonth.month, asked.month)),
      )
      .orderBy(asc(receivedMonth.currency)),
  ])
  const cursor = ({ receivedOn, id }: ReceivedRow) => encodeCursor([receivedOn, id])
  return { ...pageOf(rows, SHOWN, cursor), sums }
}
