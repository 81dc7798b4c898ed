/** What a portal's clients may read of its activity; all else stays in the team. */
const forClients = [
  'milestone.added',
  'milestone.moved',
  'milestone.reopened',
  'milestone.deleted',
  'approval.requested',
  'approval.given',
  'approval.changes-asked',
  'template.used',
  'message.sent',
  'file.uploaded',
  'request.opened',
  'request.closed',
  'request.reopened',
  'invoice.issued',
  'invoice.voided',
  'invoice.credited',
  'payment.recorded',
  'payment.received',
  'payment.failed',
] as const

export type ClientKind = (typeof forClients)[number]

export const isForClients = (kind: string): boolean => forClients.some((known) => known === kind)
