import { predicateForClient, subjectForClient } from '../../features/activity/client-sentences.ts'
import type { Part } from '../../features/activity/words.ts'
import type { Change, Content } from '../../features/links/content.ts'

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
