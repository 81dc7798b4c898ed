import type { Ctx, TenantCtx } from '../../ctx.ts'
import { pageByHash, type Content } from '../../features/links/content.ts'
import type { ClientFilePage, ClientFiles } from '../../features/links/file-lists.ts'
import { threadByHash, type ClientThread } from '../../features/links/thread.ts'
import { visitByHash, type Visit } from '../../features/links/visits.ts'
import { isToken, linkState } from '../../features/links/rules.ts'
import type { FilesPlace } from '../../features/files/rules.ts'
import type { Place } from '../../features/messages/rules.ts'
import { sha256 } from '../../lib/hash.ts'

export interface Admitted {
  visit: Visit
  ctx: TenantCtx
  /** What the page shows; null for a link to invoices alone, and where it was not asked for. */
  content: Content | null
  /** A page of the thread, on the same terms. */
  thread: ClientThread | null
  /** A page of the files, on the same terms. */
  files: ClientFiles | null
  /** One file; null also where it is not there. */
  file: ClientFilePage | null
}

/** What to read in the same statement that lets somebody in. */
export interface Wanted {
  /** All that the page shows. */
  whole?: boolean
  /** A page of the thread. */
  thread?: Place
  /** A page of the files. */
  files?: FilesPlace
  /** One file, with the versions before a number. */
  file?: { file: string; before?: number | undefined }
}

/** What was wanted, beside the visit itself. */
type Found = Visit & Partial<Pick<Admitted, 'content' | 'thread' | 'files' | 'file'>>

/**
 * Lets the holder of a living token in; undefined for every other. One statement, and none at all
 * for what can't be a token.
 */
export async function admit(
  ctx: Ctx,
  token: string,
  wanted: Wanted = {},
): Promise<Admitted | undefined> {
  if (!isToken(token)) return undefined
  const found = await look(ctx, await sha256(token), wanted)
  if (!found || found.replacedAt !== null || linkState(found, ctx.now) !== 'live') return undefined
  const { organization, contactId: id, linkId, portalId, contactName: name, scope } = found
  const actor = { kind: 'contact', id, linkId, portalId, name, scope } as const
  // The same object: what a verb enqueues is seen by the one who runs it after the response.
  return {
    visit: found,
    content: found.content ?? null,
    thread: found.thread ?? null,
    files: found.files ?? null,
    file: found.file ?? null,
    ctx: Object.assign(ctx, { actor, organization }),
  }
}

const filesOf = () => import('../../features/links/file-lists.ts')

/** One statement, whatever is wanted; what only further pages need is loaded with them. */
async function look(ctx: Ctx, hash: string, wanted: Wanted): Promise<Found | undefined> {
  const { whole = false, thread, files, file } = wanted
  if (whole) return pageByHash(ctx.db, hash, ctx.now)
  if (thread) return threadByHash(ctx.db, hash, thread)
  if (files) return (await filesOf()).filesByHash(ctx.db, hash, files)
  if (file) return (await filesOf()).fileByHash(ctx.db, hash, file)
  return visitByHash(ctx.db, hash)
}
