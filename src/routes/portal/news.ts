import { newsOf, type NewsItem } from '../../features/activity/news.ts'
import { predicateForClient, subjectForClient } from '../../features/activity/client-sentences.ts'
import type { Part } from '../../features/activity/words.ts'
import { MOST_CHANGES, type Change, type Content } from '../../features/links/content.ts'
import { MESSAGES_SHOWN } from '../../features/messages/rules.ts'

/** What happened last, the newest message counted in; null where nothing has. */
function latestOf({ latest, messages: [newest] }: Content): Change | null {
  if (!newest || (latest !== null && latest.at >= newest.createdAt)) return latest
  const { authorKind, authorId, authorName, createdAt } = newest
  return {
    kind: 'message.sent',
    actorKind: authorKind,
    actorId: authorId,
    actorName: authorName,
    data: {},
    at: createdAt,
  }
}

export interface LastUpdate {
  at: number
  words: Part[]
}

export function lastUpdate(content: Content, contactId: string): LastUpdate | null {
  const latest = latestOf(content)
  if (!latest) return null
  const subject = subjectForClient(latest, latest.actorId === contactId)
  return { at: latest.at, words: [...subject, ' ', ...predicateForClient(latest)] }
}

export interface Since {
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
