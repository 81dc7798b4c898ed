import type { Ctx, TenantCtx } from '../../ctx.ts'
import type { Billing } from '../../features/links/billing.ts'
import type { ClientInvoiceDetail } from '../../features/links/invoice-list.ts'
import type { ClientPaper } from '../../features/links/paper.ts'
import { pageByHash, type Content } from '../../features/links/content.ts'
import type { Place as InvoicesPlace } from '../../features/invoices/rules.ts'
import { threadByHash, type ClientThread } from '../../features/links/thread.ts'
import { visitByHash, type Visit } from '../../features/links/visits.ts'
import { isToken, linkState } from '../../features/links/rules.ts'
import type { Place } from '../../features/messages/rules.ts'
import type { Page } from '../../lib/page.ts'
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
  /** A page of the invoices, where it was asked for. */
  invoices: Page<ClientInvoiceDetail> | null
  /** The PDF of one invoice; null also where there is none of it. */
  paper: ClientPaper | null
}

/** What to read in the same statement that lets somebody in. */
interface Wanted {
  /** All that the page shows. */
  whole?: boolean
  /** A page of the thread. */
  thread?: Place
  /** A page of the invoices. */
  invoices?: InvoicesPlace
  /** The PDF of this invoice. */
  paper?: string
}

const clientPaper = () => import('../../features/links/paper.ts')
const invoiceList = () => import('../../features/links/invoice-list.ts')

/**
 * Lets the holder of a living token in; undefined for every other. One statement, and none at all
 * for what can't be a token.
 */
export async function admit(
  ctx: Ctx,
  token: string,
  { whole = false, thread, invoices, paper }: Wanted = {},
): Promise<Admitted | undefined> {
  if (!isToken(token)) return undefined
  const hash = await sha256(token)
  const page = whole ? await pageByHash(ctx.db, hash, ctx.now) : undefined
  const part = thread && (await threadByHash(ctx.db, hash, thread))
  const bills = invoices && (await (await invoiceList()).invoicesByHash(ctx.db, hash, invoices))
  const sheet =
    paper === undefined ? undefined : await (await clientPaper()).paperByHash(ctx.db, hash, paper)
  const read = paper !== undefined || whole || thread !== undefined || invoices !== undefined
  const found: Visit | undefined = read
    ? (page ?? part ?? bills ?? sheet)
    : await visitByHash(ctx.db, hash)
  if (!found || found.replacedAt !== null || linkState(found, ctx.now) !== 'live') return undefined
  const { organization, contactId: id, linkId, portalId, contactName: name, scope } = found
  const actor = { kind: 'contact', id, linkId, portalId, name, scope } as const
  // The same object: what a verb enqueues is seen by the one who runs it after the response.
  return {
    visit: found,
    content: page?.content ?? null,
    billing: page?.billing ?? null,
    thread: part?.thread ?? null,
    invoices: bills?.invoices ?? null,
    paper: sheet?.paper ?? null,
    ctx: Object.assign(ctx, { actor, organization }),
  }
}
