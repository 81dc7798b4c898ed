// R2's multipart uploads, and the small objects beside them. All parts but the last are of one size;
// a second complete is refused; `put` wants bytes or a stream of known length.

export interface Part {
  number: number
  etag: string
}

/** R2's id of what was begun. */
export async function beginMultipart(bucket: R2Bucket, key: string): Promise<string> {
  return (await bucket.createMultipartUpload(key)).uploadId
}

/** The part's etag. A number that is sent again replaces what was sent before. */
export async function putPart(
  bucket: R2Bucket,
  at: { key: string; multipart: string },
  number: number,
  bytes: Uint8Array,
): Promise<string> {
  try {
    const begun = bucket.resumeMultipartUpload(at.key, at.multipart)
    return (await begun.uploadPart(number, bytes)).etag
  } catch (error) {
    if (!isBeyondMending(error)) throw error
    throw new PartsGone('The parts of this upload are no longer there.')
  }
}

/** Thrown where parts can't be added any more. */
export class PartsGone extends Error {}

/** R2's numbers for what no second try mends: no such upload, and parts that are not as they were. */
const beyondMending = /\((?:10024|10025|10011|10048)\)/
const isBeyondMending = (error: unknown): boolean =>
  error instanceof Error && beyondMending.test(error.message)

/** Makes one object of the parts. False where that can never succeed; a passing trouble is thrown. */
export async function completeMultipart(
  bucket: R2Bucket,
  { key, multipart }: { key: string; multipart: string },
  parts: readonly Part[],
): Promise<boolean> {
  try {
    await bucket
      .resumeMultipartUpload(key, multipart)
      .complete(parts.map(({ number, etag }) => ({ partNumber: number, etag })))
    return true
  } catch (error) {
    if (isBeyondMending(error)) return false
    throw error
  }
}

/** What is not there any more counts as aborted. */
export async function abortMultipart(
  bucket: R2Bucket,
  { key, multipart }: { key: string; multipart: string },
): Promise<void> {
  try {
    await bucket.resumeMultipartUpload(key, multipart).abort()
  } catch (error) {
    if (!isBeyondMending(error)) throw error
  }
}

export async function putBytes(bucket: R2Bucket, key: string, bytes: Uint8Array): Promise<void> {
  await bucket.put(key, bytes)
}

/** A small object whole; undefined where none is. */
export async function getBytes(bucket: R2Bucket, key: string): Promise<Uint8Array | undefined> {
  const found = await bucket.get(key)
  return found ? new Uint8Array(await found.arrayBuffer()) : undefined
}

/** How many bytes an object has; undefined where none is. */
export async function sizeOf(bucket: R2Bucket, key: string): Promise<number | undefined> {
  return (await bucket.head(key))?.size
}

/** What is gone already is no error. */
export async function deleteObject(bucket: R2Bucket, key: string): Promise<void> {
  await bucket.delete(key)
}

/** The small objects that were kept beside one: '<key>.<name>', more of which than fit a listing never are. */
export async function deleteBeside(bucket: R2Bucket, key: string): Promise<void> {
  const { objects } = await bucket.list({ prefix: `${key}.` })
  if (objects.length > 0) await bucket.delete(objects.map((found) => found.key))
}
