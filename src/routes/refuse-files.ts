import type { Context } from 'hono'
import { wordsFor } from './failures.ts'
import { problemPage } from './problems.tsx'
import type { Taken } from './upload-form.ts'

/** Says why the files of a form were not taken, and which were. */
export function refuseFiles(c: Context, { failure, kept }: Taken & { ok: false }) {
  if (failure.kind === 'missing') return c.notFound()
  if (failure.kind === 'limited') c.header('Retry-After', String(failure.retryAfter))
  const words = wordsFor(failure)
  const detail =
    kept.length === 0
      ? words.detail
      : `${words.detail} What came before was kept: ${kept.join(', ')}.`
  return problemPage(c, { ...words, detail })
}
