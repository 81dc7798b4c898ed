import { and, asc, eq, gt, isNull, sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { user } from '../../db/schema/accounts.ts'
import { email } from '../../db/schema/emails.ts'
import { contact, link } from '../../db/schema/links.ts'
import { message, reading, type AuthorKind } from '../../db/schema/messages.ts'
import { member } from '../../db/schema/members.ts'
import { portal } from '../../db/schema/portals.ts'
import { enqueueEmail } from '../emails/enqueue.ts'
import type { Job, Outcome } from '../jobs/run.ts'
import { readByTeam } from './counts.ts'

/** Whom one piece of news may be mailed to at most. */
const MOST_RECIPIENTS = 50

interface Recipient {
  id: string
  email: string
  /** The link whose address their mail carries; null for the team. */
  linkId: string | null
  news: News
}

/** The messages that somebody has neither seen nor been mailed about, by their places in the thread. */
interface News {
  first: number
  newest: number
}

/** Every mail about a thread to one person has a key that begins so; they sort by the newest message. */
const keyOf = (portalId: string, recipient: string, newest: number): string =>
  `messages:${portalId}:${recipient}:${String(newest).padStart(12, '0')}`

/**
 * Mails the news of a thread to one side, once it has gathered: a mail a person, about all that they
 * have neither seen nor been mailed about. Run again, it finds nothing left.
 */
export async function notifyOfMessages(ctx: Ctx, job: Job): Promise<Outcome> {
  const { portal: portalId = '', to = '' } = job.data
  const organizationId = job.organizationId ?? ''
  const recipients =
    to === 'team'
      ? await team(ctx, portalId, organizationId)
      : await clients(ctx, portalId, organizationId)
  return {
    kind: 'done',
    write: recipients.flatMap(({ id, email, linkId, news }) =>
      enqueueEmail(ctx, {
        kind: 'messages',
        key: keyOf(portalId, id, news.newest),
        to: email,
        organizationId,
        portalId,
        ...(linkId === null ? {} : { linkId }),
        data: { to, recipient: id, first: String(news.first), newest: String(news.newest) },
      }),
    ),
  }
}

/** A mail quotes the first few and says that there is more. */
const MOST_GATHERED = 50

type Recipients = typeof contact.id | typeof user.id

/** From the other side, further on than the side has read, and than the newest they were mailed about. */
const newsFor = (from: AuthorKind, recipient: Recipients, readUpTo: SQL, since: SQL = sql`0`) =>
  sql<string>`(
    select json_object('first', min(seq), 'newest', max(seq)) from (
      select seq from ${message}
      where portal_id = portal.id and author_kind = ${from} and archived_at is null
      and created_at >= ${since} and seq > ${readUpTo}
      and seq > coalesce((
        select cast(data ->> 'newest' as integer) from ${email}
        where "key" > 'messages:' || portal.id || ':' || ${recipient} || ':'
        and "key" < 'messages:' || portal.id || ':' || ${recipient} || ';'
        order by "key" desc limit 1), 0)
      order by seq desc limit ${MOST_GATHERED}))`.mapWith((text: string): News | null => {
    const news: { first: number | null; newest: number | null } = JSON.parse(text)
    return news.first === null || news.newest === null
      ? null
      : { first: news.first, newest: news.newest }
  })

const readByContact = sql`coalesce((
  select seq from ${reading} where portal_id = portal.id and reader_kind = 'contact'
  and reader_id = contact.id), 0)`

/** Contacts with a living link to everything, who want mail, and have not looked since. */
async function clients(ctx: Ctx, portalId: string, organizationId: string): Promise<Recipient[]> {
  const living = sql<string | null>`(
    select id from ${link} where contact_id = ${contact.id} and scope = 'all' and paused_at is null
    and (expires_at is null or expires_at > ${ctx.now}) order by id desc limit 1)`
  const rows = await ctx.db
    .select({
      id: contact.id,
      email: contact.email,
      linkId: living,
      news: newsFor('member', contact.id, readByContact, sql`contact.created_at`),
    })
    .from(contact)
    .innerJoin(portal, eq(portal.id, contact.portalId))
    .where(
      and(
        eq(contact.portalId, portalId),
        eq(contact.organizationId, organizationId),
        gt(contact.unread, 0),
        isNull(contact.unsubscribedAt),
        isNull(portal.archivedAt),
      ),
    )
    .orderBy(asc(contact.id))
    .limit(MOST_RECIPIENTS)
  return rows.flatMap(({ news, linkId, ...rest }) =>
    news === null || linkId === null ? [] : [{ ...rest, news, linkId }],
  )
}

/** Members who want mail; nobody hears of what one of them has seen. */
async function team(ctx: Ctx, portalId: string, organizationId: string): Promise<Recipient[]> {
  const rows = await ctx.db
    .select({
      id: user.id,
      email: user.email,
      news: newsFor('contact', user.id, readByTeam),
    })
    .from(portal)
    .innerJoin(member, eq(member.organizationId, portal.organizationId))
    .innerJoin(user, eq(user.id, member.userId))
    .where(
      and(
        eq(portal.id, portalId),
        eq(portal.organizationId, organizationId),
        gt(portal.unread, 0),
        isNull(portal.archivedAt),
        eq(member.notify, true),
      ),
    )
    .orderBy(asc(member.createdAt))
    .limit(MOST_RECIPIENTS)
  return rows.flatMap(({ news, ...rest }) =>
    news === null ? [] : [{ ...rest, news, linkId: null }],
  )
}
