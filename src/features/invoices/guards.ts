import { and, eq, sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { invoice } from '../../db/schema/invoices.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Conflict, Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { authorise, type Permission } from '../organizations/rules.ts'
import { at, invoiceById, type InvoiceItem, type InvoicePath } from './queries.ts'

export type Answer<T = InvoiceItem> = Promise<Result<T, Failure>>

export const conflict = (reason: Conflict) => fail<Failure>({ kind: 'conflict', reason })

export const wrong = (path: string, message: string) =>
  fail<Failure>({ kind: 'invalid', errors: [{ path, message }] })

/** The invoice, if the actor may do this to it: everything a foreign or missing one says is 'missing'. */
export async function allowed(ctx: TenantCtx, permission: Permission, path: InvoicePath): Answer {
  return authorise(ctx.actor, permission) ? again(ctx, path) : fail({ kind: 'forbidden' })
}

/** The same, once it was issued. */
export async function issued(ctx: TenantCtx, permission: Permission, path: InvoicePath): Answer {
  const found = await allowed(ctx, permission, path)
  return found.ok && found.value.status === 'draft' ? conflict('invoice-draft') : found
}

export async function again(ctx: TenantCtx, path: InvoicePath): Answer {
  const found = await invoiceById(ctx.db, ctx.organization.id, path)
  return found ? ok(found) : fail({ kind: 'missing' })
}

/** New invoices are for a portal that is not archived, and in its currency. */
export const portalTakes = (ctx: TenantCtx, portalId: string, currency: string): SQL =>
  sql`exists (
    select 1 from ${portal} where id = ${portalId} and organization_id = ${ctx.organization.id}
    and archived_at is null and currency = ${currency})`

/** Why it doesn't. */
export async function portalRefusal(
  ctx: TenantCtx,
  portalId: string,
  currency: string,
): Promise<Failure> {
  const [found] = await ctx.db
    .select({ archivedAt: portal.archivedAt, currency: portal.currency })
    .from(portal)
    .where(and(eq(portal.id, portalId), eq(portal.organizationId, ctx.organization.id)))
  if (!found) return { kind: 'missing' }
  if (found.archivedAt !== null) return { kind: 'conflict', reason: 'portal-archived' }
  const reason = found.currency === currency ? 'changed-meanwhile' : 'invoice-currency'
  return { kind: 'conflict', reason }
}

/** Where a document of the ctx's organisation lies. */
export const home = ({ organization }: TenantCtx, portalId: string) => ({
  organizationId: organization.id,
  portalId,
})

/** Whether the invoice of this path is there and something holds for it. */
export const invoiceWhere = (ctx: TenantCtx, path: InvoicePath, holds: SQL): SQL =>
  sql`exists (select 1 from ${invoice} where ${at(ctx.organization.id, path)} and ${holds})`
