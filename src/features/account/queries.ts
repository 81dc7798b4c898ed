import { and, eq, gt, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { session } from '../../db/schema/accounts.ts'
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

export interface Account {
  sessions: SessionItem[]
  invitations: WaitingInvitation[]
}

/** Where a person is signed in, and what waits for them, in one round trip. */
export async function accountOf(
  db: Database,
  { userId, email }: { userId: string; email: string },
  now: number,
): Promise<Account> {
  const [sessions, invitations] = await db.batch([
    sessionsOf(db, userId, now),
    invitationsTo(db, email, now),
  ])
  return { sessions, invitations }
}
