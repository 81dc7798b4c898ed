import { newId } from '../lib/id.ts'
import type { FormState } from '../ui/fields.tsx'
import { wordsFor } from './failures.ts'
import type { Taken } from './upload-form.ts'

/** A form of files that comes back: a browser doesn't let a page choose the files again. */
interface Refused {
  status: 409 | 413 | 422 | 429
  form: FormState
  /** Seconds, where coming later helps. */
  retryAfter?: number
}

/** Why the files of a form were not taken, at the form, and which were; undefined where it isn't theirs to see. */
export function refusedFiles(
  { failure, kept, values }: Taken & { ok: false },
  now: number,
): Refused | undefined {
  const { status, detail } = wordsFor(failure)
  if (status === 403 || status === 404 || status === 423) return undefined
  const before = kept.length === 0 ? '' : ` What came before was kept: ${kept.join(', ')}.`
  const errors =
    failure.kind === 'invalid'
      ? failure.errors.map(({ path, message }) => ({
          path: path === 'folder' ? path : 'file',
          message: message + before,
        }))
      : [{ path: 'file', message: detail + before }]
  return {
    status,
    form: { values: { ...values, id: newId(now) }, errors },
    ...(failure.kind === 'limited' ? { retryAfter: failure.retryAfter } : {}),
  }
}
