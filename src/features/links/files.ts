import { eq, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { file, fileVersion } from '../../db/schema/files.ts'
import { contact, link, linkToken } from '../../db/schema/links.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { offer, type Offer, type Selection } from '../files/archive-rows.ts'
import type { FileAt, StoredFile } from '../files/stored.ts'
import { opened, type Visit } from './visits.ts'

type With<T> = Visit & { part: T | null }

/** What a token opens with a part of its portal, in one statement; no part for invoices alone. */
async function visitWith<T>(db: Database, hash: string, part: SQL): Promise<With<T> | undefined> {
  const [row] = await db
    .select({
      ...opened,
      replacedAt: linkToken.replacedAt,
      part: sql<T | null>`case when link.scope = 'all' then ${part} end`.mapWith(
        (text: string): T => JSON.parse(text),
      ),
    })
    .from(linkToken)
    .innerJoin(link, eq(link.id, linkToken.linkId))
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .where(eq(linkToken.hash, hash))
  return row
}

/** With a version of a file that nobody deleted. */
export const fileByHash = (db: Database, hash: string, at: FileAt) =>
  visitWith<StoredFile>(
    db,
    hash,
    sql`(
      select json_object('name', f.name, 'object', v.object, 'size', v.size,
        'contentType', v.content_type, 'at', v.created_at)
      from ${file} f join ${fileVersion} v on v.file_id = f.id
        and v.version = ${at.version === undefined ? sql`f.version` : at.version}
      where f.id = ${at.file} and f.portal_id = portal.id and f.deleted_at is null)`,
  )

/** With the files that are meant for an archive. */
export const offerByHash = (db: Database, hash: string, selection: Selection) =>
  visitWith<Offer>(db, hash, offer(selection))
