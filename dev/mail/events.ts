import type { EventKind, Message } from './message.ts'

const details: Record<EventKind, Record<string, string | boolean | number>> = {
  delivered: { ip: '127.0.0.1', response: '250 2.0.0 OK', tls: 1 },
  bounce: {
    ip: '127.0.0.1',
    type: 'bounce',
    bounce_classification: 'Invalid Address',
    reason: '550 5.1.1 The email account that you tried to reach does not exist.',
    status: '5.1.1',
    tls: 1,
  },
  open: { ip: '127.0.0.1', useragent: 'Mozilla/5.0 (local inbox)', sg_machine_open: false },
}

/** https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event */
export function eventBody(message: Message, kind: EventKind, now: number): string {
  const event = {
    ...message.customArgs,
    email: message.to,
    timestamp: Math.floor(now / 1000),
    'smtp-id': message.messageId,
    event: kind,
    ...(message.categories.length > 0 && { category: message.categories }),
    sg_event_id: crypto.randomUUID(),
    sg_message_id: `${message.sendId}.recvd-local-${message.id}.0`,
    ...details[kind],
  }
  // SendGrid ends the body with a line break, which is part of what it signs.
  return `[${JSON.stringify(event)}]\r\n`
}

/** Addresses that bounce by themselves: bounce@, bounce+anything@, bounces@ and *@bounce.example. */
export function outcomeFor(address: string): EventKind {
  return /^bounce[^@]*@|@bounce\.example$/i.test(address) ? 'bounce' : 'delivered'
}
