import type { DetailedError } from 'tus-js-client'

/** What becomes of an upload that was not taken. */
export type Refusal =
  /** Tried again by itself, not before `after` ms. */
  | { kind: 'wait'; words: string; after: number }
  /** `again` where a second try can do better. */
  | { kind: 'over'; words: string; again: boolean }

interface Problem {
  title?: string
  detail?: string
}

const NO_CONNECTION = 'Waiting for the connection…'

/** Longer (s) than this nobody watches a row wait. */
const SHORT = 60

function problemIn(body: string): Problem {
  try {
    const found: Problem = JSON.parse(body)
    return found
  } catch {
    return {}
  }
}

/** Of what is wrong with the file itself the detail says all; of a state the title is half of it. */
function wordsOf(status: number, { title, detail }: Problem): string {
  if (title === undefined || detail === undefined || status === 404) {
    return 'It can’t be taken here any more. Load the page again to see why.'
  }
  return status === 422 ? detail : `${title}. ${detail}`
}

const isAnswered = (error: Error | DetailedError): error is DetailedError =>
  'originalResponse' in error && error.originalResponse !== null

/** A file that was changed or taken away meanwhile fails like a connection does. */
async function isReadable(file: File): Promise<boolean> {
  try {
    await file.slice(0, 1).arrayBuffer()
    return true
  } catch {
    return false
  }
}

/** Why an upload stopped, in the server's words where it has some. `stale` counts answers that it stands elsewhere. */
export async function refusalOf(
  error: Error | DetailedError,
  file: File,
  stale: number,
): Promise<Refusal> {
  if (!isAnswered(error) || error.originalResponse === null) {
    if (await isReadable(file)) return { kind: 'wait', words: NO_CONNECTION, after: 0 }
    const words = 'The file was changed or moved meanwhile. Choose it again.'
    return { kind: 'over', words, again: false }
  }
  const { originalRequest, originalResponse } = error
  const status = originalResponse.getStatus()
  const words = wordsOf(status, problemIn(originalResponse.getBody()))
  const after = (Number(originalResponse.getHeader('Retry-After')) || 0) * 1000
  if (status >= 500) return { kind: 'wait', words: 'No answer yet, trying again…', after }
  if (status === 423) return { kind: 'wait', words: 'Going on in a moment…', after }
  if (status === 429 && after <= SHORT * 1000) {
    return { kind: 'wait', words: 'Going on in a moment…', after }
  }
  // The server has more or less of it, or nothing any more: it is asked, and gone on from there.
  const elsewhere = (status === 409 || status === 404) && originalRequest.getMethod() !== 'POST'
  if (elsewhere && stale < 3) return { kind: 'wait', words: 'Going on in a moment…', after: 0 }
  return { kind: 'over', words, again: status !== 413 && status !== 422 }
}
