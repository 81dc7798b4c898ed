import type { ActivityKind } from './record.ts'

interface Entry {
  kind: string
  data: Record<string, string>
}

type Words = (data: (name: string) => string) => string

/** What somebody did, as it reads behind their name. Every kind has its words here and nowhere else. */
const sentences: Record<ActivityKind, Words> = {
  'organization.created': () => 'opened the organisation',
  'organization.changed': () => 'changed the settings',
  'portal.created': (of) => `opened the portal ${of('project')} for ${of('client')}`,
  'portal.changed': () => 'changed the portal’s details',
  'portal.archived': () => 'archived the portal',
  'portal.restored': () => 'restored the portal',
  'portal.deleted': (of) => `deleted the portal ${of('project')} for ${of('client')}`,
  'portal.duplicated': (of) => `opened the portal as a copy of ${of('from')}`,
  'link.created': (of) => `invited ${of('contact')}`,
  'link.changed': (of) => `changed what ${of('contact')}’s link opens`,
  'link.paused': (of) => `paused ${of('contact')}’s link`,
  'link.resumed': (of) => `resumed ${of('contact')}’s link`,
  'link.replaced': (of) => `replaced ${of('contact')}’s link`,
  'link.revealed': (of) => `looked at ${of('contact')}’s link`,
  'link.sent': (of) => `sent ${of('contact')} their link again`,
  'link.deleted': (of) => `deleted ${of('contact')}’s link`,
  'link.requested': (of) => `asked for a new link for ${of('contact')}`,
  'link.opened': () => 'opened the portal',
  'email.retried': (of) => `sent an email to ${of('to')} once more`,
  'milestone.added': (of) => `added ${of('title')} to the plan`,
  'milestone.changed': (of) => `changed ${of('title')}`,
  'milestone.moved': (of) => `moved ${of('title')} ${of('from')} → ${of('to')}%`,
  'milestone.reopened': (of) => `took the approval of ${of('title')} back`,
  'milestone.deleted': (of) => `removed ${of('title')} from the plan`,
  'approval.requested': (of) => `asked for sign-off of ${of('title')}`,
  'approval.given': (of) => `approved ${of('title')}`,
  'approval.changes-asked': (of) => `asked for changes to ${of('title')}`,
  'template.saved': (of) => `saved the plan as the template ${of('name')}`,
  'template.used': (of) => `started the plan from ${of('name')}`,
  'template.deleted': (of) => `deleted the template ${of('name')}`,
  'key.created': (of) => `made the API key ${of('name')}`,
  'key.revoked': (of) => `revoked the API key ${of('name')}`,
  'invitation.sent': (of) => `sent ${of('email')} their invitation again`,
  'invitation.revoked': (of) => `withdrew the invitation of ${of('email')}`,
  'member.invited': (of) => `invited ${of('email')} to the team`,
  'member.joined': () => 'joined the team',
  'member.role-changed': (of) => `changed the role of ${of('name')}`,
  'member.removed': (of) => `removed ${of('name')} from the team`,
  'member.left': () => 'left the team',
  'ownership.transferred': (of) => `handed the organisation over to ${of('name')}`,
  'message.sent': () => 'wrote a message',
  'message.archived': (of) => `put a message of ${of('author')} away`,
  'message.restored': (of) => `brought a message of ${of('author')} back`,
  'news.stopped': () => 'turned emails about messages off',
  'news.resumed': () => 'turned emails about messages on again',
}

/** 'moved Design 80 → 100%'. A kind that a newer version wrote still says something. */
export function sentence({ kind, data }: Entry): string {
  const words = Object.entries(sentences).find(([known]) => known === kind)?.[1]
  return words ? words((name) => data[name] ?? '') : kind.replace('.', ' ')
}
