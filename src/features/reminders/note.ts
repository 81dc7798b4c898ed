import { and, desc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { activity } from '../../db/schema/activity.ts'
import { invoice } from '../../db/schema/invoices.ts'

/**
 * The words in which a client said the problem that stands, and who. They are kept where it was recorded,
 * and found by its instant, with which the id of the entry begins.
 */
export const problemNote = (db: Database, organizationId: string, invoiceId: string) => {
  const said = sql`(
    select printf('%08x-%04x-', problem_at >> 16, problem_at & 65535) from ${invoice}
    where id = ${invoiceId} and organization_id = ${organizationId})`
  return db
    .select({
      by: activity.actorName,
      note: sql<string>`coalesce(${activity.data} ->> 'note', '')`,
    })
    .from(activity)
    .where(
      and(
        sql`${activity.id} > ${said} and ${activity.id} < ${said} || '~'`,
        eq(activity.organizationId, organizationId),
        eq(activity.kind, 'invoice.problem'),
        sql`${activity.data} ->> 'invoice' = ${invoiceId}`,
      ),
    )
    .orderBy(desc(activity.id))
    .limit(1)
}
