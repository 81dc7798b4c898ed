import { visible } from '../../lib/visible.ts'
import type { ActivityKind } from './kinds.ts'
import type { ClientKind } from './rules.ts'
import { said, say, title, type Entry, type Of, type Part, type Words } from './words.ts'

// Apart from the team's sentences, which a client's page need not evaluate.

const percent = /^(?:100|\d{1,2})$/

export const file = (of: Of) => of('name', 'a file')
const request = (of: Of) => of('title', 'a file')
export const invoice = (of: Of) => of('number', 'an invoice')
export const amount = (of: Of) => of('amount', 'an amount')

function moved(of: Of, { from = '', to = '' }: Record<string, string>): Part[] {
  if (!percent.test(from) || !percent.test(to)) return say`moved ${title(of)}`
  // Saves of one slider are one entry, which may end where it began.
  return from === to
    ? say`moved ${title(of)}, and back to ${to}%`
    : say`moved ${title(of)} ${from} → ${to}%`
}

/** What reads the same on both sides. */
export const readByBoth = {
  'milestone.added': (of) => say`added ${title(of)} to the plan`,
  'milestone.moved': moved,
  'milestone.reopened': (of) => say`took the approval of ${title(of)} back`,
  'milestone.deleted': (of) => say`removed ${title(of)} from the plan`,
  'message.sent': () => ['wrote a message'],
  'file.uploaded': (of, { version, request }) => {
    if (request) return say`sent ${file(of)} for ${of('request', 'a request')}`
    return /^[2-9]$|^[1-9]\d+$/.test(version ?? '')
      ? say`sent version ${version ?? ''} of ${file(of)}`
      : say`added the file ${file(of)}`
  },
  'request.opened': (of) => say`asked for ${request(of)}`,
  'request.closed': (of) => say`no longer needs ${request(of)}`,
  'request.reopened': (of) => say`asked for ${request(of)} again`,
  'invoice.issued': (of) => say`issued ${invoice(of)} over ${amount(of)}`,
  'invoice.voided': (of) => say`voided ${invoice(of)}`,
  'invoice.credited': (of) =>
    say`credited ${amount(of)} of ${invoice(of)} by ${of('creditNote', 'a credit note')}`,
  'payment.recorded': (of) => say`recorded a payment of ${amount(of)} for ${invoice(of)}`,
} satisfies Partial<Record<ActivityKind, Words>>

const sentencesForClients: Record<ClientKind, Words> = {
  ...readByBoth,
  'approval.requested': (of) => say`asked for your sign-off of ${title(of)}`,
  'approval.changes-asked': (of) => say`asked for changes to ${title(of)}`,
  'approval.given': (of) => say`approved ${title(of)}`,
  'template.used': () => ['drew up the plan'],
  'payment.received': (of) => say`received ${amount(of)} for ${invoice(of)}`,
  'payment.failed': (of) => say`could not collect ${amount(of)} for ${invoice(of)}`,
}

/** What was done, as a client reads it behind the name of whoever did it. */
export const predicateForClient = (entry: Entry): Part[] => said(sentencesForClients, entry)

/** For a client everything that no person did is the team's. */
export function subjectForClient({ actorKind, actorName }: Entry, mine: boolean): Part[] {
  if (mine) return ['You']
  const person = actorKind === 'member' || actorKind === 'contact'
  return person ? [{ name: visible(actorName) || 'Somebody' }] : ['The team']
}

/** What became of one milestone between two visits. */
export interface MilestoneNews {
  title: string
  added: boolean
  deleted: boolean
  moved: { from: string; to: string } | null
  /** The last that was said of its approval, and by whom. */
  approval: { kind: string; by: Part[] } | null
}

/** The news of a milestone, in few words: 'Design 80 → 100%', 'Design waits for your sign-off'. */
export function milestoneNews({ title, added, deleted, moved, approval }: MilestoneNews): Part[][] {
  const name = { name: visible(title) || 'A milestone' }
  if (deleted) return [say`${name} left the plan`]
  const where = moved && percent.test(moved.from) && percent.test(moved.to) ? moved : null
  return [
    ...(added ? [where ? say`${name} is new, at ${where.to}%` : say`${name} is new`] : []),
    ...(!added && where ? [say`${name} ${where.from} → ${where.to}%`] : []),
    ...(approval ? [approvalNews(name, approval)] : []),
  ]
}

function approvalNews(name: Part, { kind, by }: { kind: string; by: Part[] }): Part[] {
  switch (kind) {
    case 'approval.requested':
      return say`${name} waits for your sign-off`
    case 'approval.given':
      return [...by, ...say` approved ${name}`]
    case 'approval.changes-asked':
      return [...by, ...say` asked for changes to ${name}`]
    default:
      return say`${name} is open again`
  }
}

/** The news of an invoice, in few words: 'INV-2026-007 is here: €120.00'. */
export function invoiceNews({ kind, data }: Pick<Entry, 'kind' | 'data'>): Part[] {
  const named = (name: string, otherwise: string): Part => {
    const text = visible(data[name] ?? '')
    return text === '' ? otherwise : { name: text }
  }
  const [number, amount] = [named('number', 'An invoice'), named('amount', 'an amount')]
  switch (kind) {
    case 'invoice.issued':
      return say`${number} is here: ${amount}`
    case 'invoice.credited':
      return say`${number} is ${amount} less`
    case 'payment.recorded':
    case 'payment.received':
      return say`${amount} arrived for ${number}`
    case 'payment.failed':
      return say`${amount} for ${number} could not be collected`
    default:
      return say`${number} is void`
  }
}

export const planNews: Part[] = ['The plan is there']

/** '2 messages', or '20+ messages' where there may be more than were counted. */
export const messagesNews = (count: number, more: boolean): Part[] => [
  { name: `${count}${more ? '+' : ''}` },
  count === 1 && !more ? ' message' : ' messages',
]

/** '1 new file'. */
export const filesNews = (count: number, more: boolean): Part[] => [
  { name: `${count}${more ? '+' : ''}` },
  count === 1 && !more ? ' new file' : ' new files',
]

/** 'Logo, vector format is asked for'. */
export const requestNews = (title: string): Part[] =>
  say`${{ name: visible(title) || 'A file' }} is asked for`
