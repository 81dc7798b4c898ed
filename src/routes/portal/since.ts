import { newsOf, type NewsItem } from '../../features/activity/news.ts'
import { MOST_CHANGES, type Content } from '../../features/links/content.ts'
import { MESSAGES_SHOWN } from '../../features/messages/rules.ts'

interface Since {
  /** When the visit before this one ended. */
  at: number
  news: NewsItem[]
}

/** Null on a first visit: then all of it is new. What was put away is nobody's news. */
export function sinceLastVisit(content: Content, contactId: string): Since | null {
  const { since, changes, messages, requests } = content
  if (since === null) return null
  const fresh = messages.filter(({ createdAt }) => createdAt > since)
  const count = fresh.filter(({ authorId }) => authorId !== contactId).length
  const more = fresh.length > MESSAGES_SHOWN
  const around = {
    messages: { count, more },
    asked: new Set(requests.map(({ id }) => id)),
    more: changes.length >= MOST_CHANGES,
  }
  return { at: since, news: newsOf(changes, around) }
}
