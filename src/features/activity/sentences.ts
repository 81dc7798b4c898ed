import { visible } from '../../lib/visible.ts'
import type { ActivityKind } from './kinds.ts'

/** What is read of an entry to say it in words. */
export interface Entry {
  kind: string
  actorKind: string
  actorName: string
  data: Record<string, string>
}

/** Our own words, or somebody's: a page keeps the direction of those to themselves. */
export type Part = string | { name: string }

/** What was recorded under a name, or other words where nothing was. */
type Of = (name: string, otherwise: string) => Part
type Words = (of: Of, data: Record<string, string>) => Part[]

/** Parts as a template: say`moved ${title} to the end`. */
function say(words: TemplateStringsArray, ...parts: Part[]): Part[] {
  return words.flatMap((text, index) => {
    const part = parts[index]
    return [text, ...(part === undefined ? [] : [part])].filter((each) => each !== '')
  })
}

const roles: Readonly<Record<string, string>> = { owner: 'owner', admin: 'admin', member: 'member' }
const percent = /^(?:100|\d{1,2})$/

const title = (of: Of) => of('title', 'a milestone')
const contact = (of: Of) => of('contact', 'a contact')
const address = (of: Of) => of('email', 'somebody')

const file = (of: Of) => of('name', 'a file')
const request = (of: Of) => of('title', 'a file')

const invoice = (of: Of) => of('number', 'an invoice')
const amount = (of: Of) => of('amount', 'an amount')

/** ' as an admin', where a role was recorded. */
function asRole(role: string | undefined): string {
  const name = roles[role ?? '']
  if (name === undefined) return ''
  return name === 'member' ? ' as a member' : ` as an ${name}`
}

/** A note behind what was said: ': “Please …”'. */
const quoted = (of: Of, { note }: Record<string, string>): Part[] =>
  note ? say`: “${of('note', '')}”` : []

function moved(of: Of, { from = '', to = '' }: Record<string, string>): Part[] {
  if (!percent.test(from) || !percent.test(to)) return say`moved ${title(of)}`
  // Saves of one slider are one entry, which may end where it began.
  return from === to
    ? say`moved ${title(of)}, and back to ${to}%`
    : say`moved ${title(of)} ${from} → ${to}%`
}

/** What somebody did, as it reads behind their name. Every kind has its words here and nowhere else. */
const sentences: Record<ActivityKind, Words> = {
  'organization.created': () => ['opened the organisation'],
  'organization.changed': (_, { fields }) =>
    fields ? say`changed the settings: ${settingNames(fields)}` : ['changed the settings'],
  'portal.created': (of) =>
    say`opened the portal ${of('project', 'of a project')} for ${of('client', 'a client')}`,
  'portal.changed': () => ['changed the portal’s details'],
  'portal.archived': () => ['archived the portal'],
  'portal.restored': () => ['restored the portal'],
  'portal.deleted': (of) =>
    say`deleted the portal ${of('project', 'of a project')} for ${of('client', 'a client')}`,
  'portal.duplicated': (of) => say`opened the portal as a copy of ${of('from', 'another')}`,
  'link.created': (of, { scope }) =>
    scope === 'billing' ? say`invited ${contact(of)} to the invoices` : say`invited ${contact(of)}`,
  'link.changed': (of) => say`changed what the link of ${contact(of)} opens`,
  'link.paused': (of) => say`paused the link of ${contact(of)}`,
  'link.resumed': (of) => say`resumed the link of ${contact(of)}`,
  'link.replaced': (of) => say`replaced the link of ${contact(of)}`,
  'link.revealed': (of) => say`looked at the link of ${contact(of)}`,
  'link.sent': (of) => say`sent ${contact(of)} their link again`,
  'link.deleted': (of) => say`deleted the link of ${contact(of)}`,
  'link.requested': (of) => say`asked for a new link for ${contact(of)}`,
  'link.opened': () => ['opened the portal'],
  'email.retried': (of) => say`sent an email to ${of('to', 'somebody')} once more`,
  'milestone.added': (of) => say`added ${title(of)} to the plan`,
  'milestone.changed': (of) => say`changed ${title(of)}`,
  'milestone.moved': moved,
  'milestone.reopened': (of) => say`took the approval of ${title(of)} back`,
  'milestone.deleted': (of) => say`removed ${title(of)} from the plan`,
  'approval.requested': (of) => say`asked for sign-off of ${title(of)}`,
  'approval.given': (of, data) => [...say`approved ${title(of)}`, ...quoted(of, data)],
  'approval.changes-asked': (of, data) => [
    ...say`asked for changes to ${title(of)}`,
    ...quoted(of, data),
  ],
  'template.saved': (of) => say`saved the plan as the template ${of('name', 'without a name')}`,
  'template.used': (of) => say`started the plan from the template ${of('name', 'of another')}`,
  'template.deleted': (of) => say`deleted the template ${of('name', 'without a name')}`,
  'key.created': (of, { role }) =>
    say`made the API key ${of('name', 'without a name')}${asRole(role)}`,
  'key.revoked': (of) => say`revoked the API key ${of('name', 'without a name')}`,
  'invitation.sent': (of) => say`sent ${address(of)} their invitation again`,
  'invitation.revoked': (of) => say`withdrew the invitation of ${address(of)}`,
  'member.invited': (of, { role }) => say`invited ${address(of)} to the team${asRole(role)}`,
  'member.joined': (_, { role }) => say`joined the team${asRole(role)}`,
  'member.role-changed': (of, { from = '', to = '' }) =>
    roles[from] && roles[to]
      ? say`changed the role of ${of('name', 'somebody')} from ${from} to ${to}`
      : say`changed the role of ${of('name', 'somebody')}`,
  'member.removed': (of) => say`removed ${of('name', 'somebody')} from the team`,
  'member.left': () => ['left the team'],
  'ownership.transferred': (of) => say`handed the organisation over to ${of('name', 'somebody')}`,
  'message.sent': () => ['wrote a message'],
  'file.uploaded': (of, { version, request }) => {
    if (request) return say`sent ${file(of)} for ${of('request', 'a request')}`
    return /^[2-9]$|^[1-9]\d+$/.test(version ?? '')
      ? say`sent version ${version ?? ''} of ${file(of)}`
      : say`added the file ${file(of)}`
  },
  'file.deleted': (of) => say`deleted the file ${file(of)}`,
  'file.restored': (of) => say`brought the file ${file(of)} back`,
  'request.opened': (of) => say`asked for ${request(of)}`,
  'request.closed': (of) => say`no longer needs ${request(of)}`,
  'request.reopened': (of) => say`asked for ${request(of)} again`,
  'invoice.issued': (of) => say`issued ${invoice(of)} over ${amount(of)}`,
  'invoice.voided': (of) => say`voided ${invoice(of)}`,
  'invoice.credited': (of) =>
    say`credited ${amount(of)} of ${invoice(of)} by ${of('creditNote', 'a credit note')}`,
  'invoice.ended': (of) => say`ended ${invoice(of)}, which could be paid again and again`,
  'payment.recorded': (of) => say`recorded a payment of ${amount(of)} for ${invoice(of)}`,
  'payment.refunded': (of) => say`refunded ${amount(of)} of ${invoice(of)}`,
  'payment.reversed': (of) => say`reversed a payment of ${amount(of)} for ${invoice(of)}`,
  'news.stopped': () => ['turned emails about messages off'],
  'news.resumed': () => ['turned emails about messages on again'],
  'message.archived': (of) => say`put a message of ${of('author', 'somebody')} away`,
  'message.restored': (of) => say`brought a message of ${of('author', 'somebody')} back`,
}

