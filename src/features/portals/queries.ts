import { and, asc, desc, eq, lt, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { email, needsAttention } from '../../db/schema/emails.ts'
import { owed } from '../../db/schema/invoices.ts'
import { contact, link } from '../../db/schema/links.ts'
import { portal } from '../../db/schema/portals.ts'
import { encodeCursor } from '../../lib/cursor.ts'
import { pageOf, type Page, type PageInput } from '../../lib/page.ts'
import { linksOfPortal, type LinkItem } from '../links/queries.ts'
import { MOST_TAKEN, type After, type ListPortals, type PortalSort } from './input.ts'
import { searchMatch } from './rules.ts'

// Each reads one row of an index, whatever the portal holds. `portal.id` is spelled out: Drizzle leaves
// the table's name off in a query without joins, and a bare id would be the inner table's.
const firstContact = sql<string | null>`(
  select name from ${contact} where portal_id = portal.id order by id limit 1)`
const lastSeenAt = sql<number | null>`(
  select seen_at from ${link} where portal_id = portal.id order by seen_at desc limit 1)`

/** Whether the mail of a link that still exists did not arrive, and nobody has sent it again. */
const undelivered = sql`exists (
  select 1 from ${email} where portal_id = portal.id and ${needsAttention(email)}
  and kind = 'link' and link_id is not null)`.mapWith(Boolean)

/** What is still asked for, by due day; which of it is overdue depends on the day it is there. */
const owedByDay = sql`(
  select json_group_array(json_object('dueOn', due_on, 'amount', amount)) from ${owed}
  where portal_id = portal.id and currency = portal.currency)`.mapWith(
  (text: string): { dueOn: string; amount: number }[] => JSON.parse(text),
)

const shown = {
  id: portal.id,
  project: portal.project,
  client: portal.client,
  currency: portal.currency,
  price: portal.price,
  buyer: portal.buyer,
  remindersPausedAt: portal.remindersPausedAt,
  contact: firstContact,
  lastSeenAt,
  undelivered,
  outstanding: portal.outstanding,
  owed: owedByDay,
  progress: portal.progress,
  nextTitle: portal.nextTitle,
  nextDueOn: portal.nextDueOn,
  unread: portal.unread,
  files: portal.files,
  filesSize: portal.filesSize,
  invoices: portal.invoices,
  lastActivityAt: portal.lastActivityAt,
  archivedAt: portal.archivedAt,
  createdAt: portal.createdAt,
}

const select = (db: Database) => db.select(shown).from(portal)

export type PortalItem = Awaited<ReturnType<typeof select>>[number]

/** Sorted by what the index of that name holds, all of it descending, so that a page is one range of it. */
const orders = {
  newest: [desc(portal.id)],
  activity: [desc(portal.lastActivityAt), desc(portal.id)],
  outstanding: [desc(portal.currency), desc(portal.outstanding), desc(portal.id)],
} as const satisfies Record<PortalSort, readonly SQL[]>

/** As row values: written with `or`, this would read the whole list. */
function beyond(after: After): SQL | undefined {
  switch (after.sort) {
    case 'newest':
      return lt(portal.id, after.id)
    case 'activity':
      return sql`(${portal.lastActivityAt}, ${portal.id}) < (${after.at}, ${after.id})`
    case 'outstanding':
      return sql`(${portal.currency}, ${portal.outstanding}, ${portal.id})
        < (${after.currency}, ${after.amount}, ${after.id})`
  }
}

export const cursorAt: Record<PortalSort, (row: PortalItem) => string> = {
  newest: ({ id }) => id,
  activity: ({ lastActivityAt, id }) => encodeCursor([lastActivityAt, id]),
  outstanding: ({ currency, outstanding, id }) => encodeCursor([currency, outstanding, id]),
}

function sorted(db: Database, organizationId: string, input: ListPortals) {
  const { sort, after, limit } = input
  const status = input.status ?? (sort === 'newest' ? undefined : 'active')
  return select(db)
    .where(
      and(
        eq(portal.organizationId, organizationId),
        status && eq(portal.archived, status === 'archived'),
        after && beyond(after),
      ),
    )
    .orderBy(...orders[sort])
    .limit(limit + 1)
}

// The whole of it in literals of SQL: Drizzle knows no full-text tables. `rowid` is the portal's key.
const search = sql`portal_search`
const rowid = sql`portal_search.rowid`

/**
 * Newest first. The cursor's key is looked up inside the statement: as a parameter D1 hands it over as
 * a float, by which the full-text table can't narrow what it reads.
 */
function found(
  db: Database,
  organizationId: string,
  input: { match: string; limit: number; after: After | undefined },
) {
  const { match, limit, after } = input
  const key = sql`(
    select key from ${portal} where id = ${after?.id} and organization_id = ${organizationId})`
  return select(db)
    .innerJoin(search, eq(portal.key, rowid))
    .where(
      and(
        sql`portal_search match ${match}`,
        after && lt(rowid, key),
        eq(portal.organizationId, organizationId),
      ),
    )
    .orderBy(desc(rowid))
    .limit(limit + 1)
}

/** The statement for a page of the list; undefined where nothing that was typed can be searched for. */
export function listing(db: Database, organizationId: string, input: ListPortals) {
  const { q, status, limit, after } = input
  if (q === undefined) return sorted(db, organizationId, input)
  const match = searchMatch(q, { organizationId, status })
  return match === undefined ? undefined : found(db, organizationId, { match, limit, after })
}

export async function listPortals(
  db: Database,
  organizationId: string,
  input: ListPortals,
): Promise<Page<PortalItem>> {
  const rows = (await listing(db, organizationId, input)) ?? []
  return pageOf(rows, input.limit, cursorAt[input.sort])
}

export const portalStatement = (db: Database, organizationId: string, id: string) =>
  select(db).where(and(eq(portal.id, id), eq(portal.organizationId, organizationId)))

export async function portalById(
  db: Database,
  organizationId: string,
  id: string,
): Promise<PortalItem | undefined> {
  const [found] = await portalStatement(db, organizationId, id)
  return found
}

export interface PortalDetail extends PortalItem {
  links: Page<LinkItem>
}

/** One portal with a page of its links, in one round trip. */
export async function portalWithLinks(
  db: Database,
  organizationId: string,
  id: string,
  page: PageInput,
): Promise<PortalDetail | undefined> {
  const [[found], links] = await db.batch([
    portalStatement(db, organizationId, id),
    linksOfPortal(db, organizationId, id, page),
  ])
  return found && { ...found, links: pageOf(links, page.limit) }
}

const everything = sql`exists (
  select 1 from ${link} where contact_id = contact.id and scope = 'all')`.mapWith(Boolean)

/** Whom a portal's duplicate may take along, the first ones; each with the widest of their links. */
const takeable = (db: Database, organizationId: string, portalId: string) =>
  db
    .select({ id: contact.id, name: contact.name, email: contact.email, everything })
    .from(contact)
    .where(and(eq(contact.portalId, portalId), eq(contact.organizationId, organizationId)))
    .orderBy(asc(contact.id))
    .limit(MOST_TAKEN)

export interface PortalWithContacts extends PortalItem {
  contacts: Awaited<ReturnType<typeof takeable>>
}

/** One portal with its contacts, in one round trip. */
export async function portalWithContacts(
  db: Database,
  organizationId: string,
  id: string,
): Promise<PortalWithContacts | undefined> {
  const [[found], contacts] = await db.batch([
    portalStatement(db, organizationId, id),
    takeable(db, organizationId, id),
  ])
  return found && { ...found, contacts }
}
