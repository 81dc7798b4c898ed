import { isId } from '../../lib/id.ts'
import { getObject, type StoredObject } from '../../platform/bucket.ts'
import { logoFile, logoKey } from './logo.ts'

export interface Logo extends StoredObject {
  contentType: string
}

/** A logo by its public name. What can't be a name never reaches the bucket; D1 is not asked. */
export async function logoByName(
  bucket: R2Bucket,
  name: { organizationId: string; file: string },
  conditions: Headers,
): Promise<Logo | undefined> {
  const known = logoFile(name.file)
  if (!known || !isId(name.organizationId)) return undefined
  const found = await getObject(bucket, logoKey(name.organizationId, name.file), conditions)
  return found && { ...found, contentType: known.contentType }
}
