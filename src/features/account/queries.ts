import { and, eq, gt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { session } from '../../db/schema/accounts.ts'
import { member } from '../../db/schema/members.ts'
import { invitationsTo, type WaitingInvitation } from '../invitations/queries.ts'

/** More than anybody is signed in with; "Sign out everywhere" ends those beyond it too. */
const MOST = 50

/** Newest first. Never the token: it would be a way in. */
const sessionsOf = (db: Database, userId: string, now: number) =>
  db
    .select({
      id: session.id,
      userAgent: session.userAgent,
      ipAddress: session.ipAddress,
      createdAt: session.createdAt,
      updatedAt: session.updatedAt,
    })
    .from(session)
    .where(and(eq(session.userId, userId), gt(session.expiresAt, new Date(now))))
    .orderBy(sql`rowid desc`)
    .limit(MOST)

export type SessionItem = Awaited<ReturnType<typeof sessionsOf>>[number]

/** More than anybody belongs to, as in `memberships`. */
const MOST_ORGANIZATIONS = 100

const mailedBy = (db: Database, userId: string) =>
  db
    .select({ id: member.id, notify: member.notify })
    .from(member)
    .where(eq(member.userId, userId))
    .limit(MOST_ORGANIZATIONS)

export interface Account {
  sessions: SessionItem[]
  invitations: WaitingInvitation[]
  /** The memberships whose news is mailed to them. */
  mailed: ReadonlySet<string>
}

/** Where a person is signed in, and what waits for them, in one round trip. */
export async function accountOf(
  db: Database,
  { userId, email }: { userId: string; email: string },
  now: number,
): Promise<Account> {
  const [sessions, invitations, memberships] = await db.batch([
    sessionsOf(db, userId, now),
    invitationsTo(db, email, now),
    mailedBy(db, userId),
  ])
  const mailed = memberships.flatMap(({ id, notify }) => (notify ? [id] : []))
  return { sessions, invitations, mailed: new Set(mailed) }
}
