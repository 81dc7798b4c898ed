/** What a portal's clients may read of its activity; all else stays in the team. */
const forClients: ReadonlySet<string> = new Set([
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
  'file.deleted',
  'file.restored',
  'request.opened',
  'request.closed',
  'request.reopened',
  'invoice.issued',
  'invoice.voided',
  'invoice.credited',
  'payment.recorded',
])

export const isForClients = (kind: string): boolean => forClients.has(kind)
