import { and, eq, isNotNull, isNull } from 'drizzle-orm'
import type { Ctx, Organization, TenantCtx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { contact } from '../../db/schema/links.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Settings } from '../../env.ts'
import { hmacSha256, isHmacSha256 } from '../../lib/hmac.ts'
import { isId } from '../../lib/id.ts'
import { paths } from '../../paths.ts'
import { record } from '../activity/record.ts'
import { organizationFields } from '../organizations/fields.ts'

const text = (key: string, contactId: string) => `v1|${key}|unsubscribe|${contactId}`

/** '<contact>.<64 hex>': it ends the news of one contact and opens nothing. */
export async function unsubscribeToken(settings: Settings, contactId: string): Promise<string> {
  const [key] = settings.linkKeys
  return `${contactId}.${await hmacSha256(key.secret, text(key.id, contactId))}`
}

/** How a mail lets its contact end such mails: by a line beneath it, and by the mail program's button (RFC 8058). */
export async function waysToStop(settings: Settings, contactId: string) {
  const token = await unsubscribeToken(settings, contactId)
  const href = settings.appUrl + paths.api.unsubscribe(token)
  return {
    aside: { label: 'No more emails with news', href },
    headers: {
      'List-Unsubscribe': `<${href}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    },
  }
}

/** The contact a token was made for, by any key that is set; undefined for a token that is none of ours. */
export async function contactOfToken(
  settings: Settings,
  token: string,
): Promise<string | undefined> {
  const [contactId = '', signature = '', ...more] = token.split('.')
  if (!isId(contactId) || !/^[0-9a-f]{64}$/.test(signature) || more.length > 0) return undefined
  for (const key of settings.linkKeys) {
    if (await isHmacSha256(key.secret, text(key.id, contactId), signature)) return contactId
  }
  return undefined
}

export interface Subscription {
  organization: Organization
  portalId: string
  project: string
  contact: { id: string; name: string }
  ended: boolean
}

export async function subscriptionOf(
  ctx: Ctx,
  contactId: string,
): Promise<Subscription | undefined> {
  const [row] = await ctx.db
    .select({
      organization: organizationFields,
      portalId: portal.id,
      project: portal.project,
      contact: { id: contact.id, name: contact.name },
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

/** Ends the news by email, by the address in a mail; again it changes nothing. */
export async function unsubscribe(ctx: Ctx, found: Subscription): Promise<void> {
  const { id, name } = found.contact
  const { organization: home, portalId } = found
  // They come by a mail and not by a link, and may nothing but this.
  const actor = { kind: 'contact', id, name, portalId, linkId: '', scope: 'billing' } as const
  const tenant: TenantCtx = Object.assign(ctx, { organization: home, actor })
  await commit(tenant, [
    tenant.db
      .update(contact)
      .set({ unsubscribedAt: tenant.now })
      .where(
        and(
          eq(contact.id, id),
          eq(contact.organizationId, home.id),
          isNull(contact.unsubscribedAt),
        ),
      ),
    mustChange,
    record(tenant, { kind: 'news.stopped', portalId }),
  ])
}

/** The way back, for a contact who is inside. */
export async function subscribeAgain(ctx: TenantCtx): Promise<void> {
  const { actor } = ctx
  if (actor.kind !== 'contact') return
  await commit(ctx, [
    ctx.db
      .update(contact)
      .set({ unsubscribedAt: null })
      .where(
        and(
          eq(contact.id, actor.id),
          eq(contact.organizationId, ctx.organization.id),
          isNotNull(contact.unsubscribedAt),
        ),
      ),
    mustChange,
    record(ctx, { kind: 'news.resumed', portalId: actor.portalId }),
  ])
}
