import { and, eq, gt, sql, type SQL } from 'drizzle-orm'
import type { Ctx, Organization, TenantCtx } from '../../ctx.ts'
import { commit, mustChange, raw, type Statement } from '../../db/batch.ts'
import { user } from '../../db/schema/accounts.ts'
import { invitation, member } from '../../db/schema/members.ts'
import type { Role } from '../../db/schema/organizations.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { actorName, record } from '../activity/record.ts'
import { enqueueEmail, fewerFrom, fewerThan } from '../emails/enqueue.ts'
import { authorise, grantable, mayGrant } from '../organizations/rules.ts'
import type { Invite, Join } from './input.ts'
import {
  invitationById,
  inviteFacts,
  invitationToJoin,
  mailKey,
  type InvitationItem,
  type Joining,
} from './queries.ts'
import { ADDRESS_LIMITS, LIFETIME, ORGANIZATION_LIMITS, SAME_CLICK, waitFor } from './rules.ts'
import { invitationByToken } from './token.ts'

type Answer<T = InvitationItem> = Promise<Result<T, Failure>>

const WINDOW = Math.max(...[...ADDRESS_LIMITS, ...ORGANIZATION_LIMITS].map(({ window }) => window))

const factsOf = (ctx: TenantCtx, address: string) =>
  inviteFacts(ctx.db, ctx.organization.id, { address, now: ctx.now, window: WINDOW })

type Facts = Awaited<ReturnType<typeof factsOf>>

const wait = (facts: Facts, now: number): number =>
  Math.max(
    waitFor(ADDRESS_LIMITS, facts.toAddress, now),
    waitFor(ORGANIZATION_LIMITS, facts.fromOrganization, now),
  )

const limited = (facts: Facts, now: number): { ok: false; failure: Failure } =>
  fail({ kind: 'limited', retryAfter: Math.ceil(wait(facts, now) / 1000) })

/** The role the actor acts with; a statement finds nothing where they may grant none. */
const roleOf = ({ actor }: TenantCtx): { role?: Role } => ('role' in actor ? actor : {})

const within = (ctx: TenantCtx): SQL =>
  sql`select value from json_each(${JSON.stringify(grantable(roleOf(ctx)))})`

/** The mail with the invitation. Its limits are judged inside the batch, where no race gets past them. */
function mail(
  ctx: TenantCtx,
  { id, email: to }: { id: string; email: string },
  otherwise: 'roll back' | 'leave out',
): Statement[] {
  const kind = 'invitation'
  const organizationId = ctx.organization.id
  const { now } = ctx
  const holds = [
    ...ADDRESS_LIMITS.map(({ most, window }) => fewerThan(most, window, { to, kind, now })),
    ...ORGANIZATION_LIMITS.map(({ most, window }) =>
      fewerFrom(most, window, { organizationId, kind, now }),
    ),
  ]
  const written = {
    kind,
    key: mailKey(id, now),
    to,
    organizationId,
    data: { invitation: id },
  } as const
  return enqueueEmail(ctx, written, { holds: sql.join(holds, sql` and `), otherwise })
}

/**
 * Invites an address. One that is invited already keeps its one invitation, which is renewed with the
 * role given last; it is mailed again where the limits let it.
 */
export async function invite(ctx: TenantCtx, input: Invite): Answer {
  if (!authorise(ctx.actor, 'member.invite') || !mayGrant(roleOf(ctx), input.role))
    return fail({ kind: 'forbidden' })
  const facts = await factsOf(ctx, input.email)
  if (facts.member) return fail(isMember(facts.member.name || input.email))
  const before = facts.invitation
  if (before && !mayGrant(roleOf(ctx), before.role)) return fail({ kind: 'forbidden' })
  if (!before && wait(facts, ctx.now) > 0) return limited(facts, ctx.now)
  if (before && isSame(before, input, ctx.now)) return ok(before)

  const id = before?.id ?? newId(ctx.now)
  const by = actorName(ctx.actor)
  const organizationId = ctx.organization.id
  const written = await commit(ctx, [
    raw(sql`
      insert into ${invitation} (id, organization_id, email, role, invited_by, created_at, expires_at)
      select ${id}, ${organizationId}, ${input.email}, ${input.role}, ${by}, ${ctx.now}, ${ctx.now + LIFETIME}
      where not exists (
        select 1 from ${member} join ${user} on ${eq(user.id, member.userId)}
        where ${eq(user.email, input.email)} and ${eq(member.organizationId, organizationId)})
      on conflict (organization_id, email) do update set
        role = excluded.role, invited_by = excluded.invited_by, expires_at = excluded.expires_at
      where invitation.id = ${id} and invitation.role in (${within(ctx)})`),
    mustChange,
    ...mail(ctx, { id, email: input.email }, before ? 'leave out' : 'roll back'),
    record(ctx, { kind: 'member.invited', data: { email: input.email, role: input.role } }),
  ])
  const now = await factsOf(ctx, input.email)
  if (now.member) return fail(isMember(now.member.name || input.email))
  if (now.invitation && (written.ok || isSame(now.invitation, input, ctx.now)))
    return ok(now.invitation)
  if (wait(now, ctx.now) > 0) return limited(now, ctx.now)
  return fail({ kind: 'conflict', reason: 'changed-meanwhile' })
}

const isMember = (name: string): Failure => ({
  kind: 'invalid',
  errors: [{ path: 'email', message: `${name} is in the team already.` }],
})

