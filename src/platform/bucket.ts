/** What one listing names, and one deletion takes, at most. */
const SLICE = 1000

/**
 * Deletes the objects below a prefix, at most `slices` thousand of them; false when some are left.
 * What is gone already is no error, so it may be asked for again and again.
 */
export async function deleteBelow(
  bucket: R2Bucket,
  prefix: string,
  slices: number,
): Promise<boolean> {
  // An empty prefix would be everybody's.
  if (!/^[^/]+\/[^/]+\/$/.test(prefix)) throw new Error('This is no prefix of one portal.')
  for (let slice = 0; slice < slices; slice++) {
    const { objects, truncated } = await bucket.list({ prefix, limit: SLICE })
    if (objects.length > 0) await bucket.delete(objects.map(({ key }) => key))
    if (!truncated) return true
  }
  return false
}

/** Deletes objects by their keys; what is gone already is no error. */
export async function deleteKeys(bucket: R2Bucket, keys: readonly string[]): Promise<void> {
  for (let from = 0; from < keys.length; from += SLICE) {
    await bucket.delete(keys.slice(from, from + SLICE))
  }
}

/** Keeps an object whole; the same key again replaces it. */
export function putObject(
  bucket: R2Bucket,
  key: string,
  bytes: ArrayBuffer | Uint8Array,
  contentType: string,
): Promise<R2Object> {
  return bucket.put(key, bytes, { httpMetadata: { contentType } })
}

/** The same for what never changes: an object that is there already stays, and is answered. */
export async function keepObject(
  bucket: R2Bucket,
  key: string,
  bytes: ArrayBuffer | Uint8Array,
  contentType: string,
): Promise<R2Object> {
  const onlyIf = new Headers({ 'If-None-Match': '*' })
  const kept = await bucket.put(key, bytes, { httpMetadata: { contentType }, onlyIf })
  const found = kept ?? (await bucket.head(key))
  if (!found) throw new Error('An object was there, and then was not.')
  return found
}

/** What is known of an object without its bytes; undefined where none is. */
export async function objectFacts(
  bucket: R2Bucket,
  key: string,
): Promise<{ etag: string; size: number } | undefined> {
  const found = await bucket.head(key)
  return found ? { etag: found.httpEtag, size: found.size } : undefined
}

export interface OpenObject {
  etag: string
  body: ReadableStream
  /** Of the whole object. */
  size: number
}

/** An object's bytes, or a stretch of them, as a stream; undefined where none is. */
export async function openObject(
  bucket: R2Bucket,
  key: string,
  span?: { offset: number; length: number },
): Promise<OpenObject | undefined> {
  const found = await bucket.get(key, span ? { range: span } : {})
  return found ? { etag: found.httpEtag, body: found.body, size: found.size } : undefined
}

export interface StoredObject {
  etag: string
  /** Null when the caller has these bytes already, by the conditions of its headers. */
  body: ReadableStream | null
  size: number
}

/** An object as a stream, or undefined where none is. `conditions` are a request's headers. */
export async function getObject(
  bucket: R2Bucket,
  key: string,
  conditions: Headers,
): Promise<StoredObject | undefined> {
  const found = await bucket.get(key, { onlyIf: conditions })
  if (!found) return undefined
  return { etag: found.httpEtag, body: 'body' in found ? found.body : null, size: found.size }
}
