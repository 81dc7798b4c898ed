import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { member } from '../../db/schema/members.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { authorise, mayGrant, type Permission } from '../organizations/rules.ts'
import type { ChangeRole } from './input.ts'
import { memberById, type MemberItem } from './queries.ts'

type Answer<T = MemberItem> = Promise<Result<T, Failure>>

export interface MemberPath {
  member: string
}

/** The member, if the actor may do this to somebody of their role. */
async function allowed(ctx: TenantCtx, permission: Permission, path: MemberPath): Answer {
  const { actor } = ctx
  if (!authorise(actor, permission) || !('role' in actor)) return fail({ kind: 'forbidden' })
  const found = await memberById(ctx.db, ctx.organization.id, path.member)
  if (!found) return fail({ kind: 'missing' })
  return mayGrant(actor, found.role) ? ok(found) : fail({ kind: 'forbidden' })
}

/** The member as they were read, while the organisation keeps an owner without them. */
const leavesAnOwner = (ctx: TenantCtx, { id, role }: Pick<MemberItem, 'id' | 'role'>) =>
  and(
    eq(member.id, id),
    eq(member.organizationId, ctx.organization.id),
    eq(member.role, role),
    role === 'owner' ? anotherOwner(ctx, id) : undefined,
    stillActs(ctx),
  )

const anotherOwner = (ctx: TenantCtx, id: string): SQL => sql`exists (
  select 1 from member other where other.organization_id = ${ctx.organization.id}
  and other.role = 'owner' and other.id <> ${id})`

/** Who lost their role since the request began decides nothing any more: of two who demote each other, one does. */
const stillActs = ({ actor, organization }: TenantCtx): SQL | undefined =>
  actor.kind === 'member'
    ? sql`exists (
        select 1 from member own where own.id = ${actor.id}
        and own.organization_id = ${organization.id} and own.role = ${actor.role})`
    : undefined

/** Why a guarded change of a member did not apply. */
async function refused(ctx: TenantCtx, was: MemberItem): Promise<Failure> {
  const now = await memberById(ctx.db, ctx.organization.id, was.id)
  if (!now) return { kind: 'missing' }
  const [another] = await ctx.db
    .select({ id: member.id })
    .from(member)
    .where(and(eq(member.organizationId, ctx.organization.id), anotherOwner(ctx, was.id)))
    .limit(1)
  const last = now.role === 'owner' && !another
  return { kind: 'conflict', reason: last ? 'last-owner' : 'changed-meanwhile' }
}

const facts = ({ name, email }: MemberItem) => ({ name, email })

export async function changeRole(ctx: TenantCtx, path: MemberPath, input: ChangeRole): Answer {
  const found = await allowed(ctx, 'member.change', path)
  if (!found.ok) return found
  const was = found.value
  const { role } = input
  if (!('role' in ctx.actor) || !mayGrant(ctx.actor, role)) return fail({ kind: 'forbidden' })
  if (was.role === role) return found
  const written = await commit(ctx, [
    ctx.db.update(member).set({ role }).where(leavesAnOwner(ctx, was)),
    mustChange,
    record(ctx, {
      kind: 'member.role-changed',
      data: { ...facts(was), from: was.role, to: role },
    }),
  ])
  const now = await memberById(ctx.db, ctx.organization.id, was.id)
  if (now && (written.ok || now.role === role)) return ok(now)
  return fail(await refused(ctx, was))
}

/** Ends a membership; what the person did stays. A tab they have open finds nothing any more. */
export async function removeMember(ctx: TenantCtx, path: MemberPath): Answer<void> {
  const found = await allowed(ctx, 'member.remove', path)
  if (!found.ok) return found
  const written = await commit(ctx, [
    ctx.db.delete(member).where(leavesAnOwner(ctx, found.value)),
    mustChange,
    record(ctx, { kind: 'member.removed', data: facts(found.value) }),
  ])
  return written.ok ? ok(undefined) : fail(await refused(ctx, found.value))
}

/** Makes somebody else an owner and the one who does it an admin. */
export async function transferOwnership(ctx: TenantCtx, path: MemberPath): Answer {
  const { actor } = ctx
  const found = await allowed(ctx, 'organization.transfer', path)
  if (!found.ok) return found
  const was = found.value
  // A key has no ownership to give away.
  if (actor.kind !== 'member') return fail({ kind: 'forbidden' })
  if (was.id === actor.id) return found
  const here = (id: string) =>
    and(eq(member.id, id), eq(member.organizationId, ctx.organization.id))
  const written = await commit(ctx, [
    ctx.db
      .update(member)
      .set({ role: 'owner' })
      .where(and(here(was.id), stillActs(ctx))),
    mustChange,
    ctx.db.update(member).set({ role: 'admin' }).where(here(actor.id)),
    mustChange,
    record(ctx, { kind: 'ownership.transferred', data: facts(was) }),
  ])
  const now = await memberById(ctx.db, ctx.organization.id, was.id)
  if (!now) return fail({ kind: 'missing' })
  return written.ok ? ok(now) : fail({ kind: 'conflict', reason: 'changed-meanwhile' })
}

/** Everybody may leave, but the last owner. */
export async function leaveOrganization(ctx: TenantCtx): Answer<void> {
  const { actor } = ctx
  if (actor.kind !== 'member') return fail({ kind: 'forbidden' })
  const written = await commit(ctx, [
    ctx.db.delete(member).where(leavesAnOwner(ctx, actor)),
    mustChange,
    record(ctx, { kind: 'member.left', data: { name: actor.name, email: actor.email } }),
  ])
  if (written.ok) return ok(undefined)
  const me = await memberById(ctx.db, ctx.organization.id, actor.id)
  // Gone: the first of two clicks left, or somebody else ended it; either way they are out.
  return me ? fail(await refused(ctx, me)) : ok(undefined)
}
