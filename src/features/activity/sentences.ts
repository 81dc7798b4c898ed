import { visible } from '../../lib/visible.ts'
import { amount, file, invoice, readByBoth } from './client-sentences.ts'
import type { ActivityKind } from './kinds.ts'
import { said, say, textOf, title, type Entry, type Of, type Part, type Words } from './words.ts'

const roles: Readonly<Record<string, string>> = { owner: 'owner', admin: 'admin', member: 'member' }
const contact = (of: Of) => of('contact', 'a contact')
const address = (of: Of) => of('email', 'somebody')

/** ' as an admin', where a role was recorded. */
function asRole(role: string | undefined): string {
  const name = roles[role ?? '']
  if (name === undefined) return ''
  return name === 'member' ? ' as a member' : ` as an ${name}`
}

/** A note behind what was said: ': “Please …”'. */
const quoted = (of: Of, { note }: Record<string, string>): Part[] =>
  note ? say`: “${of('note', '')}”` : []

/** How an invoice stands behind it: '; €50.00 is left to pay'. */
function standing(of: Of, data: Record<string, string>): Part[] {
  const { asked, left, credit, void: isVoid } = data
  return [
    ...(asked ? say` (asked for ${of('asked', '')})` : []),
    ...(left ? say`; ${of('left', '')} is left to pay` : []),
    ...(isVoid ? ['; the invoice is void'] : []),
    ...(credit ? say`; ${of('credit', '')} is the client’s credit` : []),
  ]
}

/** ': The card has expired.' */
const because = (of: Of, { reason }: Record<string, string>): Part[] =>
  reason ? say`: ${of('reason', '')}` : []

/** What somebody did, as it reads behind their name. */
const sentences: Record<ActivityKind, Words> = {
  ...readByBoth,
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
  'portal.reminders-paused': () => ['paused the reminders of all invoices'],
  'portal.reminders-resumed': () => ['resumed the reminders of invoices'],
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
  'milestone.changed': (of) => say`changed ${title(of)}`,
  'approval.requested': (of) => say`asked for sign-off of ${title(of)}`,
  'approval.given': (of, data) => [...say`approved ${title(of)}`, ...quoted(of, data)],
  'approval.changes-asked': (of, data) => [
    ...say`asked for changes to ${title(of)}`,
    ...quoted(of, data),
  ],
  'template.saved': (of) =>
    say`saved the plan of ${of('project', 'a project')} as the template ${of('name', 'without a name')}`,
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
  'file.renamed': (of, { name = '', was = '' }) =>
    lastOf(name) === lastOf(was)
      ? say`moved the file ${of('was', 'of another folder')} to ${file(of)}`
      : say`renamed the file ${of('was', 'of another name')} to ${file(of)}`,
  'file.deleted': (of) => say`deleted the file ${file(of)}`,
  'file.restored': (of) => say`brought the file ${file(of)} back`,
  'invoice.draft-deleted': (of) => say`deleted a draft over ${amount(of)}`,
  'invoice.sent': (of) => say`sent ${invoice(of)} again`,
  'invoice.revealed': (of) => say`looked at the address of ${invoice(of)} for ${contact(of)}`,
  'invoice.ended': (of) => say`ended ${invoice(of)}, which could be paid again and again`,
  'invoice.overdue': (of) => say`found ${invoice(of)} overdue`,
  'invoice.reminded': (of) => say`sent a reminder of ${invoice(of)}`,
  'invoice.reminders-paused': (of) => say`paused the reminders of ${invoice(of)}`,
  'invoice.reminders-resumed': (of) => say`resumed the reminders of ${invoice(of)}`,
  'invoice.will-pay': (of) => say`will pay ${invoice(of)} on ${of('on', 'another day')}`,
  'invoice.problem': (of, data) => [
    ...say`said there is a problem with ${invoice(of)}`,
    ...quoted(of, data),
  ],
  'invoice.answer-cleared': (of) => say`saw to the client’s answer to ${invoice(of)}`,
  'invoice.late-fee': (of) => say`drafted a late fee of ${amount(of)} for ${invoice(of)}`,
  'payment.refunded': (of) => say`refunded ${amount(of)} of ${invoice(of)}`,
  'payment.reversed': (of) => say`reversed a payment of ${amount(of)} for ${invoice(of)}`,
  'stripe.connected': (_, { mode }) =>
    mode === 'test' ? ['connected a test key of Stripe'] : ['connected a key of Stripe'],
  'stripe.disconnected': () => ['took the key of Stripe away'],
  'stripe.secret-changed': () => ['changed the signing secret of Stripe’s webhook'],
  'payment.processing': (of) => say`is collecting ${amount(of)} for ${invoice(of)}`,
  'payment.received': (of, data) => [
    ...say`took in ${amount(of)} for ${invoice(of)}`,
    ...standing(of, data),
  ],
  'payment.failed': (of, data) => [
    ...say`could not collect ${amount(of)} for ${invoice(of)}`,
    ...because(of, data),
  ],
  'payment.refund-sent': (of) => say`sent ${amount(of)} of ${invoice(of)} back`,
  'payment.refund-failed': (of, data) => [
    ...say`could not refund ${amount(of)} of ${invoice(of)}`,
    ...because(of, data),
  ],
  'payment.disputed': (of) =>
    say`holds ${amount(of)} of ${invoice(of)} back: the client’s bank disputes it`,
  'payment.dispute-lost': (of, data) => [
    ...say`gave ${amount(of)} of ${invoice(of)} back: the dispute is lost`,
    ...standing(of, data),
  ],
  'payment.dispute-won': (of, data) => [
    ...say`released ${amount(of)} of ${invoice(of)}: the dispute is won`,
    ...standing(of, data),
  ],
  'payment.unmatched': (of) => say`took in ${amount(of)} that fits no invoice`,
  'payment.seen-to': (of) => say`saw to ${amount(of)} that fits no invoice`,
  'news.stopped': () => ['turned emails with news off'],
  'news.resumed': () => ['turned emails with news on again'],
  'message.archived': (of) => say`put a message of ${of('author', 'somebody')} away`,
  'message.restored': (of) => say`brought a message of ${of('author', 'somebody')} back`,
}

/** 'b.pdf' of 'Drafts/b.pdf': no name has a slash in it. */
const lastOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** 'timeZone, linkDays' as 'time zone, link days'. */
const settingNames = (fields: string): string =>
  visible(fields)
    .replace(/\p{Lu}/gu, (letter) => ` ${letter.toLowerCase()}`)
    .trim()

/** What was done, as it reads behind the name of whoever did it: 'moved Design 80 → 100%'. */
export const predicate = (entry: Entry): Part[] => said(sentences, entry)

/** Who did it: a person by name, a program by its key. */
export function subject({ actorKind, actorName }: Pick<Entry, 'actorKind' | 'actorName'>): Part[] {
  const name = { name: visible(actorName) || 'Somebody' }
  return actorKind === 'apiKey' ? say`The key ${name}` : [name]
}

/** 'Maya Ortiz moved Design 80 → 100%'. */
export const sentence = (entry: Entry): string =>
  textOf([...subject(entry), ' ', ...predicate(entry)])
