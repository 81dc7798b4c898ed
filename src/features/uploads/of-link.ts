import { and, eq, sql } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { upload } from '../../db/schema/files.ts'
import { contact, link, linkToken } from '../../db/schema/links.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { opened, type Visit } from '../links/visits.ts'
import { uploadFields, type UploadItem } from './queries.ts'

export interface VisitWithUpload extends Visit {
  /** An upload of this contact's in this portal. */
  upload: UploadItem | null
}

/** What a token opens, and one of its contact's uploads, in one statement. */
export async function visitWithUpload(
  db: Database,
  hash: string,
  id: string,
): Promise<VisitWithUpload | undefined> {
  const archived = sql<boolean>`${portal.archivedAt} is not null`.mapWith(Boolean)
  const [row] = await db
    .select({ ...opened, replacedAt: linkToken.replacedAt, upload: uploadFields, archived })
    .from(linkToken)
    .innerJoin(link, eq(link.id, linkToken.linkId))
    .innerJoin(contact, eq(contact.id, link.contactId))
    .innerJoin(portal, eq(portal.id, link.portalId))
    .innerJoin(organization, eq(organization.id, link.organizationId))
    .leftJoin(
      upload,
      and(
        eq(upload.id, id),
        eq(upload.portalId, portal.id),
        eq(upload.source, 'client'),
        eq(upload.byId, contact.id),
      ),
    )
    .where(eq(linkToken.hash, hash))
  if (!row) return undefined
  const { upload: found, archived: over, ...visit } = row
  return { ...visit, upload: found && { ...found, archived: over } }
}
