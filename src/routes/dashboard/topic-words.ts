import type { Topic } from '../../db/schema/activity.ts'

/** What a topic is called where people choose one. */
export const topicWords: Record<Topic, string> = {
  portals: 'Portals',
  links: 'Access links',
  milestones: 'Milestones',
  messages: 'Messages',
  files: 'Files',
  invoices: 'Invoices',
  team: 'Team',
  settings: 'Settings',
}
