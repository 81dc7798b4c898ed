import { and, desc, eq, isNull } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { invoiceToken } from '../../db/schema/invoices.ts'
import { sha256 } from '../../lib/hash.ts'
import { hmacSha256 } from '../../lib/hmac.ts'

/** Whose token it is: of one contact, for one invoice. */
export interface TokenOf {
  organizationId: string
  portalId: string
  invoiceId: string
  contactId: string
}

interface Derived {
  key: string
  invoiceId: string
  contactId: string
  version: number
}

/** What the token of an invoice is the HMAC of; no link's text looks like it. */
export const invoiceTokenText = ({ key, invoiceId, contactId, version }: Derived): string =>
  `v1|${key}|invoice|${invoiceId}|${contactId}|${version}`

/**
 * The token that a contact's mail about an invoice carries, with what has to be written for it to open
 * anything. Whoever was sent one gets the same again; a new version begins once the contact's link was
 * replaced, or when the key it came from is no longer set: then the old one lives on, as links' do.
 */
export async function invoiceTokenToSend(
  ctx: Ctx,
  of: TokenOf,
): Promise<{ token: string; before: Statement[] }> {
  const { invoiceId, contactId } = of
  const [last] = await ctx.db
    .select()
    .from(invoiceToken)
    .where(and(eq(invoiceToken.invoiceId, invoiceId), eq(invoiceToken.contactId, contactId)))
    .orderBy(desc(invoiceToken.version))
    .limit(1)
  const key = last && ctx.settings.linkKeys.find(({ id }) => id === last.key)
  if (last?.replacedAt === null && key) {
    const token = await hmacSha256(key.secret, invoiceTokenText(last))
    // Another secret under the same name would open nothing.
    if ((await sha256(token)) === last.hash) return { token, before: [] }
  }
  const [current] = ctx.settings.linkKeys
  const version = (last?.version ?? 0) + 1
  const fresh = { key: current.id, invoiceId, contactId, version }
  const token = await hmacSha256(current.secret, invoiceTokenText(fresh))
  const row = { ...of, ...fresh, hash: await sha256(token), createdAt: ctx.now }
  // Two mails that leave at once carry the same token.
  return { token, before: [ctx.db.insert(invoiceToken).values(row).onConflictDoNothing()] }
}

/** The statement that ends what a contact was sent of invoices: their link was replaced. */
export const endInvoiceTokens = (ctx: Ctx, contactId: string): Statement =>
  ctx.db
    .update(invoiceToken)
    .set({ replacedAt: ctx.now })
    .where(and(eq(invoiceToken.contactId, contactId), isNull(invoiceToken.replacedAt)))
