import { and, desc, eq, gt, lt, sql } from 'drizzle-orm'
import type { Organization } from '../../ctx.ts'
import type { Database } from '../../db/client.ts'
import { user } from '../../db/schema/accounts.ts'
import { email, type EmailState } from '../../db/schema/emails.ts'
import { invitation, member } from '../../db/schema/members.ts'
import { organization, type Role } from '../../db/schema/organizations.ts'
import { newId } from '../../lib/id.ts'
import type { PageInput } from '../../lib/page.ts'
import { organizationFields } from '../organizations/fields.ts'

/** The key of a mail; those of one invitation sort by when they were written. */
export const mailKey = (id: string, now: number): string => `invitation:${id}:${now}`

// By the mails' unique key, so that what other organisations wrote to the address is not read; what was
// sent in a failed mail's place counts for it. `invitation` is spelled out: Drizzle leaves the table's
// name off in a query without joins, and a bare name would be the inner table's.
const latestMail = sql<string | null>`(
  select json_object('status', m.state, 'at', m.state_at, 'reason', m.reason, 'sentAt', m.created_at)
  from ${email} m where m.id = (
    select coalesce(k.retried_by, k.id) from ${email} k
    where k."key" > 'invitation:' || invitation.id || ':' and k."key" < 'invitation:' || invitation.id || ';'
    order by k."key" desc limit 1))`.mapWith(
  (text: string): { status: EmailState; at: number; reason: string | null; sentAt: number } =>
    JSON.parse(text),
)

const shown = {
  id: invitation.id,
  email: invitation.email,
  role: invitation.role,
  invitedBy: invitation.invitedBy,
  createdAt: invitation.createdAt,
  expiresAt: invitation.expiresAt,
  /** The mail last sent for it. */
  mail: latestMail,
}

const select = (db: Database) => db.select(shown).from(invitation)

export type InvitationItem = Awaited<ReturnType<typeof select>>[number]

/** Newest first, one more than the page shows. */
export const invitationsOf = (db: Database, organizationId: string, page: PageInput) =>
  select(db)
    .where(
      and(
        eq(invitation.organizationId, organizationId),
        page.cursor ? lt(invitation.id, page.cursor) : undefined,
      ),
    )
    .orderBy(desc(invitation.id))
    .limit(page.limit + 1)

export async function invitationById(
  db: Database,
  organizationId: string,
  id: string,
): Promise<InvitationItem | undefined> {
  const [row] = await select(db).where(
    and(eq(invitation.id, id), eq(invitation.organizationId, organizationId)),
  )
  return row
}

/** What decides whether an address may be invited, in one round trip. */
export async function inviteFacts(
  db: Database,
  organizationId: string,
  { address, now, window }: { address: string; now: number; window: number },
) {
  const [members, invitations, toAddress, fromOrganization] = await db.batch([
    db
      .select({ name: user.name })
      .from(user)
      .innerJoin(member, eq(member.userId, user.id))
      .where(and(eq(user.email, address), eq(member.organizationId, organizationId))),
    select(db).where(
      and(eq(invitation.organizationId, organizationId), eq(invitation.email, address)),
    ),
    db
      .select({ at: email.createdAt })
      .from(email)
      .where(
        and(eq(email.to, address), eq(email.kind, 'invitation'), gt(email.createdAt, now - window)),
      )
      .orderBy(desc(email.createdAt))
      .limit(50),
    db
      .select({ at: email.createdAt })
      .from(email)
      .where(
        and(
          eq(email.organizationId, organizationId),
          gt(email.id, newId(now - window)),
          eq(email.kind, 'invitation'),
        ),
      )
      .orderBy(desc(email.id))
      .limit(50),
  ])
  return {
    member: members[0],
    invitation: invitations[0],
    toAddress: toAddress.map(({ at }) => at),
    fromOrganization: fromOrganization.map(({ at }) => at),
  }
}

/** An invitation as the invited person meets it. */
export interface Joining {
  id: string
  email: string
  role: Role
  invitedBy: string
  expiresAt: number
  organization: Organization
  /** The name under which we know them, if we do. */
  name: string | null
  /** Whether they belong to an organisation already, this one or another. */
  belongs: boolean
}

const joining = {
  id: invitation.id,
  email: invitation.email,
  role: invitation.role,
  invitedBy: invitation.invitedBy,
  expiresAt: invitation.expiresAt,
  organization: organizationFields,
  name: user.name,
  belongs: sql`exists (select 1 from ${member} where user_id = ${user.id})`.mapWith(Boolean),
}

export async function invitationToJoin(db: Database, id: string): Promise<Joining | undefined> {
  const [row] = await db
    .select(joining)
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .leftJoin(user, eq(user.email, invitation.email))
    .where(eq(invitation.id, id))
  return row
}

/** The invitations that wait for a person, the youngest twenty. */
export const invitationsTo = (db: Database, address: string, now: number) =>
  db
    .select({
      id: invitation.id,
      role: invitation.role,
      invitedBy: invitation.invitedBy,
      organization: organization.name,
    })
    .from(invitation)
    .innerJoin(organization, eq(organization.id, invitation.organizationId))
    .where(and(eq(invitation.email, address), gt(invitation.expiresAt, now)))
    .orderBy(desc(invitation.expiresAt))
    .limit(20)

export type WaitingInvitation = Awaited<ReturnType<typeof invitationsTo>>[number]
