import type { EmailState } from '../../db/schema/emails.ts'

const words: Record<EmailState, { tone: string; label: string }> = {
  queued: { tone: 'muted', label: 'Queued' },
  unknown: { tone: 'amber', label: 'Unconfirmed' },
  sent: { tone: 'blue', label: 'Sent' },
  delivered: { tone: 'teal', label: 'Delivered' },
  opened: { tone: 'teal', label: 'Opened' },
  bounced: { tone: 'red', label: 'Bounced' },
  failed: { tone: 'red', label: 'Failed' },
}

export const emailLabel = (state: EmailState) => words[state]
