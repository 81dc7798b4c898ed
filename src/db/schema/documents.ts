import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import { instant } from '../columns.ts'
import { ofOrganization } from './organizations.ts'
import { ofPortal } from './portals.ts'

/** What was made as PDF and lies in the bucket. A statement's row follows its latest making. */
export const document = sqliteTable(
  'document',
  {
    kind: text({ enum: ['invoice', 'credit-note', 'receipt', 'statement'] }).notNull(),
    /** The id of the invoice, credit note, payment or portal that it is of. */
    of: text().notNull(),
    organizationId: ofOrganization(),
    portalId: ofPortal(),
    /** Bytes. */
    size: integer().notNull(),
    /** As the bucket names these bytes. */
    etag: text().notNull(),
    madeAt: instant().notNull(),
  },
  (t) => [primaryKey({ columns: [t.kind, t.of] }), index('document_portal').on(t.portalId)],
)
