/** Keeps an object whole; the same key again replaces it. */
export async function putObject(
  bucket: R2Bucket,
  key: string,
  bytes: ArrayBuffer,
  contentType: string,
): Promise<void> {
  await bucket.put(key, bytes, { httpMetadata: { contentType } })
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
