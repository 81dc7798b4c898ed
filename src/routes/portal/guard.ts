import type { PaperWanted } from '../../features/documents/rules.ts'
import type { Ctx, TenantCtx } from '../../ctx.ts'
import type { Offer, Selection } from '../../features/files/archive-rows.ts'
import type { FileAt, StoredFile } from '../../features/files/stored.ts'
import type { Place as InvoicesPlace } from '../../features/invoices/rules.ts'
import type { Billing } from '../../features/links/billing.ts'
import { pageByHash, type Content } from '../../features/links/content.ts'
import type { ClientFilePage, ClientFiles } from '../../features/links/file-lists.ts'
import type { ClientInvoices } from '../../features/links/invoice-list.ts'
import type { ClientInvoicePage } from '../../features/links/invoice-page.ts'
import type { ClientPay } from '../../features/links/pay.ts'
import type { ClientPaper } from '../../features/links/paper.ts'
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
  /** What every link sees of the invoices, where the whole page was asked for. */
  billing: Billing | null
  /** A page of the thread, on the same terms. */
  thread: ClientThread | null
  /** A page of the files, on the same terms. */
  files: ClientFiles | null
  /** One file; null also where it is not there. */
  file: ClientFilePage | null
  /** A version of a file, on the same terms. */
  stored: StoredFile | null
  /** Files for an archive, on the same terms. */
  offer: Offer | null
  /** A page of the invoices, where it was asked for. */
  invoices: ClientInvoices | null
  /** One invoice; null also where it is not there. */
  invoice: ClientInvoicePage | null
  /** How an invoice is paid; null also where it is not there. */
  pay: ClientPay | null
  /** A PDF; null also where there is none of it. */
  paper: ClientPaper | null
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
  /** A version of a file, for its bytes. */
  stored?: FileAt
  /** Files for an archive. */
  archive?: Selection
  /** A page of the invoices. */
  invoices?: InvoicesPlace
  /** One invoice. */
  invoice?: string
  /** How this invoice is paid. */
  pay?: string
  /** A PDF. */
  paper?: PaperWanted
}

/** What was wanted, beside the visit itself. */
type Found = Visit & Partial<Omit<Admitted, 'visit' | 'ctx'>>

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
  const inside = found && enter(ctx, found)
  if (!inside) return undefined
  return {
    visit: found,
    content: found.content ?? null,
    billing: found.billing ?? null,
    thread: found.thread ?? null,
    files: found.files ?? null,
    file: found.file ?? null,
    stored: found.stored ?? null,
    offer: found.offer ?? null,
    invoices: found.invoices ?? null,
    invoice: found.invoice ?? null,
    pay: found.pay ?? null,
    paper: found.paper ?? null,
    ctx: inside,
  }
}

const filesOf = () => import('../../features/links/file-lists.ts')
const bytesOf = () => import('../../features/links/bytes.ts')
const invoicesOf = () => import('../../features/links/invoice-list.ts')
const paperOf = () => import('../../features/links/paper.ts')
const payOf = () => import('../../features/links/pay.ts')
const invoiceOf = () => import('../../features/links/invoice-page.ts')

/** One statement, whatever is wanted; what only further pages need is loaded with them. */
async function look(ctx: Ctx, hash: string, wanted: Wanted): Promise<Found | undefined> {
  const {
    whole = false,
    thread,
    files,
    file,
    stored,
    archive,
    invoices,
    invoice,
    pay,
    paper,
  } = wanted
  if (whole) return pageByHash(ctx.db, hash, ctx.now)
  if (thread) return threadByHash(ctx.db, hash, thread)
  if (files) return (await filesOf()).filesByHash(ctx.db, hash, files)
  if (file) return (await filesOf()).fileByHash(ctx.db, hash, file)
  if (stored) return (await bytesOf()).storedByHash(ctx.db, hash, stored)
  if (archive) return (await bytesOf()).offerByHash(ctx.db, hash, archive)
  if (invoices) return (await invoicesOf()).invoicesByHash(ctx.db, hash, invoices)
  if (invoice) return (await invoiceOf()).invoiceByHash(ctx.db, hash, invoice)
  if (pay) return (await payOf()).payByHash(ctx.db, hash, pay)
  if (paper) return (await paperOf()).paperByHash(ctx.db, hash, paper)
  return visitByHash(ctx.db, hash)
}

/** The ctx of whoever a token was found to let in; undefined where it is dead. */
export function enter(ctx: Ctx, found: Visit): TenantCtx | undefined {
  if (found.replacedAt !== null || linkState(found, ctx.now) !== 'live') return undefined
  const { organization, contactId: id, linkId, portalId, contactName: name, scope } = found
  const actor = { kind: 'contact', id, linkId, portalId, name, scope } as const
  // The same object: what a verb enqueues is seen by the one who runs it after the response.
  return Object.assign(ctx, { actor, organization })
}
