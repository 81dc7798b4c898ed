import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, type Statement } from '../../db/batch.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Failure } from '../../lib/failure.ts'
import { dayOf } from '../../lib/day.ts'
import { newId } from '../../lib/id.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import type { ActivityKind } from '../activity/kinds.ts'
import { record } from '../activity/record.ts'
import { newLink } from '../links/new-link.ts'
import { templateById } from '../milestones/queries.ts'
import { planFromTemplate } from '../milestones/templates.ts'
import { authorise, type Permission } from '../organizations/rules.ts'
import { abortsOf } from '../uploads/expire.ts'
import type { ChangePortal, CreatePortal } from './input.ts'
import { enqueueObjectsDeletion } from './objects.ts'
import { portalById, portalWithLinks, type PortalDetail, type PortalItem } from './queries.ts'

type Answer<T = PortalItem> = Promise<Result<T, Failure>>

export interface CreatedPortal {
  portal: PortalDetail
  /** The token of the first contact's link; undefined for a portal that was there already. */
  token: string | undefined
}

/** A portal with its first contact and their link, which is mailed to them if `send` says so. */
export async function createPortal(ctx: TenantCtx, input: CreatePortal): Answer<CreatedPortal> {
  if (!authorise(ctx.actor, 'portal.create')) return fail({ kind: 'forbidden' })
  const { project, client, currency } = input
  const id = input.id ?? newId(ctx.now)
  const template =
    input.template && (await templateById(ctx.db, ctx.organization.id, input.template))
  if (input.template && !template) return fail(templateGone)
  const firstDay = dayOf(ctx.now, ctx.organization.timeZone)
  const first = await newLink(ctx, {
    portalId: id,
    contact: input.contact,
    scope: 'all',
    send: input.send,
  })
  const written = await commit(ctx, [
    ctx.db.insert(portal).values({
      id,
      organizationId: ctx.organization.id,
      project,
      client,
      currency,
      createdAt: ctx.now,
      lastActivityAt: ctx.now,
    }),
    first.contact,
    mustChange,
    ...first.rest,
    record(ctx, { kind: 'portal.created', portalId: id, data: { project, client } }),
    ...(template ? planFromTemplate(ctx, { portalId: id, template, firstDay }) : []),
  ])
  const made = await portalWithLinks(ctx.db, ctx.organization.id, id, { limit: 50 })
  // Taken: the first of two clicks made it; or the id is another portal's, perhaps of another tenant.
  if (!made || made.project !== project || made.client !== client) {
    return fail({ kind: 'conflict', reason: 'changed-meanwhile' })
  }
  return ok({ portal: made, token: written.ok ? first.token : undefined })
}

const templateGone: Failure = {
  kind: 'invalid',
  errors: [{ path: 'template', message: 'This template is no longer there.' }],
}

/** The portal, if the actor may do this to it: everything a foreign or missing one says is 'missing'. */
async function allowed(ctx: TenantCtx, permission: Permission, id: string): Answer {
  if (!authorise(ctx.actor, permission)) return fail({ kind: 'forbidden' })
  return again(ctx, id)
}

async function again(ctx: TenantCtx, id: string): Answer {
  const found = await portalById(ctx.db, ctx.organization.id, id)
  return found ? ok(found) : fail({ kind: 'missing' })
}

const tenant = (ctx: TenantCtx, id: string) =>
  and(eq(portal.id, id), eq(portal.organizationId, ctx.organization.id))

function happened(ctx: TenantCtx, kind: ActivityKind, found: PortalItem): Statement {
  const { id: portalId, project, client } = found
  return record(ctx, { kind, portalId, data: { project, client } })
}

export interface PortalFacts {
  project: string
  client: string
  currency: string
}

const same = (one: PortalFacts, other: PortalFacts): boolean =>
  one.project === other.project && one.client === other.client && one.currency === other.currency

/**
 * What the portal is called, for whom it is and what it is billed in. `was` is what the person who
 * changes it had before them: where somebody else changed it since, nothing is written.
 */
export async function changePortal(
  ctx: TenantCtx,
  id: string,
  input: ChangePortal,
  was?: PortalFacts,
): Answer {
  const found = await allowed(ctx, 'portal.change', id)
  if (!found.ok) return found
  const { project = found.value.project, client = found.value.client } = input
  const wanted = { project, client, currency: input.currency ?? found.value.currency }
  if (same(wanted, found.value)) return found
  const seen = was ?? found.value
  const asItWas = and(
    eq(portal.project, seen.project),
    eq(portal.client, seen.client),
    eq(portal.currency, seen.currency),
  )
  const written = await commit(ctx, [
    ctx.db
      .update(portal)
      .set(wanted)
      .where(and(tenant(ctx, id), asItWas)),
    mustChange,
    record(ctx, { kind: 'portal.changed', portalId: id, data: wanted }),
  ])
  const now = await again(ctx, id)
  if (written.ok || !now.ok || same(wanted, now.value)) return now
  return fail({ kind: 'conflict', reason: 'changed-meanwhile' })
}

/** From now on its links only read, and it is out of the way. */
export async function archivePortal(ctx: TenantCtx, id: string): Answer {
  const found = await allowed(ctx, 'portal.archive', id)
  if (!found.ok) return found
  await commit(ctx, [
    ctx.db
      .update(portal)
      .set({ archivedAt: ctx.now })
      .where(and(tenant(ctx, id), isNull(portal.archivedAt))),
    mustChange,
    happened(ctx, 'portal.archived', found.value),
  ])
  return again(ctx, id)
}

export async function restorePortal(ctx: TenantCtx, id: string): Answer {
  const found = await allowed(ctx, 'portal.archive', id)
  if (!found.ok) return found
  await commit(ctx, [
    ctx.db
      .update(portal)
      .set({ archivedAt: null })
      .where(and(tenant(ctx, id), isNotNull(portal.archivedAt))),
    mustChange,
    happened(ctx, 'portal.restored', found.value),
  ])
  return again(ctx, id)
}

/** An archived portal with everything in it, its files too; its mails stay listed. */
export async function deletePortal(ctx: TenantCtx, id: string): Answer<void> {
  const found = await allowed(ctx, 'portal.delete', id)
  if (!found.ok) return found
  const { project, client } = found.value
  const place = { organizationId: ctx.organization.id, portalId: id }
  const unfinished = await abortsOf(ctx, place)
  const written = await commit(ctx, [
    ctx.db.delete(portal).where(and(tenant(ctx, id), isNotNull(portal.archivedAt))),
    mustChange,
    enqueueObjectsDeletion(ctx, place),
    unfinished,
    // Without the portal's id, or it would go with the portal.
    record(ctx, { kind: 'portal.deleted', data: { project, client } }),
  ])
  if (written.ok) return ok(undefined)
  const left = await again(ctx, id)
  return left.ok ? fail({ kind: 'conflict', reason: 'portal-not-archived' }) : left
}
