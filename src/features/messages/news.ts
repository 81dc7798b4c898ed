import { and, eq, gt, sql } from 'drizzle-orm'
import type { Actor } from '../../ctx.ts'
import type { Database } from '../../db/client.ts'
import { session } from '../../db/schema/accounts.ts'
import { contact, link, linkToken } from '../../db/schema/links.ts'
import { apiKey, member, organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { keyState } from '../keys/rules.ts'
import { linkState, mayOpen } from '../links/rules.ts'

// What a page asks every few seconds: has the thread changed? One statement answers it, by the same
// facts and rules as the guards; it never lets anybody in who only learns nothing has changed.

/** Of a thread that the caller may read, and who the caller is. */
export interface News {
  version: number
  actor: Actor
}

interface Asked {
  /** SHA-256 of the key or token. */
  hash: string
  now: number
}

export async function newsForKey(
  db: Database,
  { hash, now }: Asked,
  portalId: string,
): Promise<News | undefined> {
  const [row] = await db
    .select({
      version: portal.thread,
      id: apiKey.id,
      name: apiKey.name,
      role: apiKey.role,
      expiresAt: apiKey.expiresAt,
      revokedAt: apiKey.revokedAt,
    })
    .from(apiKey)
    .innerJoin(portal, eq(portal.organizationId, apiKey.organizationId))
    .where(and(eq(apiKey.hash, hash), eq(portal.id, portalId)))
  if (!row || keyState(row, now) !== 'live') return undefined
  const { version, id, name, role } = row
  return { version, actor: { kind: 'apiKey', id, name, role } }
}

/** For the session of a person in the organisation that the call names. */
export async function newsForSession(
  db: Database,
  { token, slug, now }: { token: string; slug: string; now: number },
  portalId: string,
): Promise<News | undefined> {
  const [row] = await db
    .select({ version: portal.thread, userId: session.userId })
    .from(session)
    .innerJoin(organization, eq(organization.slug, slug))
    .innerJoin(
      member,
      and(eq(member.userId, session.userId), eq(member.organizationId, organization.id)),
    )
    .innerJoin(portal, eq(portal.organizationId, organization.id))
    .where(
      and(
        eq(session.token, token),
        gt(session.expiresAt, sql`${now}`),
        eq(portal.id, portalId),
      ),
    )
  // Their name is on another table, and nothing here would be written or drawn with it.
  return row && { version: row.version, actor: { kind: 'person', userId: row.userId, name: '', email: '' } }
}

export async function newsForLink(
  db: Database,
  { hash, now }: Asked,
): Promise<News | undefined> {
  const [row] = await db
    .select({
      version: portal.thread,
      replacedAt: linkToken.replacedAt,
      linkId: link.id,
      scope: link.scope,
      expiresAt: link.expiresAt,
      pausedAt: link.pausedAt,
      portalId: portal.id,
      id: contact.id,
      name: contact.name,
    })
    .from(linkToken)
    .innerJoin(link, eq(link.id, linkToken.linkId))
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .where(eq(linkToken.hash, hash))
  if (!row || row.replacedAt !== null || linkState(row, now) !== 'live') return undefined
  if (!mayOpen(row.scope, 'messages')) return undefined
  const { version, id, linkId, portalId, name, scope } = row
  return { version, actor: { kind: 'contact', id, linkId, portalId, name, scope } }
}
