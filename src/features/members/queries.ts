import { and, asc, eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { user } from '../../db/schema/accounts.ts'
import { member } from '../../db/schema/members.ts'
import { pageOf, type Page, type PageInput } from '../../lib/page.ts'
import { invitationsOf, type InvitationItem } from '../invitations/queries.ts'
import type { TeamPage } from './input.ts'

const shown = {
  id: member.id,
  userId: member.userId,
  name: user.name,
  email: user.email,
  role: member.role,
  createdAt: member.createdAt,
}

const select = (db: Database) =>
  db.select(shown).from(member).innerJoin(user, eq(user.id, member.userId))

export type MemberItem = Awaited<ReturnType<typeof select>>[number]

/** In the order in which they came; the row id, which the index ends with, tells apart who came at once. */
const membersOf = (db: Database, organizationId: string, { cursor, limit }: PageInput) =>
  select(db)
    .where(
      and(
        eq(member.organizationId, organizationId),
        cursor
          ? sql`(member.created_at, member.rowid) > (
              select created_at, rowid from ${member} where id = ${cursor} and organization_id = ${organizationId})`
          : undefined,
      ),
    )
    .orderBy(asc(member.createdAt), sql`member.rowid`)
    .limit(limit + 1)

export async function memberById(
  db: Database,
  organizationId: string,
  id: string,
): Promise<MemberItem | undefined> {
  const [row] = await select(db).where(
    and(eq(member.id, id), eq(member.organizationId, organizationId)),
  )
  return row
}

export interface Team {
  members: Page<MemberItem>
  invitations: Page<InvitationItem>
}

/** A page of the members and one of those who are invited, in one round trip. */
export async function teamOf(
  db: Database,
  organizationId: string,
  { cursor, invited, limit }: TeamPage,
): Promise<Team> {
  const [members, invitations] = await db.batch([
    membersOf(db, organizationId, { cursor, limit }),
    invitationsOf(db, organizationId, { cursor: invited, limit }),
  ])
  return { members: pageOf(members, limit), invitations: pageOf(invitations, limit) }
}
