import type { Context } from 'hono'
import type { ClientInvoicePage } from '../../features/links/invoice-page.ts'
import { isId } from '../../lib/id.ts'

const SECONDS = 2
/** Then it is left to the reader. */
const TIMES = 10

/** What a page says to somebody who is quicker than Stripe's word that they paid. */
export interface Paying {
  /** `late` after a while. */
  state: 'confirming' | 'late'
  /** The page to look at once more. */
  again: string
}

type Awaited = Pick<ClientInvoicePage, 'status' | 'pending' | 'online' | 'payments'>

/**
 * Whether the reader came from paying by a link, of which the invoice `here` knows nothing yet. Its
 * address stays in the tab: once the ledger has a payment by that link the page says how things stand,
 * also where it failed, or was taken back, days later.
 */
export function payingOf(c: Context, invoice: Awaited, here: string): Paying | undefined {
  const link = c.req.query('paid') ?? ''
  const { status, pending, online, payments } = invoice
  const told = payments.some((payment) => payment.link === link)
  if (!isId(link) || told || status !== 'open' || pending > 0 || online === 0) return undefined
  const again = `${here}?paid=${link}`
  return { state: lookAgain(c, again) ? 'confirming' : 'late', again }
}

/**
 * Has the browser come back by itself in a moment, without a script, a few times. Whether it will:
 * each time is counted in the address.
 */
export function lookAgain(c: Context, here: string): boolean {
  const before = Number(/^\d{1,2}$/.exec(c.req.query('n') ?? '')?.[0] ?? 0)
  if (before >= TIMES) return false
  const more = `${here}${here.includes('?') ? '&' : '?'}n=${before + 1}`
  c.header('Refresh', `${SECONDS}; url=${more}`)
  return true
}
