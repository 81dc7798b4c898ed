import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { invoice } from '../../db/schema/invoices.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { again, issued, type Answer } from '../invoices/guards.ts'
import { at, type InvoicePath } from '../invoices/queries.ts'
import { authorise } from '../organizations/rules.ts'
import { portalById, type PortalItem } from '../portals/queries.ts'

/** No reminder of this invoice goes out by itself until it is resumed. */
export const pauseReminders = (ctx: TenantCtx, path: InvoicePath) => ofInvoice(ctx, path, ctx.now)

/** With the next day of the schedule: what was left out meanwhile stays left out. */
export const resumeReminders = (ctx: TenantCtx, path: InvoicePath) => ofInvoice(ctx, path, null)

async function ofInvoice(ctx: TenantCtx, path: InvoicePath, pausedAt: number | null): Answer {
  const found = await issued(ctx, 'invoice.remind', path)
  if (!found.ok) return found
  const { id, number, portalId, remindersPausedAt: was } = found.value
  if ((was === null) === (pausedAt === null)) return found
  const stands = invoice.remindersPausedAt
  await commit(ctx, [
    ctx.db
      .update(invoice)
      .set({ remindersPausedAt: pausedAt })
      .where(
        and(at(ctx.organization.id, path), pausedAt === null ? isNotNull(stands) : isNull(stands)),
      ),
    mustChange,
    record(ctx, {
      kind: pausedAt === null ? 'invoice.reminders-resumed' : 'invoice.reminders-paused',
      portalId,
      data: { invoice: id, number: number ?? '' },
    }),
  ])
  return again(ctx, path)
}

/** The same of all invoices of a portal. */
export const pausePortalReminders = (ctx: TenantCtx, id: string) => ofPortal(ctx, id, ctx.now)
export const resumePortalReminders = (ctx: TenantCtx, id: string) => ofPortal(ctx, id, null)

async function ofPortal(
  ctx: TenantCtx,
  id: string,
  pausedAt: number | null,
): Promise<Result<PortalItem, Failure>> {
  if (!authorise(ctx.actor, 'invoice.remind')) return fail({ kind: 'forbidden' })
  const found = await portalById(ctx.db, ctx.organization.id, id)
  if (!found) return fail({ kind: 'missing' })
  if ((found.remindersPausedAt === null) === (pausedAt === null)) return ok(found)
  const stands = portal.remindersPausedAt
  await commit(ctx, [
    ctx.db
      .update(portal)
      .set({ remindersPausedAt: pausedAt })
      .where(
        and(
          eq(portal.id, id),
          eq(portal.organizationId, ctx.organization.id),
          pausedAt === null ? isNotNull(stands) : isNull(stands),
        ),
      ),
    mustChange,
    record(ctx, {
      kind: pausedAt === null ? 'portal.reminders-resumed' : 'portal.reminders-paused',
      portalId: id,
      data: { project: found.project, client: found.client },
    }),
  ])
  const now = await portalById(ctx.db, ctx.organization.id, id)
  return now ? ok(now) : fail({ kind: 'missing' })
}
