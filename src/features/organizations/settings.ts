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

type Some = Partial<OrganizationSettings>
type Values = Partial<Record<string, string | number | null>>

/** The names and columns of what is wanted otherwise than it is. */
const differing = (was: Values, wanted: Values) =>
  Object.entries(shown).filter(([name]) => wanted[name] !== undefined && wanted[name] !== was[name])

/**
 * What somebody wants of what they had before them: what they left alone is not theirs to write, and
 * may have been changed by somebody else since.
 */
function editedOf(was: Values, wanted: Values): Values {
  const names = differing(was, wanted).map(([name]) => name)
  return Object.fromEntries(names.map((name) => [name, wanted[name]]))
}

/** The settings that somebody else has changed since `had`, to something other than what is wanted. */
export function overtaken(now: Some, wanted: Some, had: Some): Values {
  const current: Values = now
  const edited = editedOf(had, wanted)
  const mine = differing(now, edited).map(([name]) => name)
  return editedOf(had, Object.fromEntries(mine.map((name) => [name, current[name]])))
}

/**
 * Writes what is wanted otherwise than it was, and keeps who did it and which fields changed, not what
 * they said. `had` is what the person had before them; without it, what is set now. Nothing differs
 * for the second of two clicks, so it writes nothing.
 */
export async function changeSettings(
  ctx: TenantCtx,
  wanted: Some,
  had: Some = {},
): Promise<Result<void, Failure>> {
  if (!authorise(ctx.actor, 'organization.change')) return fail({ kind: 'forbidden' })
  const { id } = ctx.organization
  const now = await settingsOf(ctx.db, id)
  const was: Values = { ...now, ...had }
  const edited = editedOf(was, wanted)
  const changed = differing(now, edited)
  if (changed.length === 0) return ok(undefined)
  const asItWas = changed.map(([name, column]) => sql`${column} is ${was[name]}`)
  const fields = changed.map(([name]) => name).join(', ')
  const written = await commit(ctx, [
    ctx.db
      .update(organization)
      .set(Object.fromEntries(changed.map(([name]) => [name, edited[name]])))
      .where(and(eq(organization.id, id), ...asItWas)),
    mustChange,
    record(ctx, { kind: 'organization.changed', data: { fields } }),
  ])
  if (written.ok) return ok(undefined)
  // The first of two clicks did just this; anybody else's change is not to be overwritten unseen.
  const done = differing(await settingsOf(ctx.db, id), edited).length === 0
  return done ? ok(undefined) : fail({ kind: 'conflict', reason: 'changed-meanwhile' })
}

export const changeOrganization = (
  ctx: TenantCtx,
  input: ChangeOrganization,
  had?: ChangeOrganization,
) => changeSettings(ctx, input, had)

export const changeDefaults = (ctx: TenantCtx, input: ChangeDefaults, had?: ChangeDefaults) =>
  changeSettings(ctx, input, had)
