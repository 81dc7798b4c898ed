import { and, desc, eq, gte, lt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { email, needsAttention } from '../../db/schema/emails.ts'
import { pageOf, type Page } from '../../lib/page.ts'
import type { ListEmails } from './input.ts'

const shown = {
  id: email.id,
  portalId: email.portalId,
  kind: email.kind,
  to: email.to,
  state: email.state,
  stateAt: email.stateAt,
  reason: email.reason,
  unanswered: email.unanswered,
  retriedBy: email.retriedBy,
  createdAt: email.createdAt,
}

export type EmailItem = Pick<typeof email.$inferSelect, keyof typeof shown>

export async function listEmails(
  db: Database,
  organizationId: string,
  input: ListEmails,
): Promise<Page<EmailItem>> {
  const byState = input.status ? eq(email.state, input.status) : undefined
  const rows = await db
    .select(shown)
    .from(email)
    .where(
      and(
        eq(email.organizationId, organizationId),
        input.attention ? needsAttention(email) : byState,
        input.cursor ? lt(email.id, input.cursor) : undefined,
      ),
    )
    .orderBy(desc(email.id))
    .limit(input.limit + 1)
  return pageOf(rows, input.limit)
}

/** Mails that are shown of one thing at most. */
const MOST_ABOUT = 30

/** The mails of one thing, by what their keys begin with; in no order. */
export const emailsAbout = (db: Database, organizationId: string, key: string) =>
  db
    .select(shown)
    .from(email)
    // The plus sign: a range of the keys, and the organisation checked row by row.
    .where(
      and(
        gte(email.key, `${key}:`),
        lt(email.key, `${key};`),
        sql`+${email.organizationId} = ${organizationId}`,
      ),
    )
    .limit(MOST_ABOUT)

export async function emailById(db: Database, organizationId: string, id: string) {
  const [row] = await db
    .select()
    .from(email)
    .where(and(eq(email.id, id), eq(email.organizationId, organizationId)))
  return row
}
