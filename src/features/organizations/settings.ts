import { and, eq, sql } from 'drizzle-orm'
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

/** The names and columns of what is wanted otherwise than it is. */
function differing(was: Record<string, unknown>, wanted: Record<string, unknown>) {
  return Object.entries(shown).filter(
    ([name]) => wanted[name] !== undefined && wanted[name] !== was[name],
  )
}

/**
 * Writes what is wanted, and keeps who did it and which fields changed, not what they said. Nothing
 * differs for the second of two clicks, so it writes nothing.
 */
export async function changeSettings(
  ctx: TenantCtx,
  wanted: Partial<OrganizationSettings>,
): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'organization.change')) return fail({ kind: 'forbidden' })
  const { id } = ctx.organization
  const was: Record<string, unknown> = await settingsOf(ctx.db, id)
  const changed = differing(was, wanted)
  if (changed.length === 0) return ok(undefined)
  const asItWas = Object.entries(shown)
    .filter(([name]) => name in wanted)
    .map(([name, column]) => sql`${column} is ${was[name]}`)
  const fields = changed.map(([name]) => name).join(', ')
  const written = await commit(ctx, [
    ctx.db
      .update(organization)
      .set(wanted)
      .where(and(eq(organization.id, id), ...asItWas)),
    mustChange,
    record(ctx, { kind: 'organization.changed', data: { fields } }),
  ])
  if (written.ok) return ok(undefined)
  // The first of two clicks did just this; anybody else's change is not to be overwritten unseen.
  const done = differing(await settingsOf(ctx.db, id), wanted).length === 0
  return done ? ok(undefined) : fail({ kind: 'conflict', reason: 'changed-meanwhile' })
}

export const changeOrganization = (ctx: TenantCtx, input: ChangeOrganization) =>
  changeSettings(ctx, input)

export const changeDefaults = (ctx: TenantCtx, input: ChangeDefaults) => changeSettings(ctx, input)
