import type { Topic } from '../../db/schema/activity.ts'
import type { ActivityKind } from './kinds.ts'

type Beginning<Kind> = Kind extends `${infer First}.${string}` ? First : never

/** By how a kind begins. A new beginning is a compile error until it has its topic. */
const topicByBeginning: Record<Beginning<ActivityKind>, Topic> = {
  portal: 'portals',
  link: 'links',
  email: 'links',
  milestone: 'milestones',
  approval: 'milestones',
  template: 'milestones',
  message: 'messages',
  news: 'messages',
  file: 'files',
  request: 'files',
  invoice: 'invoices',
  payment: 'invoices',
  member: 'team',
  invitation: 'team',
  ownership: 'team',
  organization: 'settings',
  key: 'settings',
  stripe: 'settings',
}

export function topicOf(kind: ActivityKind): Topic {
  const [beginning] = kind.split('.')
  const found = Object.entries(topicByBeginning).find(([name]) => name === beginning)
  return found?.[1] ?? 'portals'
}
