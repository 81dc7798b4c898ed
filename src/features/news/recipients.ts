import { and, asc, eq, gt, isNull, sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { user } from '../../db/schema/accounts.ts'
import { email } from '../../db/schema/emails.ts'
import { contact, link } from '../../db/schema/links.ts'
import { message, reading, type AuthorKind } from '../../db/schema/messages.ts'
import { member } from '../../db/schema/members.ts'
import { portal } from '../../db/schema/portals.ts'
import { readByTeam } from '../messages/counts.ts'
import type { Place } from './tell.ts'

/** Whom one piece of news may be mailed to at most. */
const MOST_RECIPIENTS = 50

export interface Recipient {
  id: string
  email: string
  /** The link whose address their mail carries; null for the team. */
  linkId: string | null
  /** Since when they belong here: what is older is no news to them. */
  since: number
  messages: Messages
}

/** The messages that somebody has neither seen nor been mailed about, by their places in the thread. */
interface Messages {
  /** Null where there is none. */
  first: number | null
  /** The newest of them, or else the newest that an earlier mail told of. */
  newest: number
}

/** Every mail of news to one person has a key that begins so; they sort by the newest message. */
const keysOf = (recipient: SQL | typeof contact.id | typeof user.id, end: SQL) =>
  sql`'messages:' || portal.id || ':' || ${recipient} || ${end}`

/** A mail quotes the first few and says that there is more. */
const MOST_GATHERED = 50

/** From the other side, further on than the side has read, and than the newest they were mailed about. */
function messagesFor(
  from: AuthorKind,
  recipient: typeof contact.id | typeof user.id,
  { unread, readUpTo, since }: { unread: SQL; readUpTo: SQL; since: SQL },
) {
  const told = sql`coalesce((
    select cast(data ->> 'newest' as integer) from ${email}
    where "key" > ${keysOf(recipient, sql`':'`)} and "key" < ${keysOf(recipient, sql`';'`)}
    order by "key" desc limit 1), 0)`
  return sql<string>`(
    select json_object('first', min(seq), 'newest', coalesce(max(seq), ${told})) from (
      select seq from ${message}
      where ${unread} > 0 and portal_id = portal.id and author_kind = ${from} and archived_at is null
      and created_at >= ${since} and seq > ${readUpTo} and seq > ${told}
      order by seq desc limit ${MOST_GATHERED}))`.mapWith((text: string): Messages =>
    JSON.parse(text),
  )
}

const readByContact = sql`coalesce((
  select seq from ${reading} where portal_id = portal.id and reader_kind = 'contact'
  and reader_id = contact.id), 0)`

/**
 * Contacts with a living link to everything who want mail; where messages are all the news there can
 * be, those who have unseen ones.
 */
export async function clients(
  ctx: Ctx,
  place: Place,
  { messagesAlone }: { messagesAlone: boolean },
): Promise<Recipient[]> {
  const living = sql<string | null>`(
    select id from ${link} where contact_id = ${contact.id} and scope = 'all' and paused_at is null
    and (expires_at is null or expires_at > ${ctx.now}) order by id desc limit 1)`
  const rows = await ctx.db
    .select({
      id: contact.id,
      email: contact.email,
      linkId: living,
      since: contact.createdAt,
      messages: messagesFor('member', contact.id, {
        unread: sql`contact.unread`,
        readUpTo: readByContact,
        since: sql`contact.created_at`,
      }),
    })
    .from(contact)
    .innerJoin(portal, eq(portal.id, contact.portalId))
    .where(
      and(
        eq(contact.portalId, place.portalId),
        eq(contact.organizationId, place.organizationId),
        isNull(contact.unsubscribedAt),
        messagesAlone ? gt(contact.unread, 0) : undefined,
        sql`${living} is not null`,
      ),
    )
    .orderBy(asc(contact.id))
    .limit(MOST_RECIPIENTS)
  return rows
}

/** Members who want mail; nobody hears of what one of them has seen. */
export async function team(
  ctx: Ctx,
  place: Place,
  { messagesAlone }: { messagesAlone: boolean },
): Promise<Recipient[]> {
  const rows = await ctx.db
    .select({
      id: user.id,
      email: user.email,
      messages: messagesFor('contact', user.id, {
        unread: sql`portal.unread`,
        readUpTo: readByTeam,
        since: sql`0`,
      }),
    })
    .from(portal)
    .innerJoin(member, eq(member.organizationId, portal.organizationId))
    .innerJoin(user, eq(user.id, member.userId))
    .where(
      and(
        eq(portal.id, place.portalId),
        eq(portal.organizationId, place.organizationId),
        messagesAlone ? gt(portal.unread, 0) : undefined,
        eq(member.notify, true),
      ),
    )
    .orderBy(asc(member.createdAt))
    .limit(MOST_RECIPIENTS)
  return rows.map(({ id, email: to, messages }) => ({
    id,
    email: to,
    messages,
    linkId: null,
    since: 0,
  }))
}
