import { and, eq, isNull } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { commit } from '../../db/batch.ts'
import { contact } from '../../db/schema/links.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Settings } from '../../env.ts'
import { hmacSha256, isHmacSha256 } from '../../lib/hash.ts'
import { isId } from '../../lib/id.ts'

const text = (key: string, contactId: string) => `v1|${key}|unsubscribe|${contactId}`

/** '<contact>.<64 hex>': it ends the news of one contact and opens nothing. */
export async function unsubscribeToken(settings: Settings, contactId: string): Promise<string> {
  const [key] = settings.linkKeys
  return `${contactId}.${await hmacSha256(key.secret, text(key.id, contactId))}`
}

/** The contact a token was made for, by any key that is set; undefined for a token that is none of ours. */
export async function contactOfToken(
  settings: Settings,
  token: string,
): Promise<string | undefined> {
  const [contactId = '', signature = ''] = token.split('.')
  if (!isId(contactId) || !/^[0-9a-f]{64}$/.test(signature)) return undefined
  for (const key of settings.linkKeys) {
    if (await isHmacSha256(key.secret, text(key.id, contactId), signature)) return contactId
  }
  return undefined
}

export interface Subscription {
  organization: string
  project: string
  ended: boolean
}

export async function subscriptionOf(
  ctx: Ctx,
  contactId: string,
): Promise<Subscription | undefined> {
  const [row] = await ctx.db
    .select({
      organization: organization.name,
      project: portal.project,
      unsubscribedAt: contact.unsubscribedAt,
    })
    .from(contact)
    .innerJoin(portal, eq(portal.id, contact.portalId))
    .innerJoin(organization, eq(organization.id, contact.organizationId))
    .where(eq(contact.id, contactId))
  if (!row) return undefined
  const { unsubscribedAt, ...rest } = row
  return { ...rest, ended: unsubscribedAt !== null }
}

/** Ends the news by email; again, or for a contact that is gone, it changes nothing. */
export async function unsubscribe(ctx: Ctx, contactId: string): Promise<void> {
  await commit(ctx, [
    ctx.db
      .update(contact)
      .set({ unsubscribedAt: ctx.now })
      .where(and(eq(contact.id, contactId), isNull(contact.unsubscribedAt))),
  ])
}