/** Whether this very invitation was mailed a moment ago: the first of two clicks did it. */
const isSame = ({ role, mail }: InvitationItem, input: { role: Role }, now: number): boolean =>
  role === input.role && mail !== null && now - mail.sentAt < SAME_CLICK

/** The invitation, if the actor may do something about it. */
async function allowed(ctx: TenantCtx, id: string): Answer {
  if (!authorise(ctx.actor, 'member.invite')) return fail({ kind: 'forbidden' })
  const found = await invitationById(ctx.db, ctx.organization.id, id)
  if (!found) return fail({ kind: 'missing' })
  return mayGrant(roleOf(ctx), found.role) ? ok(found) : fail({ kind: 'forbidden' })
}

const here = (ctx: TenantCtx, { id, role }: { id: string; role: Role }) =>
  and(
    eq(invitation.id, id),
    eq(invitation.organizationId, ctx.organization.id),
    eq(invitation.role, role),
  )

/** Mails the invitation once more, and gives it its full time again. */
export async function resendInvitation(ctx: TenantCtx, input: { invitation: string }): Answer {
  const found = await allowed(ctx, input.invitation)
  if (!found.ok) return found
  const { value: item } = found
  if (isSame(item, item, ctx.now)) return found
  const written = await commit(ctx, [
    ctx.db
      .update(invitation)
      .set({ expiresAt: ctx.now + LIFETIME })
      .where(here(ctx, item)),
    mustChange,
    ...mail(ctx, item, 'roll back'),
    record(ctx, { kind: 'invitation.sent', data: { email: item.email, role: item.role } }),
  ])
  const { invitation: now, ...facts } = await factsOf(ctx, item.email)
  if (!now || now.id !== item.id) return fail({ kind: 'missing' })
  if (written.ok || isSame(now, item, ctx.now)) return ok(now)
  const all = { ...facts, invitation: now }
  return wait(all, ctx.now) > 0
    ? limited(all, ctx.now)
    : fail({ kind: 'conflict', reason: 'changed-meanwhile' })
}

/** The mail that is out there opens nothing from this instant on. */
export async function revokeInvitation(
  ctx: TenantCtx,
  input: { invitation: string },
): Answer<void> {
  const found = await allowed(ctx, input.invitation)
  if (!found.ok) return found
  const { email, role } = found.value
  const written = await commit(ctx, [
    ctx.db.delete(invitation).where(here(ctx, found.value)),
    mustChange,
    record(ctx, { kind: 'invitation.revoked', data: { email, role } }),
  ])
  if (written.ok) return ok(undefined)
  const now = await invitationById(ctx.db, ctx.organization.id, input.invitation)
  return fail(now ? { kind: 'conflict', reason: 'changed-meanwhile' } : { kind: 'missing' })
}

export interface Joined {
  organization: Organization
  email: string
}

/**
 * Joins by the link of the mail, which shows that the address is the visitor's. It opens the
 * organisation that sent it and nothing else: who belongs to another one signs in first, or a mail
 * of a week ago would be a key to all of them.
 */
export async function joinByToken(
  ctx: Ctx,
  input: Join & { token: string },
): Promise<Result<Joined, Failure>> {
  const found = await invitationByToken(ctx, input.token)
  if (!found) return fail({ kind: 'missing' })
  const itself = ctx.actor.kind === 'person' && ctx.actor.email === found.email
  if (found.belongs && !itself) return fail({ kind: 'conflict', reason: 'sign-in-first' })
  return join(ctx, found, input)
}

/** Joins from the dashboard, where a session says who it is. */
export async function joinAsPerson(
  ctx: Ctx,
  input: Join & { invitation: string },
): Promise<Result<Joined, Failure>> {
  const { actor } = ctx
  if (actor.kind !== 'person') return fail({ kind: 'forbidden' })
  const found = await invitationToJoin(ctx.db, input.invitation)
  if (!found || found.email !== actor.email || found.expiresAt <= ctx.now)
    return fail({ kind: 'missing' })
  return join(ctx, found, input)
}

/** Once: the invitation goes as the membership comes. Who is a member already stays what they are. */
async function join(ctx: Ctx, found: Joining, input: Join): Promise<Result<Joined, Failure>> {
  const { email, role, organization } = found
  const name = found.name || input.name
  if (!name)
    return fail({ kind: 'invalid', errors: [{ path: 'name', message: 'Your name is missing.' }] })
  const actor = { kind: 'person', userId: newId(ctx.now), name, email } as const
  const written = await commit(ctx, [
    ctx.db
      .delete(invitation)
      .where(
        and(
          eq(invitation.id, found.id),
          eq(invitation.email, email),
          eq(invitation.role, role),
          gt(invitation.expiresAt, ctx.now),
        ),
      ),
    mustChange,
    raw(sql`
      insert into ${user} (id, name, email, email_verified, created_at, updated_at)
      values (${actor.userId}, ${name}, ${email}, 1, ${ctx.now}, ${ctx.now})
      on conflict (email) do update set email_verified = 1,
        name = case when name = '' then excluded.name else name end`),
    raw(sql`
      insert into ${member} (id, organization_id, user_id, role, created_at)
      select ${newId(ctx.now)}, ${organization.id}, id, ${role}, ${ctx.now}
      from ${user} where email = ${email}
      on conflict (user_id, organization_id) do nothing`),
    record({ ...ctx, actor, organization }, { kind: 'member.joined', data: { email, role } }),
  ])
  return written.ok ? ok({ organization, email }) : fail({ kind: 'missing' })
}
