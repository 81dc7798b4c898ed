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

const kinds: Record<string, string> = {
  link: 'Portal link',
  approval: 'Sign-off of a milestone',
  'link-request': 'Client asks for a new link',
  messages: 'News of a portal',
  reminder: 'Reminder of an invoice',
  'invoice-answer': 'Client answers an invoice',
  invoice: 'Invoice',
  receipt: 'Receipt',
  'payment-trouble': 'Dispute, or a debit that failed',
  invitation: 'Invitation to the team',
  'sign-in': 'Sign-in link',
}

export const emailKind = (kind: string): string => kinds[kind] ?? kind

/** How long (ms) a mail without an answer yet is simply on its way; longer is worth a look. */
const IN_FLIGHT = 30_000

export const emailLabel = (mail: { state: EmailState; at: number; now: number }) =>
  mail.state === 'unknown' && mail.now - mail.at < IN_FLIGHT
    ? { tone: 'muted', label: 'Sending' }
    : words[mail.state]
