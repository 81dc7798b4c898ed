import { sql, type SQL } from 'drizzle-orm'
import { index, integer, sqliteTable, text, type AnySQLiteColumn } from 'drizzle-orm/sqlite-core'
import { id, instant } from '../columns.ts'
import { link } from './links.ts'
import { organization } from './organizations.ts'
import { portal } from './portals.ts'

export const emailStates = [
  'queued',
  'unknown',
  'sent',
  'delivered',
  'opened',
  'bounced',
  'failed',
] as const
export type EmailState = (typeof emailStates)[number]

/**
 * Mails that somebody should look at: not delivered, or silent for good, and not sent again. Written
 * in literals, so that SQLite knows the partial index `email_attention` in a query.
 */
export const needsAttention = (t: {
  state: AnySQLiteColumn
  retriedBy: AnySQLiteColumn
  unanswered: AnySQLiteColumn
}): SQL =>
  sql`${t.retriedBy} is null and (${t.state} in ('bounced', 'failed') or (${t.state} = 'unknown' and ${t.unanswered} >= 2))`

export const email = sqliteTable(
  'email',
  {
    id: id(),
    /** Null for sign-in mails, which belong to a person. */
    organizationId: text().references(() => organization.id, { onDelete: 'cascade' }),
    portalId: text().references(() => portal.id, { onDelete: 'set null' }),
    linkId: text().references(() => link.id, { onDelete: 'set null' }),
    /** What the mail is for; a second one for the same thing can't be written. */
    key: text().notNull().unique(),
    kind: text().notNull(),
    to: text().notNull(),
    /** Non-secret facts of the mail's kind, as JSON. */
    data: text({ mode: 'json' }).$type<Record<string, string>>().notNull(),
    state: text({ enum: emailStates }).notNull(),
    stateAt: instant().notNull(),
    reason: text(),
    attempts: integer().notNull().default(0),
    /** Attempts that were begun and never answered; a clear refusal takes its own back. */
    unanswered: integer().notNull().default(0),
    attemptedAt: instant(),
    /** The mail that was sent in this one's place after it failed. */
    retriedBy: text(),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('email_newest').on(t.organizationId, t.id),
    index('email_by_state').on(t.organizationId, t.state, t.id),
    index('email_attention').on(t.organizationId, t.id).where(needsAttention(t)),
    index('email_link').on(t.linkId, t.kind, t.id),
    index('email_limit').on(t.to, t.kind, t.createdAt),
    index('email_portal').on(t.portalId),
    // Of every organisation, and of none, for the operator.
    index('email_stuck').on(t.id).where(needsAttention(t)),
    index('email_portal_attention').on(t.portalId, t.id).where(needsAttention(t)),
  ],
)

/** Every event SendGrid reported, once. */
export const emailEvent = sqliteTable(
  'email_event',
  {
    /** SendGrid's sg_event_id. */
    id: text().primaryKey(),
    emailId: text().notNull(),
    event: text().notNull(),
    reason: text(),
    at: instant().notNull(),
  },
  (t) => [index('email_event_at').on(t.at)],
)
