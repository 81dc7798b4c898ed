import { searchTerms, wordOf } from '../../lib/search.ts'

export type PortalStatus = 'active' | 'archived'

/**
 * The full-text query for what a person typed; undefined when nothing in it can be searched for. A
 * term holds letters, numbers and marks alone and stands in quotes, so nothing that is typed can be
 * an operator or leave the columns it may look into; the organisation is matched in a column of its
 * own, which no term reaches.
 */
export function searchMatch(
  text: string,
  within: { organizationId: string; status: PortalStatus | undefined },
): string | undefined {
  const terms = searchTerms(text).map((term) => `"${term}"*`)
  if (terms.length === 0) return undefined
  const organization = `organization:"${wordOf(within.organizationId)}"`
  const state = within.status === undefined ? [] : [`state:"${within.status}"`]
  return [organization, ...state, `{project client contacts}:(${terms.join(' AND ')})`].join(
    ' AND ',
  )
}

/** Below which a portal's objects lie in the bucket. */
export const objectsOf = (organizationId: string, portalId: string): string =>
  `${organizationId}/${portalId}/`
