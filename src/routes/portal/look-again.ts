import type { Context } from 'hono'

const SECONDS = 2
/** Then it is left to the reader. */
const TIMES = 10

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
