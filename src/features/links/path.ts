import { and, eq } from 'drizzle-orm'
import { link } from '../../db/schema/links.ts'

export interface LinkPath {
  portal: string
  link: string
}

/** One link of one portal of one organisation: a path that is wrong anywhere leads nowhere. */
export const at = (organizationId: string, path: LinkPath) =>
  and(
    eq(link.id, path.link),
    eq(link.portalId, path.portal),
    eq(link.organizationId, organizationId),
  )
