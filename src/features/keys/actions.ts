import { and, eq, isNull } from 'drizzle-orm'
import type { Actor, TenantCtx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { apiKey } from '../../db/schema/keys.ts'
import type { Role } from '../../db/schema/organizations.ts'
import type { Failure } from '../../lib/failure.ts'
import { sha256 } from '../../lib/hash.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { authorise, mayGrant, type Permission } from '../organizations/rules.ts'
import type { CreateKey } from './input.ts'
import { keyById, type KeyItem } from './queries.ts'
import { noteworthy } from './rules.ts'
import { newKey } from './secret.ts'

export interface CreatedKey extends KeyItem {
  /** The key itself, which is kept nowhere; undefined for one that was there already. */
  secret: string | undefined
}

/** A key is a way to act, so nobody makes, or ends, one that may do more than they may. */
const allowed = ({ actor }: { actor: Actor }, permission: Permission, role: Role): boolean =>
  authorise(actor, permission) && 'role' in actor && mayGrant(actor, role)

export async function createKey(
  ctx: TenantCtx,
  input: CreateKey,
): Promise<Result<CreatedKey, Failure>> {
  const { name, role, expiresAt = null } = input
  if (!allowed(ctx, 'key.create', role)) return fail({ kind: 'forbidden' })
  if (expiresAt !== null && expiresAt <= ctx.now) return fail(inThePast)
  const id = input.id ?? newId(ctx.now)
  const secret = newKey()
  const written = await commit(ctx, [
    ctx.db.insert(apiKey).values({
      id,
      organizationId: ctx.organization.id,
      name,
      role,
      hash: await sha256(secret),
      createdBy: 'name' in ctx.actor ? ctx.actor.name : null,
      createdAt: ctx.now,
      expiresAt,
    }),
    record(ctx, { kind: 'key.created', data: { name, role } }),
  ])
  const made = await keyById(ctx.db, ctx.organization.id, id)
  // Taken: the first of two clicks made it; or the id is another key's, perhaps of another tenant.
  if (!made || made.name !== name || made.role !== role) {
    return fail({ kind: 'conflict', reason: 'changed-meanwhile' })
  }
  return ok({ ...made, secret: written.ok ? secret : undefined })
}

const inThePast: Failure = {
  kind: 'invalid',
  errors: [{ path: 'expiresAt', message: 'The last day has to be today or later.' }],
}

/** From the same instant the key opens nothing. Revoking it again changes nothing. */
export async function revokeKey(ctx: TenantCtx, id: string): Promise<Result<KeyItem, Failure>> {
  if (!authorise(ctx.actor, 'key.revoke')) return fail({ kind: 'forbidden' })
  const found = await keyById(ctx.db, ctx.organization.id, id)
  if (!found) return fail({ kind: 'missing' })
  if (!allowed(ctx, 'key.revoke', found.role)) return fail({ kind: 'forbidden' })
  await commit(ctx, [
    ctx.db
      .update(apiKey)
      .set({ revokedAt: ctx.now })
      .where(
        and(
          eq(apiKey.id, id),
          eq(apiKey.organizationId, ctx.organization.id),
          isNull(apiKey.revokedAt),
        ),
      ),
    mustChange,
    record(ctx, { kind: 'key.revoked', data: { name: found.name, role: found.role } }),
  ])
  const now = await keyById(ctx.db, ctx.organization.id, id)
  return now ? ok(now) : fail({ kind: 'missing' })
}

/** Notes that a key was used; for calls that change something, since reading never writes. */
export async function noteKeyUse(
  ctx: TenantCtx,
  key: { id: string; lastUsedAt: number | null },
): Promise<void> {
  if (!noteworthy(key, ctx.now)) return
  await commit(ctx, [
    ctx.db
      .update(apiKey)
      .set({ lastUsedAt: ctx.now })
      .where(and(eq(apiKey.id, key.id), eq(apiKey.organizationId, ctx.organization.id))),
  ])
}
