import { and, eq, gt, sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { raw, type Statement } from '../../db/batch.ts'
import { contact } from '../../db/schema/links.ts'
import { message, reading } from '../../db/schema/messages.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'

// How many messages a side has not seen is kept for speed: counted up as they are written, and counted
// anew, over those that are unseen, whenever somebody reads or puts one away.

/** How far anybody of the team has read the thread of `portal`. */
export const readByTeam = sql`(
  select coalesce(max(seq), 0) from ${reading} where portal_id = portal.id and reader_kind = 'member')`

const unreadOfTeam = sql`(
  select count(*) from ${message} where portal_id = portal.id and author_kind = 'contact'
  and archived_at is null and seq > ${readByTeam})`

/** Not what was there before they were: nobody was told of it, and nobody expects an answer. */
const unreadOfContact = sql`(
  select count(*) from ${message} where portal_id = contact.portal_id and archived_at is null
  and created_at >= contact.created_at and not (author_kind = 'contact' and author_id = contact.id)
  and seq > coalesce((
    select seq from ${reading} where portal_id = contact.portal_id and reader_kind = 'contact'
    and reader_id = contact.id), 0))`

const here = (ctx: TenantCtx, portalId: string): SQL | undefined =>
  and(eq(portal.id, portalId), eq(portal.organizationId, ctx.organization.id))

export const countForTeam = (ctx: TenantCtx, portalId: string): Statement =>
  ctx.db.update(portal).set({ unread: unreadOfTeam }).where(here(ctx, portalId))

const contactsOf = (ctx: TenantCtx, portalId: string): SQL | undefined =>
  and(eq(contact.portalId, portalId), eq(contact.organizationId, ctx.organization.id))

export const countForContacts = (ctx: TenantCtx, portalId: string): Statement =>
  ctx.db.update(contact).set({ unread: unreadOfContact }).where(contactsOf(ctx, portalId))

export const countForContact = (ctx: TenantCtx, portalId: string, contactId: string): Statement =>
  ctx.db
    .update(contact)
    .set({ unread: unreadOfContact })
    .where(and(contactsOf(ctx, portalId), eq(contact.id, contactId), gt(contact.unread, 0)))

/** All of it made anew from its sources; a test holds the two against each other. */
export const rebuild: readonly Statement[] = [
  raw(sql`update ${portal} set unread = ${unreadOfTeam}`),
  raw(sql`update ${contact} set unread = ${unreadOfContact}`),
  raw(sql`update ${organization} set unread_portals = (
    select count(*) from ${portal} where organization_id = organization.id and unread > 0
    and archived_at is null)`),
]
