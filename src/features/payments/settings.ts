import { and, eq, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, mustHold, raw } from '../../db/batch.ts'
import { stripeAccount } from '../../db/schema/payments.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { seal, unseal } from '../../lib/seal.ts'
import {
  accountOf,
  isTestKey,
  permissionsOf,
  type Connection,
  type StripeAccount,
  type Told,
} from '../../platform/stripe.ts'
import { record } from '../activity/record.ts'
import { authorise } from '../organizations/rules.ts'
import { noteSealed, sealedFor } from './account.ts'
import type { Connect, NewSecret } from './input.ts'
import { livesIn } from './follow.ts'
import { leaveAccount, returnTo } from './leaving.ts'
import { followEveryBalance } from './links.ts'

const wrong = (path: string, message: string) =>
  fail<Failure>({ kind: 'invalid', errors: [{ path, message }] })
const conflict = (reason: 'settings-key-missing' | 'stripe-not-connected' | 'changed-meanwhile') =>
  fail<Failure>({ kind: 'conflict', reason })

interface Found {
  account: StripeAccount
  permissions: Record<string, boolean>
}

/** Whose the key is, and what it may do. */
async function look(connection: Connection): Promise<Told<Found>> {
  const account = await accountOf(connection)
  if (account.kind !== 'done') return account
  const permissions = await permissionsOf(connection)
  if (permissions.kind !== 'done') return permissions
  return { kind: 'done', value: { account: account.value, permissions: permissions.value } }
}

const rowOf = async ({ db, organization }: TenantCtx) => {
  const [row] = await db
    .select()
    .from(stripeAccount)
    .where(eq(stripeAccount.organizationId, organization.id))
  return row
}

const foundSet = (ctx: TenantCtx, { account, permissions }: Found) => ({
  accountId: account.id,
  accountName: account.name?.slice(0, 200) ?? null,
  permissions,
  checkedAt: ctx.now,
  trouble: null,
})

/**
 * The organisation's own key, tried before it is kept and then sealed. A new one takes the place of the
 * one before. The same again only has it looked at once more.
 */
export async function connectStripe(
  ctx: TenantCtx,
  { key }: Connect,
): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'payment.connect')) return fail({ kind: 'forbidden' })
  const { settingsKeys, stripeUrl } = ctx.settings
  if (!settingsKeys) return conflict('settings-key-missing')
  const found = await look({ key, url: stripeUrl })
  if (found.kind === 'unanswered') {
    return wrong('key', `${found.reason} Nothing was saved; please try again in a moment.`)
  }
  if (found.kind === 'refused') return wrong('key', `Stripe says: ${found.reason}`)

  const { id } = ctx.organization
  const was = await rowOf(ctx)
  const context = sealedFor.key(id)
  const before = was?.sealedKey ? await unseal(settingsKeys, context, was.sealedKey) : undefined
  const mode = isTestKey(key) ? 'test' : 'live'
  const set = {
    sealedKey: await seal(settingsKeys, context, key),
    keyEnd: key.slice(-4),
    mode,
    ...foundSet(ctx, found.value),
    // How far another account was read says nothing of this one, which may have been here before.
    ...(was && livesIn(was) === livesIn({ mode, accountId: found.value.account.id })
      ? {}
      : { reconciledTo: null }),
  } as const
  const home = livesIn(set)
  const asRead = was
    ? sql`exists (select 1 from ${stripeAccount} where organization_id = ${id} and sealed_key is ${was.sealedKey})`
    : sql`not exists (select 1 from ${stripeAccount} where organization_id = ${id})`
  const written = await commit(ctx, [
    mustHold(asRead),
    ctx.db
      .insert(stripeAccount)
      .values({ organizationId: id, endpoint: newId(ctx.now), createdAt: ctx.now, ...set })
      .onConflictDoUpdate({ target: stripeAccount.organizationId, set }),
    ...(before === key ? [] : [record(ctx, { kind: 'stripe.connected', data: { mode } })]),
    ...(was && livesIn(was) !== home ? leaveAccount(ctx, was) : []),
    ...returnTo(ctx, home, set),
    // Also of the same key: what gave up is begun anew.
    followEveryBalance(ctx),
  ])
  if (written.ok) return ok(undefined)
  // The first of two clicks kept the same key; anybody else's is not to be overwritten unseen.
  const now = await rowOf(ctx)
  const kept = now?.sealedKey ? await unseal(settingsKeys, context, now.sealedKey) : undefined
  return kept === key ? ok(undefined) : conflict('changed-meanwhile')
}

