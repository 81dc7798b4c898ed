import type { Context } from 'hono'
import { storedDocument, type DocumentPlace } from '../features/documents/object.ts'
import type { DocumentOf } from '../features/documents/rules.ts'
import { problem } from './api/problem.ts'

/** Seconds: it is made right after the answer that wanted it. */
export const SOON = '2'

/** For a document that a job is still at. */
export function beingMade(c: Context): Response {
  c.header('Retry-After', SOON)
  return problem(c, {
    status: 503,
    title: 'One moment',
    detail: 'The document is being made. Ask for it again in two seconds.',
  })
}

/** What is answered in a document's place while there is none. */
export type BeingMade = (c: Context) => Response | Promise<Response>

/** Streams what the bucket holds of a document; nothing is drawn here. */
export async function sendDocument(
  c: Context,
  bucket: R2Bucket,
  place: DocumentPlace,
  document: DocumentOf & { name: string },
  otherwise: BeingMade = beingMade,
): Promise<Response> {
  const found = await storedDocument(bucket, place, document, c.req.raw.headers)
  if (!found) return otherwise(c)
  // Whoever has it may keep it, and asks whether it still is the same.
  const headers = { ETag: found.etag, 'Cache-Control': 'private, no-cache' }
  if (!found.body) return c.body(null, 304, headers)
  return c.body(found.body, 200, {
    ...headers,
    'Content-Type': 'application/pdf',
    'Content-Length': String(found.size),
    'Content-Disposition': `inline; filename="${document.name}.pdf"`,
  })
}
