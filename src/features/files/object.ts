import { objectsOf } from '../portals/rules.ts'

/** Where the bucket keeps a version: `object` is '<file>/<version>'. */
export const objectKey = (
  { organizationId, portalId }: { organizationId: string; portalId: string },
  object: string,
): string => `${objectsOf(organizationId, portalId)}${object}`