/** The webhook's signing secret. The one before stays valid beside it, until it is forgotten. */
export async function changeSecret(
  ctx: TenantCtx,
  { secret }: NewSecret,
): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'payment.connect')) return fail({ kind: 'forbidden' })
  const { settingsKeys } = ctx.settings
  if (!settingsKeys) return conflict('settings-key-missing')
  const was = await rowOf(ctx)
  if (!was) return conflict('stripe-not-connected')
  const context = sealedFor.secret(ctx.organization.id)
  const current = was.sealedSecret && (await unseal(settingsKeys, context, was.sealedSecret))
  if (current === secret) return ok(undefined)
  const written = await commit(ctx, [
    raw(sql`
      update ${stripeAccount} set sealed_old_secret = sealed_secret,
        sealed_secret = ${await seal(settingsKeys, context, secret)}
      where organization_id = ${ctx.organization.id} and sealed_secret is ${was.sealedSecret}`),
    mustChange,
    record(ctx, { kind: 'stripe.secret-changed' }),
  ])
  if (written.ok) return ok(undefined)
  const now = await rowOf(ctx)
  const kept = now?.sealedSecret && (await unseal(settingsKeys, context, now.sealedSecret))
  return kept === secret ? ok(undefined) : conflict('changed-meanwhile')
}

/** What the old signing secret signs is refused from now on. */
export async function forgetOldSecret(ctx: TenantCtx): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'payment.connect')) return fail({ kind: 'forbidden' })
  await commit(ctx, [
    ctx.db
      .update(stripeAccount)
      .set({ sealedOldSecret: null })
      .where(eq(stripeAccount.organizationId, ctx.organization.id)),
  ])
  return ok(undefined)
}

/** Looks at the key that is kept: whether it works, and what it may do. */
export async function checkStripe(ctx: TenantCtx): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'payment.connect')) return fail({ kind: 'forbidden' })
  const was = await rowOf(ctx)
  if (!was?.sealedKey) return conflict('stripe-not-connected')
  const { settingsKeys, stripeUrl } = ctx.settings
  if (!settingsKeys) return conflict('settings-key-missing')
  const key = await unseal(settingsKeys, sealedFor.key(ctx.organization.id), was.sealedKey)
  if (key === undefined) {
    await commit(ctx, noteSealed(ctx.db, ctx.organization.id, 'sealed'))
    return ok(undefined)
  }
  const found = await look({ key, url: stripeUrl })
  const set =
    found.kind === 'done'
      ? foundSet(ctx, found.value)
      : { trouble: found.reason, checkedAt: ctx.now }
  await commit(ctx, [
    ctx.db
      .update(stripeAccount)
      .set(set)
      .where(
        and(
          eq(stripeAccount.organizationId, ctx.organization.id),
          eq(stripeAccount.sealedKey, was.sealedKey),
        ),
      ),
    // What was given up while the key was not well is begun anew.
    ...(found.kind === 'done' ? [followEveryBalance(ctx)] : []),
  ])
  return ok(undefined)
}

/**
 * Takes the key away. Links are made no more and nobody is led to one. The key itself stays, sealed and
 * for nothing else, until those that are on at Stripe are off; what was paid before is still told by the
 * webhook, whose secret stays.
 */
export async function disconnectStripe(ctx: TenantCtx): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'payment.connect')) return fail({ kind: 'forbidden' })
  const was = await rowOf(ctx)
  if (!was?.sealedKey) return ok(undefined)
  const written = await commit(ctx, [
    ctx.db
      .update(stripeAccount)
      .set({ sealedKey: null, keyEnd: null, permissions: null, checkedAt: null, trouble: null })
      .where(
        and(
          eq(stripeAccount.organizationId, ctx.organization.id),
          eq(stripeAccount.sealedKey, was.sealedKey),
        ),
      ),
    mustChange,
    record(ctx, { kind: 'stripe.disconnected', data: { mode: was.mode } }),
    ...leaveAccount(ctx, was),
    followEveryBalance(ctx),
  ])
  if (written.ok) return ok(undefined)
  return (await rowOf(ctx))?.sealedKey ? conflict('changed-meanwhile') : ok(undefined)
}
