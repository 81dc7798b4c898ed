import type { Ctx, TenantCtx } from '../../ctx.ts'
import type { Offer, Selection } from '../../features/files/archive-rows.ts'
import type { FileAt, StoredFile } from '../../features/files/stored.ts'
import { pageByHash, type Content } from '../../features/links/content.ts'
import { fileByHash, offerByHash } from '../../features/links/files.ts'
import { threadByHash, type ClientThread } from '../../features/links/thread.ts'
import { visitByHash, type Visit } from '../../features/links/visits.ts'
import { isToken, linkState } from '../../features/links/rules.ts'
import type { Place } from '../../features/messages/rules.ts'
import { sha256 } from '../../lib/hash.ts'

export interface Admitted {
  visit: Visit
  ctx: TenantCtx
  /** What the page shows; null for a link to invoices alone, and where it was not asked for. */
  content: Content | null
  /** A page of the thread, on the same terms. */
  thread: ClientThread | null
  /** A version of a file, on the same terms. */
  file: StoredFile | null
  /** Files for an archive, on the same terms. */
  offer: Offer | null
}

/** What to read in the same statement that lets somebody in. */
interface Wanted {
  /** All that the page shows. */
  whole?: boolean
  /** A page of the thread. */
  thread?: Place
  /** A version of a file. */
  file?: FileAt
  /** Files for an archive. */
  archive?: Selection
}

/**
 * Lets the holder of a living token in; undefined for every other. One statement, and none at all
 * for what can't be a token.
 */
export async function admit(
  ctx: Ctx,
  token: string,
  { whole = false, thread, file, archive }: Wanted = {},
): Promise<Admitted | undefined> {
  if (!isToken(token)) return undefined
  const hash = await sha256(token)
  const page = whole ? await pageByHash(ctx.db, hash, ctx.now) : undefined
  const part = thread && (await threadByHash(ctx.db, hash, thread))
  const stored = file && (await fileByHash(ctx.db, hash, file))
  const offered = archive && (await offerByHash(ctx.db, hash, archive))
  const read = whole || [thread, file, archive].some((part) => part !== undefined)
  const found: Visit | undefined = read
    ? (page ?? part ?? stored ?? offered)
    : await visitByHash(ctx.db, hash)
  if (!found || found.replacedAt !== null || linkState(found, ctx.now) !== 'live') return undefined
  const { organization, contactId: id, linkId, portalId, contactName: name, scope } = found
  const actor = { kind: 'contact', id, linkId, portalId, name, scope } as const
  // The same object: what a verb enqueues is seen by the one who runs it after the response.
  return {
    visit: found,
    content: page?.content ?? null,
    thread: part?.thread ?? null,
    file: stored?.part ?? null,
    offer: offered?.part ?? null,
    ctx: Object.assign(ctx, { actor, organization }),
  }
}
