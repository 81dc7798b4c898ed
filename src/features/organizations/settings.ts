import { and, eq, getTableColumns, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import type { Database } from '../../db/client.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { organization } from '../../db/schema/organizations.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import type { ChangeDefaults, ChangeOrganization } from './input.ts'
import { authorise } from './rules.ts'

const shown = {
  name: organization.name,
  legalName: organization.legalName,
  address: organization.address,
  taxId: organization.taxId,
  accent: organization.accent,
  logo: organization.logo,
  senderName: organization.senderName,
  replyTo: organization.replyTo,
  timeZone: organization.timeZone,
  locale: organization.locale,
  currency: organization.currency,
  paymentTerms: organization.paymentTerms,
  linkDays: organization.linkDays,
}

/** Everything that can be set, as it is. */
export async function settingsOf(db: Database, organizationId: string) {
  const [row] = await db.select(shown).from(organization).where(eq(organization.id, organizationId))
  if (!row) throw new Error('The organisation of a ctx is gone.')
  return row
}

export type OrganizationSettings = Awaited<ReturnType<typeof settingsOf>>

/**
 * Writes what of `wanted` differs from what is set, and keeps who did it and which fields, not what
 * they said. Nothing differs for the second of two clicks, so it writes nothing.
 */
export async function changeSettings(
  ctx: TenantCtx,
  wanted: Partial<OrganizationSettings>,
): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'organization.change')) return fail({ kind: 'forbidden' })
  const { id } = ctx.organization
  const columns = getTableColumns(organization)
  const names = (Object.keys(shown) as (keyof OrganizationSettings)[]).filter(
    (name) => wanted[name] !== undefined,
  )
  const was = await settingsOf(ctx.db, id)
  const changed = names.filter((name) => was[name] !== wanted[name])
  if (changed.length === 0) return ok(undefined)
  const asItWas = changed.map((name) => sql`${columns[name]} is ${was[name]}`)
  const written = await commit(ctx, [
    ctx.db
      .update(organization)
      .set(wanted)
      .where(and(eq(organization.id, id), ...asItWas)),
    mustChange,
    record(ctx, { kind: 'organization.changed', data: { fields: changed.join(', ') } }),
  ])
  if (written.ok) return ok(undefined)
  // The first of two clicks did just this; anybody else's change is not to be overwritten unseen.
  const now = await settingsOf(ctx.db, id)
  const done = names.every((name) => now[name] === wanted[name])
  return done ? ok(undefined) : fail({ kind: 'conflict', reason: 'changed-meanwhile' })
}

export const changeOrganization = (ctx: TenantCtx, input: ChangeOrganization) =>
  changeSettings(ctx, input)

export const changeDefaults = (ctx: TenantCtx, input: ChangeDefaults) => changeSettings(ctx, input)
