import { and, asc, eq, gt, isNull, sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { user } from '../../db/schema/accounts.ts'
import { email } from '../../db/schema/emails.ts'
import { contact, link } from '../../db/schema/links.ts'
import { message, reading, type AuthorKind } from '../../db/schema/messages.ts'
import { member } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { enqueueEmail } from '../emails/enqueue.ts'
import type { Job, Outcome } from '../jobs/run.ts'

/** Whom one piece of news may be mailed to at most. */
const MOST_RECIPIENTS = 50

interface Recipient {
  id: string
  email: string
  /** The link whose address their mail carries; null for the team. */
  linkId: string | null
  news: News
}

/** The messages that somebody has neither seen nor been mailed about. */
interface News {
  first: string
  newest: string
  count: number
}

/**
 * Mails the news of a thread to one side, once it has gathered: a mail a person, about all that they
 * have neither seen nor been mailed about. Run again, it finds nothing left.
 */
export async function notifyOfMessages(ctx: Ctx, job: Job): Promise<Outcome> {
  const { portal: portalId = '', to = '' } = job.data
  const organizationId = job.organizationId ?? ''
  const recipients =
    to === 'team' ? await team(ctx, portalId) : await clients(ctx, portalId, organizationId)
  return {
    kind: 'done',
    write: recipients.flatMap(({ id, email, linkId, news }) =>
      enqueueEmail(ctx, {
        kind: 'messages',
        key: `messages:${portalId}:${id}:${news.newest}`,
        to: email,
        organizationId,
        portalId,
        ...(linkId === null ? {} : { linkId }),
        data: {
          to,
          recipient: id,
          first: news.first,
          newest: news.newest,
          count: String(news.count),
        },
      }),
    ),
  }
}

/** Counted up to this; a mail says "and more" anyway. */
const MOST_COUNTED = 50

type Address = typeof contact.email | typeof user.email

/** From the other side, newer than what they read and than the newest they were mailed about. */
const newsFor = (from: AuthorKind, address: Address, since: SQL) =>
  sql<string>`(
    select json_object('first', min(id), 'newest', max(id), 'count', count(*)) from (
      select id from ${message}
      where portal_id = portal.id and author_kind = ${from} and archived_at is null and created_at > ${since}
      and id > coalesce((
        select data ->> 'newest' from ${email}
        where "to" = ${address} and kind = 'messages' and portal_id = portal.id
        order by created_at desc limit 1), '')
      order by id desc limit ${MOST_COUNTED}))`.mapWith((text: string): News | null => {
    const news: News = JSON.parse(text)
    return news.count === 0 ? null : news
  })

const readAt = (kind: AuthorKind, reader: typeof contact.id | typeof user.id): SQL => sql`coalesce((
  select at from ${reading} where portal_id = portal.id and reader_kind = ${kind} and reader_id = ${reader}), 0)`

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
      news: newsFor('member', contact.email, readAt('contact', contact.id)),
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

/** Members who want mail; nobody, once one of them has looked. */
async function team(ctx: Ctx, portalId: string): Promise<Recipient[]> {
  const rows = await ctx.db
    .select({
      id: user.id,
      email: user.email,
      news: newsFor('contact', user.email, readAt('member', user.id)),
    })
    .from(portal)
    .innerJoin(member, eq(member.organizationId, portal.organizationId))
    .innerJoin(user, eq(user.id, member.userId))
    .where(and(eq(portal.id, portalId), gt(portal.unread, 0), eq(member.notify, true)))
    .orderBy(asc(member.createdAt))
    .limit(MOST_RECIPIENTS)
  return rows.flatMap(({ news, ...rest }) =>
    news === null ? [] : [{ ...rest, news, linkId: null }],
  )
}
