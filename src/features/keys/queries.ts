import { and, desc, eq, lt } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { apiKey } from '../../db/schema/keys.ts'
import { organization } from '../../db/schema/organizations.ts'
import { pageOf, type Page, type PageInput } from '../../lib/page.ts'
import { organizationFields } from '../organizations/fields.ts'
import { keyState } from './rules.ts'

/** The living key of a hash, with its organisation; a revoked or expired one is no key. */
export async function keyByHash(db: Database, hash: string, now: number) {
  const [row] = await db
    .select({
      id: apiKey.id,
      name: apiKey.name,
      role: apiKey.role,
      expiresAt: apiKey.expiresAt,
      revokedAt: apiKey.revokedAt,
      lastUsedAt: apiKey.lastUsedAt,
      organization: organizationFields,
    })
    .from(apiKey)
    .innerJoin(organization, eq(organization.id, apiKey.organizationId))
    .where(eq(apiKey.hash, hash))
  return row && keyState(row, now) === 'live' ? row : undefined
}

const shown = {
  id: apiKey.id,
  name: apiKey.name,
  role: apiKey.role,
  createdBy: apiKey.createdBy,
  createdAt: apiKey.createdAt,
  expiresAt: apiKey.expiresAt,
  lastUsedAt: apiKey.lastUsedAt,
  revokedAt: apiKey.revokedAt,
}

/** A key without its hash: nothing of it opens anything. */
export type KeyItem = Pick<typeof apiKey.$inferSelect, keyof typeof shown>

/** Newest first. */
export async function listKeys(
  db: Database,
  organizationId: string,
  page: PageInput,
): Promise<Page<KeyItem>> {
  const rows = await db
    .select(shown)
    .from(apiKey)
    .where(
      and(
        eq(apiKey.organizationId, organizationId),
        page.cursor ? lt(apiKey.id, page.cursor) : undefined,
      ),
    )
    .orderBy(desc(apiKey.id))
    .limit(page.limit + 1)
  return pageOf(rows, page.limit)
}

export async function keyById(
  db: Database,
  organizationId: string,
  id: string,
): Promise<KeyItem | undefined> {
  const [row] = await db
    .select(shown)
    .from(apiKey)
    .where(and(eq(apiKey.id, id), eq(apiKey.organizationId, organizationId)))
  return row
}
