import {
  filesNews,
  invoiceNews,
  messagesNews,
  milestoneNews,
  planNews,
  requestNews,
  subjectForClient,
  type MilestoneNews,
} from './client-sentences.ts'
import type { Entry, Part } from './words.ts'

/** One item of "Since you were last here"; what it is about says where it leads. */
export interface NewsItem {
  about: 'messages' | 'files' | 'plan' | 'invoices'
  words: Part[]
  /** The invoice that it is about. */
  invoice?: string | undefined
}

interface Messages {
  /** Of others, since the visit before. */
  count: number
  /** Whether there may be more than were counted. */
  more: boolean
}

interface Around {
  messages: Messages
  /** The ids of the file requests that are open. */
  asked: ReadonlySet<string>
  /** Whether more may have happened than `changes` holds. */
  more: boolean
}

/**
 * What happened between two visits, gathered: a slider that was moved five times is one piece of
 * news, and a milestone that came and went is none. `changes` are others' doings, newest first.
 */
export function newsOf(changes: readonly Entry[], { messages, asked, more }: Around): NewsItem[] {
  const inFiles = filesOf(changes, asked)
  const milestones = new Map<string, MilestoneNews>()
  const invoices: Entry[] = []
  let plan = false
  for (const [index, entry] of changes.toReversed().entries()) {
    if (/^(?:file|request)\./.test(entry.kind)) continue
    if (entry.kind === 'template.used') {
      plan = true
      continue
    }
    if (/^(?:invoice|payment)\./.test(entry.kind)) {
      invoices.unshift(entry)
      continue
    }
    const key = entry.data['milestone'] ?? `entry ${index}`
    const before = milestones.get(key)
    const after = step(before, entry)
    // In the order in which they were last touched.
    milestones.delete(key)
    if (after) milestones.set(key, after)
  }
  const told = [...milestones.values()].toReversed().flatMap(milestoneNews)
  return [
    ...(messages.count > 0
      ? [{ about: 'messages', words: messagesNews(messages.count, messages.more) } as const]
      : []),
    ...(inFiles.sent > 0
      ? [{ about: 'files', words: filesNews(inFiles.sent, more) } as const]
      : []),
    ...inFiles.asked.map((title) => ({ about: 'files', words: requestNews(title) }) as const),
    ...standing(invoices).map(
      (entry) =>
        ({ about: 'invoices', words: invoiceNews(entry), invoice: entry.data['invoice'] }) as const,
    ),
    ...[...told, ...(plan ? [planNews] : [])].map((words) => ({ about: 'plan', words }) as const),
  ]
}

/** How many files came and are still there, and what is asked for that was not before. */
function filesOf(
  changes: readonly Entry[],
  open: ReadonlySet<string>,
): { sent: number; asked: string[] } {
  const sent = new Set<string>()
  const asked = new Map<string, string>()
  for (const { kind, data } of changes.toReversed()) {
    const { file = '', request = '', title = '' } = data
    if (kind === 'file.uploaded') sent.add(file)
    if (kind === 'file.deleted') sent.delete(file)
    const isAsked = kind === 'request.opened' || kind === 'request.reopened'
    if (isAsked && open.has(request)) asked.set(request, title)
  }
  return { sent: sent.size, asked: [...asked.values()].toReversed() }
}

/** An invoice that came and went is no news, and neither is what happened to it. */
function standing(invoices: readonly Entry[]): Entry[] {
  const withKind = (kind: string) =>
    new Set(invoices.filter((entry) => entry.kind === kind).map(({ data }) => data['invoice']))
  const [came, went] = [withKind('invoice.issued'), withKind('invoice.voided')]
  return invoices.filter(({ data: { invoice } }) => !came.has(invoice) || !went.has(invoice))
}

const nothing = { added: false, deleted: false, moved: null, approval: null }

/** Undefined where nothing is left to tell. */
function step(before: MilestoneNews | undefined, entry: Entry): MilestoneNews | undefined {
  const { kind, data } = entry
  const now = { ...nothing, ...before, title: data['title'] ?? before?.title ?? '' }
  switch (kind) {
    case 'milestone.added':
      return { ...now, added: true }
    case 'milestone.moved': {
      const from = before?.moved?.from ?? data['from'] ?? ''
      const to = data['to'] ?? ''
      return { ...now, moved: from === to ? null : { from, to } }
    }
    case 'milestone.deleted':
      return before?.added ? undefined : { ...now, deleted: true }
    case 'milestone.reopened':
    case 'approval.requested':
    case 'approval.given':
    case 'approval.changes-asked':
      return { ...now, approval: { kind, by: subjectForClient(entry, false) } }
    default:
      return before
  }
}
