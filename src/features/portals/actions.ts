import { and, eq, isNotNull, isNull, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange, type Statement } from '../../db/batch.ts'
import { portal, type Buyer } from '../../db/schema/portals.ts'
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
import { billed, isBilled, priceErrors } from './billed.ts'
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
  const { project, client, currency, price = null } = input
  const errors = priceErrors(price, currency)
  if (errors.length > 0) return fail({ kind: 'invalid', errors })
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
      price,
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

const sameBuyer = (one: Buyer | null, other: Buyer | null): boolean =>
  one?.name === other?.name && one?.address === other?.address && one?.taxId === other?.taxId

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
  const { price = found.value.price, buyer = found.value.buyer } = input
  const errors = priceErrors(price, wanted.currency)
  if (errors.length > 0) return fail({ kind: 'invalid', errors })
  const more = price !== found.value.price || !sameBuyer(buyer, found.value.buyer)
  if (same(wanted, found.value) && !more) return found
  const fixed = { kind: 'conflict', reason: 'currency-fixed' } as const
  const moves = wanted.currency !== found.value.currency
  if (moves && (await isBilled(ctx, id))) return fail(fixed)
  const seen = was ?? found.value
  const asItWas = and(
    eq(portal.project, seen.project),
    eq(portal.client, seen.client),
    eq(portal.currency, seen.currency),
  )
  const written = await commit(ctx, [
    ctx.db
      .update(portal)
      .set({ ...wanted, price: input.price, buyer: input.buyer })
      .where(and(tenant(ctx, id), asItWas, moves ? sql`not ${billed(id)}` : undefined)),
    mustChange,
    record(ctx, { kind: 'portal.changed', portalId: id, data: wanted }),
  ])
  const now = await again(ctx, id)
  if (written.ok || !now.ok || (same(wanted, now.value) && !more)) return now
  if (moves && (await isBilled(ctx, id))) return fail(fixed)
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

/** An archived portal that was never billed, with everything in it; its mails stay listed. */
export async function deletePortal(ctx: TenantCtx, id: string): Answer<void> {
  const found = await allowed(ctx, 'portal.delete', id)
  if (!found.ok) return found
  const { project, client } = found.value
  const place = { organizationId: ctx.organization.id, portalId: id }
  const unfinished = await abortsOf(ctx, place)
  const written = await commit(ctx, [
    ctx.db
      .delete(portal)
      .where(and(tenant(ctx, id), isNotNull(portal.archivedAt), sql`not ${billed(id)}`)),
    mustChange,
    enqueueObjectsDeletion(ctx, place),
    unfinished,
    // Without the portal's id, or it would go with the portal.
    record(ctx, { kind: 'portal.deleted', data: { project, client } }),
  ])
  if (written.ok) return ok(undefined)
  const left = await again(ctx, id)
  if (!left.ok) return left
  const reason = (await isBilled(ctx, id)) ? 'portal-billed' : 'portal-not-archived'
  return fail({ kind: 'conflict', reason })
}
