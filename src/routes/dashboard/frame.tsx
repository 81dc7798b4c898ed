import type { Context } from 'hono'
import type { Failure } from '../../lib/failure.ts'
import { wordsFor } from '../failures.ts'
import type { Inside } from '../http.ts'
import { problemPage } from '../problems.tsx'

/** What every page of the dashboard is drawn with. */
export const frameOf = (c: Context<Inside>) => ({
  person: c.get('person'),
  membership: c.get('membership'),
})

/** The page that says why a verb refused. */
export function refuse(c: Context<Inside>, failure: Failure) {
  const words = wordsFor(failure)
  if (failure.kind === 'limited') c.header('Retry-After', String(failure.retryAfter))
  return problemPage(c, words)
}
