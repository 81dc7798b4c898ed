import type { Context } from 'hono'

const SECONDS = 2
/** Then it is left to the reader. */
const TIMES = 10

/** What a page says to somebody who is quicker than Stripe's word that they paid; `late` after a while. */
export type Paying = 'confirming' | 'late'

interface Awaited {
  status: string
  pending: number
  online: number
}

/** Whether the reader came from paying, and the invoice `here` doesn't know of it yet. */
export function payingOf(
  c: Context,
  { status, pending, online }: Awaited,
  here: string,
): Paying | undefined {
  const awaited = status === 'open' && pending === 0 && online === 1
  if (c.req.query('paid') === undefined || !awaited) return undefined
  return lookAgain(c, `${here}?paid=1`) ? 'confirming' : 'late'
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
