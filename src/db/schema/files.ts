import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { id, instant } from '../columns.ts'
import { ofOrganization } from './organizations.ts'
import { ofPortal } from './portals.ts'

export const fileSources = ['team', 'client'] as const
export type FileSource = (typeof fileSources)[number]

export const uploadStates = ['receiving', 'completing', 'stored', 'aborted'] as const
export type UploadState = (typeof uploadStates)[number]

const tenant = {
  organizationId: ofOrganization(),
  portalId: ofPortal(),
}

/** Who sent something: which side, the id of the person, key or contact, and the name as it was. */
const sender = {
  source: text({ enum: fileSources }).notNull(),
  byId: text().notNull(),
  by: text().notNull(),
}

/**
 * A file as lists show it, with what its newest version is. Triggers keep `portal.files` and
 * `portal.filesSize`, which count those that aren't deleted.
 */
export const file = sqliteTable(
  'file',
  {
    id: id(),
    ...tenant,
    /** '' or 'Drafts/Round 2'; no slash at either end. */
    folder: text().notNull().default(''),
    name: text().notNull(),
    /** The number of its newest version, from 1. */
    version: integer().notNull(),
    /** The id of its newest version: its place in lists, newest first. */
    latest: text().notNull(),
    /** Bytes. */
    size: integer().notNull(),
    /** As we found it in the bytes. */
    contentType: text().notNull(),
    ...sender,
    /** When the newest version was stored. */
    createdAt: instant().notNull(),
    deletedAt: instant(),
  },
  (t) => [
    uniqueIndex('file_named')
      .on(t.portalId, t.folder, t.name)
      .where(sql`${t.deletedAt} is null`),
    index('file_newest')
      .on(t.portalId, t.latest)
      .where(sql`${t.deletedAt} is null`),
    index('file_in_folder')
      .on(t.portalId, t.folder, t.latest)
      .where(sql`${t.deletedAt} is null`),
    // Whole, because it also finds what goes with a portal that is deleted.
    index('file_deleted').on(t.portalId, t.deletedAt, t.id),
    index('file_purge')
      .on(t.deletedAt)
      .where(sql`${t.deletedAt} is not null`),
  ],
)

/** What was sent under a file's name, each time. Its id is that of the upload it came by. */
export const fileVersion = sqliteTable(
  'file_version',
  {
    id: id(),
    ...tenant,
    fileId: text()
      .notNull()
      .references(() => file.id, { onDelete: 'cascade' }),
    version: integer().notNull(),
    /** The last two parts of its key in the bucket: '<file>/<version>', as they were when it began. */
    object: text().notNull(),
    size: integer().notNull(),
    contentType: text().notNull(),
    /** Unsigned, of all its bytes: what an archive needs to know beforehand. */
    crc32: integer().notNull(),
    ...sender,
    /** The file request it answers. */
    requestId: text(),
    createdAt: instant().notNull(),
    /** Whether the other side has been mailed about it, or needs no mail. */
    told: integer({ mode: 'boolean' }).notNull().default(false),
  },
  (t) => [
    uniqueIndex('file_version_number').on(t.fileId, t.version),
    index('file_version_portal').on(t.portalId, t.id),
    index('file_version_untold')
      .on(t.portalId, t.source, t.id)
      .where(sql`${t.told} = 0`),
    index('file_version_request')
      .on(t.requestId, t.id)
      .where(sql`${t.requestId} is not null`),
  ],
)

/**
 * A file on its way in. Its bytes count against the organisation's storage from its first moment;
 * triggers keep `organization.storage`.
 */
export const upload = sqliteTable(
  'upload',
  {
    id: id(),
    ...tenant,
    /** See `fileVersion.object`. */
    object: text().notNull(),
    folder: text().notNull().default(''),
    name: text().notNull(),
    /** Bytes, as announced. */
    size: integer().notNull(),
    ...sender,
    /** The link it comes through: what a link may send is counted. */
    linkId: text(),
    requestId: text(),
    state: text({ enum: uploadStates }).notNull().default('receiving'),
    /** How many bytes are durable: whole parts, and the tail. */
    offset: integer().notNull().default(0),
    /** Of those bytes, unsigned. */
    crc32: integer().notNull().default(0),
    /** Found in the first bytes; null until they are there. */
    contentType: text(),
    /** R2's id of the multipart upload; null until its first part. */
    multipart: text(),
    /** Names the object that holds the bytes behind the last whole part; null when there are none. */
    tail: text(),
    /** Of whoever is writing at the moment, until `lockedUntil` unless they renew it. */
    lock: text(),
    lockedUntil: instant(),
    createdAt: instant().notNull(),
    expiresAt: instant().notNull(),
  },
  (t) => [
    index('upload_portal').on(t.portalId, t.id),
    index('upload_link').on(t.linkId, t.createdAt),
    index('upload_expiry').on(t.expiresAt),
  ],
)

/** The parts that R2 has, by their numbers from 1; all but the last are of one size. */
export const uploadPart = sqliteTable(
  'upload_part',
  {
    uploadId: text()
      .notNull()
      .references(() => upload.id, { onDelete: 'cascade' }),
    number: integer().notNull(),
    etag: text().notNull(),
  },
  (t) => [primaryKey({ columns: [t.uploadId, t.number] })],
)

/** The team waits for a file. Open until one is sent for it, or the team closes it. */
export const fileRequest = sqliteTable(
  'file_request',
  {
    id: id(),
    ...tenant,
    title: text().notNull(),
    note: text().notNull().default(''),
    /** 'YYYY-MM-DD'. */
    dueOn: text(),
    /** The name of whoever asked, as it was. */
    askedBy: text().notNull(),
    createdAt: instant().notNull(),
    /** When the first file came for it, and the name of whoever sent it; reopening takes both back. */
    fulfilledAt: instant(),
    fulfilledBy: text(),
    closedAt: instant(),
    /** When the client is next to be mailed about it; null while it isn't open. */
    nudgeAt: instant(),
    /** How many of its mails are behind it since it was opened: see `requests/rules`. */
    nudges: integer().notNull().default(0),
  },
  (t) => [
    index('file_request_newest').on(t.portalId, t.id),
    index('file_request_open')
      .on(t.portalId, t.id)
      .where(sql`${t.fulfilledAt} is null and ${t.closedAt} is null`),
    index('file_request_nudge')
      .on(t.nudgeAt)
      .where(sql`${t.nudgeAt} is not null`),
  ],
)
