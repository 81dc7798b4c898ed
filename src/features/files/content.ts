import { needsTag, verdict, type Span } from '../../lib/conditions.ts'
import { objectFacts, openObject } from '../../platform/bucket.ts'
import { objectKey } from './object.ts'
import type { StoredFile } from './stored.ts'

export type Content =
  /** No body where only the head was asked for. */
  | { kind: 'whole'; etag: string; body: ReadableStream | null }
  | { kind: 'part'; etag: string; body: ReadableStream; span: Span }
  | { kind: 'same'; etag: string }
  | { kind: 'others' }
  | { kind: 'beyond' }

interface Asked {
  method: string
  headers: Headers
}

/**
 * A file's bytes as a request asks for them, never more than a chunk of them in memory. Only where a
 * condition names an ETag is the bucket asked for it beforehand.
 */
export async function openContent(
  bucket: R2Bucket,
  place: { organizationId: string; portalId: string },
  { object, size, at }: StoredFile,
  { method, headers }: Asked,
): Promise<Content> {
  const key = objectKey(place, object)
  const headOnly = method === 'HEAD'
  const facts = headOnly || needsTag(headers) ? whole(await objectFacts(bucket, key)) : undefined
  const found = verdict(headers, method, { size, at, etag: facts?.etag ?? '' })
  switch (found.kind) {
    case 'others':
    case 'beyond':
      return found
    case 'same':
      return { kind: 'same', etag: facts?.etag ?? '' }
    case 'whole': {
      if (facts && headOnly) return { kind: 'whole', etag: facts.etag, body: null }
      const { etag, body } = whole(await openObject(bucket, key))
      return { kind: 'whole', etag, body }
    }
    case 'part': {
      const { etag, body } = whole(await openObject(bucket, key, found.span))
      return { kind: 'part', etag, body, span: found.span }
    }
  }

  /** What the database knows of has to be there, and as long as it says. */
  function whole<O extends { size: number }>(given: O | undefined): O {
    if (given?.size !== size) throw new Error('A stored file is not whole in the bucket.')
    return given
  }
}
