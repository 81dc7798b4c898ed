import { getObject, type StoredObject } from '../../platform/bucket.ts'
import { objectsOf } from '../portals/rules.ts'
import type { DocumentOf } from './rules.ts'

export interface DocumentPlace {
  organizationId: string
  portalId: string
}

/** Where the bucket keeps it: below its portal, so that it goes with it. */
export const documentKey = (
  { organizationId, portalId }: DocumentPlace,
  { kind, of }: DocumentOf,
): string => `${objectsOf(organizationId, portalId)}documents/${kind}/${of}.pdf`

/** A document's bytes as a stream; `conditions` are a request's headers. */
export const storedDocument = (
  bucket: R2Bucket,
  place: DocumentPlace,
  document: DocumentOf,
  conditions: Headers,
): Promise<StoredObject | undefined> => getObject(bucket, documentKey(place, document), conditions)
