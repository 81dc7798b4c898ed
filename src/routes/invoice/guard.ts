import type { PaperAsked } from '../../features/documents/rules.ts'
import type { Ctx, TenantCtx } from '../../ctx.ts'
import {
  invoiceByToken,
  isDead,
  paperByToken,
  payByToken,
  type Holder,
} from '../../features/links/holder.ts'
import type { ClientInvoicePage } from '../../features/links/invoice-page.ts'
import type { ClientPaper } from '../../features/links/paper.ts'
import type { ClientPay } from '../../features/links/pay.ts'
import { isToken } from '../../features/links/rules.ts'
import { sha256 } from '../../lib/hash.ts'

export interface Admitted<T> {
  ctx: TenantCtx
  holder: Holder
  /** Null where there is none of it. */
  part: T | null
}

type Looked<T> = (Holder & { part: T | null }) | undefined

/**
 * Lets the holder of an invoice's living token in with what they came for; undefined for every other.
 * One statement, and none at all for what can't be a token.
 */
async function admit<T>(
  ctx: Ctx,
  token: string,
  look: (hash: string) => Promise<Looked<T>>,
): Promise<Admitted<T> | undefined> {
  if (!isToken(token)) return undefined
  const found = await look(await sha256(token))
  if (!found || isDead(found)) return undefined
  const { part, ...holder } = found
  const { contactId: id, contactName: name, portalId, invoiceId, organization } = holder
  const actor = { kind: 'invoiceHolder', id, name, portalId, invoiceId } as const
  // The same object: what a verb enqueues is seen by the one who runs it after the response.
  return { ctx: Object.assign(ctx, { actor, organization }), holder, part }
}

export const admitToInvoice = (
  ctx: Ctx,
  token: string,
): Promise<Admitted<ClientInvoicePage> | undefined> =>
  admit(ctx, token, (hash) => invoiceByToken(ctx.db, { hash, now: ctx.now }))

export const admitToPay = (ctx: Ctx, token: string): Promise<Admitted<ClientPay> | undefined> =>
  admit(ctx, token, (hash) => payByToken(ctx.db, { hash, now: ctx.now }))

export const admitToPaper = (
  ctx: Ctx,
  token: string,
  asked: PaperAsked,
): Promise<Admitted<ClientPaper> | undefined> =>
  admit(ctx, token, (hash) => paperByToken(ctx.db, { hash, now: ctx.now }, asked))
