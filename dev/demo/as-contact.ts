import { and, eq } from 'drizzle-orm'
import type { TenantCtx } from '../../src/ctx.ts'
import { contact, link } from '../../src/db/schema/links.ts'

/** The same instant, seen by a contact of the portal. */
export async function asContact(
  ctx: TenantCtx,
  portalId: string,
  email: string,
): Promise<TenantCtx> {
  const [found] = await ctx.db
    .select({ id: contact.id, name: contact.name, linkId: link.id, scope: link.scope })
    .from(contact)
    .innerJoin(link, eq(link.contactId, contact.id))
    .where(and(eq(contact.portalId, portalId), eq(contact.email, email)))
  if (!found) throw new Error(`${email} has no link to this portal.`)
  return { ...ctx, actor: { kind: 'contact', portalId, ...found } }
}
