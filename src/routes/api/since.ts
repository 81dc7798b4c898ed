import { textOf } from '../../features/activity/words.ts'
import type { Content } from '../../features/links/content.ts'
import { sinceLastVisit } from '../portal/since.ts'

/** What is new to a client, as their page says it; a link to invoices alone has none of it. */
export function sinceView(content: Content | null, contactId: string) {
  if (!content) return {}
  const since = sinceLastVisit(content, contactId)
  return {
    since: {
      at: since && new Date(since.at).toISOString(),
      changes: since ? since.news.map(({ words }) => textOf(words)) : [],
    },
  }
}
