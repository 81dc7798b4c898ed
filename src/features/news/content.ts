import { and, asc, between, eq, isNull, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { file, fileRequest, fileVersion } from '../../db/schema/files.ts'
import { message, reading, type AuthorKind } from '../../db/schema/messages.ts'
import type { Email } from '../emails/compose.ts'
import { beginning } from '../messages/rules.ts'

/** Messages that one mail quotes; of each, the beginning. */
export const QUOTED = 5
const QUOTED_LENGTH = 600

export interface Quote {
  author: string
  body: string
}

/** A file that the other side sent. */
export interface Sent {
  name: string
  by: string
  version: number
  size: number
  /** The title of the request that it answers. */
  request: string | null
}

/** A file that is waited for. */
export interface Request {
  title: string
  note: string
  dueOn: string | null
}

/** What a mail is about and is still news at the moment it leaves. */
export interface Content {
  /** One more than is quoted. */
  quotes: Quote[]
  files: Sent[]
  /** Files that are only counted. */
  moreFiles: number
  requests: Request[]
}

/** Undefined where nothing of it is news any more. */
export async function contentOf(
  ctx: Ctx,
  mail: Email,
  from: AuthorKind,
): Promise<Content | undefined> {
  const [quotes, files, requests] = await ctx.db.batch([
    quotesFor(ctx, mail, from),
    filesOf(ctx, mail),
    requestsOf(ctx, mail),
  ])
  if (quotes.length + files.length + requests.length === 0) return undefined
  return {
    quotes: quotes.map(({ author, body }) => ({ author, body: beginning(body, QUOTED_LENGTH) })),
    files,
    moreFiles: files.length === 0 ? 0 : Number(mail.data['moreFiles'] ?? 0),
    requests,
  }
}

/**
 * From the other side, since the mail before this one, and after what its reader, or anybody of the
 * team, has read by now.
 */
function quotesFor(ctx: Ctx, mail: Email, from: AuthorKind) {
  const { first, newest = '', recipient = '', to } = mail.data
  const readers =
    to === 'team'
      ? sql`reader_kind = 'member'`
      : sql`reader_kind = 'contact' and reader_id = ${recipient}`
  return ctx.db
    .select({ author: message.authorName, body: message.body })
    .from(message)
    .where(
      and(
        eq(message.portalId, mail.portalId ?? ''),
        eq(message.authorKind, from),
        isNull(message.archivedAt),
        first === undefined ? sql`false` : between(message.seq, Number(first), Number(newest)),
        sql`${message.seq} > (
          select coalesce(max(seq), 0) from ${reading} where portal_id = ${mail.portalId} and ${readers})`,
      ),
    )
    .orderBy(asc(message.seq))
    .limit(QUOTED + 1)
}

const idsIn = (mail: Email, name: 'files' | 'requests'): string =>
  JSON.stringify((mail.data[name] ?? '').split(',').filter((id) => id !== ''))

/** Those that nobody has deleted since. */
const filesOf = (ctx: Ctx, mail: Email) =>
  ctx.db
    .select({
      name: file.name,
      by: fileVersion.by,
      version: fileVersion.version,
      size: fileVersion.size,
      request: fileRequest.title,
    })
    .from(fileVersion)
    .innerJoin(file, eq(file.id, fileVersion.fileId))
    .leftJoin(fileRequest, eq(fileRequest.id, fileVersion.requestId))
    .where(
      and(
        sql`${fileVersion.id} in (select value from json_each(${idsIn(mail, 'files')}))`,
        eq(fileVersion.portalId, mail.portalId ?? ''),
        isNull(file.deletedAt),
      ),
    )
    .orderBy(asc(fileVersion.id))

/** Those that are still waited for. */
const requestsOf = (ctx: Ctx, mail: Email) =>
  ctx.db
    .select({ title: fileRequest.title, note: fileRequest.note, dueOn: fileRequest.dueOn })
    .from(fileRequest)
    .where(
      and(
        sql`${fileRequest.id} in (select value from json_each(${idsIn(mail, 'requests')}))`,
        eq(fileRequest.portalId, mail.portalId ?? ''),
        isNull(fileRequest.fulfilledAt),
        isNull(fileRequest.closedAt),
      ),
    )
    .orderBy(asc(fileRequest.id))
