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