/** Where a client reads it otherwise than the team does. */
const sentencesForClients: Partial<Record<ActivityKind, Words>> = {
  'approval.requested': (of) => say`asked for your sign-off of ${title(of)}`,
  'approval.changes-asked': (of) => say`asked for changes to ${title(of)}`,
  'approval.given': (of) => say`approved ${title(of)}`,
  'template.used': () => ['drew up the plan'],
}

/** 'timeZone, linkDays' as 'time zone, link days'. */
const settingNames = (fields: string): string =>
  visible(fields)
    .replace(/\p{Lu}/gu, (letter) => ` ${letter.toLowerCase()}`)
    .trim()

function said(words: Words | undefined, { kind, data }: Entry): Part[] {
  // A kind that a newer version wrote still says something.
  if (!words) return [visible(kind.replaceAll(/[.-]/g, ' '))]
  const known = new Map(
    Object.entries(data).flatMap(([name, value]) =>
      typeof value === 'string' ? [[name, visible(value)] as const] : [],
    ),
  )
  const of: Of = (name, otherwise) => {
    const found = known.get(name)
    return found ? { name: found } : otherwise
  }
  return words(of, Object.fromEntries(known))
}

const wordsOf = <T>(table: Readonly<Record<string, T>>, kind: string): T | undefined =>
  Object.entries(table).find(([known]) => known === kind)?.[1]

/** What was done, as it reads behind the name of whoever did it: 'moved Design 80 → 100%'. */
export const predicate = (entry: Entry): Part[] => said(wordsOf(sentences, entry.kind), entry)

/** The same for a client. */
export const predicateForClient = (entry: Entry): Part[] =>
  said(wordsOf<Words>(sentencesForClients, entry.kind) ?? wordsOf(sentences, entry.kind), entry)

/** Who did it: a person by name, a program by its key. */
export function subject({ actorKind, actorName }: Pick<Entry, 'actorKind' | 'actorName'>): Part[] {
  const name = { name: visible(actorName) || 'Somebody' }
  return actorKind === 'apiKey' ? say`The key ${name}` : [name]
}

/** For a client everything that no person did is the team's. */
export function subjectForClient({ actorKind, actorName }: Entry, mine: boolean): Part[] {
  if (mine) return ['You']
  const person = actorKind === 'member' || actorKind === 'contact'
  return person ? [{ name: visible(actorName) || 'Somebody' }] : ['The team']
}

/** As one line of text. */
export const textOf = (parts: readonly Part[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : part.name)).join('')

/** 'Maya Ortiz moved Design 80 → 100%'. */
export const sentence = (entry: Entry): string =>
  textOf([...subject(entry), ' ', ...predicate(entry)])

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
      return say`${amount} arrived for ${number}`
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
