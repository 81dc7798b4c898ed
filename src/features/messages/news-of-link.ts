import { eq } from 'drizzle-orm'
import type { Actor } from '../../ctx.ts'
import type { Database } from '../../db/client.ts'
import { contact, link, linkToken } from '../../db/schema/links.ts'
import { portal } from '../../db/schema/portals.ts'
import { linkState, mayOpen } from '../links/rules.ts'

// What a page asks every few seconds: has the thread changed? One statement answers it, by the same
// facts and rules as the guards; it never lets anybody in who only learns nothing has changed.

/** Of a thread that the caller may read, and who the caller is. */
export interface News {
  version: number
  actor: Actor
}

export interface Asked {
  /** SHA-256 of the key or token. */
  hash: string
  now: number
}

export async function newsForLink(db: Database, { hash, now }: Asked): Promise<News | undefined> {
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
