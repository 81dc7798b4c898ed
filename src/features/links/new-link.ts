import { sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { raw, type Statement } from '../../db/batch.ts'
import { contact, link, linkToken, type Scope } from '../../db/schema/links.ts'
import { newId } from '../../lib/id.ts'
import { enqueueEmail } from '../emails/enqueue.ts'
import { endOfNewLink } from './rules.ts'
import { freshToken } from './token.ts'

export interface NewLink {
  id?: string | undefined
  portalId: string
  contact: { name: string; email: string }
  scope: Scope
  /** Null for a link without an end; left out, it lives as long as the organisation's new links do. */
  expiresAt?: number | null | undefined
  send: boolean
}

/** What is written for a link: the contact first, so that a guard can stand directly after it. */
export interface LinkStatements {
  id: string
  token: string
  contact: Statement
  rest: Statement[]
}

/**
 * A link for a contact of a portal. The contact is the portal's own, known by email: who has one
 * already gets a further link, under the name given last. Nothing is written where the portal isn't
 * in the organisation, or is archived.
 */
export async function newLink(ctx: TenantCtx, wanted: NewLink): Promise<LinkStatements> {
  const id = wanted.id ?? newId(ctx.now)
  const { key, token, hash } = await freshToken(ctx.settings, { id, version: 1 })
  const organizationId = ctx.organization.id
  const { portalId, expiresAt = endOfNewLink(ctx.organization, ctx.now) } = wanted
  const contactId: SQL<string> = sql`(
    select id from ${contact} where portal_id = ${portalId} and email = ${wanted.contact.email})`
  return {
    id,
    token,
    contact: raw(sql`
      insert into ${contact} (id, organization_id, portal_id, name, email, created_at)
      select ${newId(ctx.now)}, organization_id, id, ${wanted.contact.name}, ${wanted.contact.email}, ${ctx.now}
      from portal where id = ${portalId} and organization_id = ${organizationId} and archived_at is null
      on conflict (portal_id, email) do update set name = excluded.name`),
    rest: [
      ctx.db.insert(link).values({
        id,
        organizationId,
        portalId,
        contactId,
        scope: wanted.scope,
        version: 1,
        key,
        expiresAt,
        createdAt: ctx.now,
      }),
      ctx.db.insert(linkToken).values({ hash, linkId: id, createdAt: ctx.now }),
      ...(wanted.send
        ? enqueueEmail(ctx, {
            kind: 'link',
            key: `link:${id}:invited`,
            to: wanted.contact.email,
            organizationId,
            portalId,
            linkId: id,
            data: { occasion: 'invited' },
          })
        : []),
    ],
  }
}
