export const kinds = ['delivered', 'bounce', 'open'] as const
export type EventKind = (typeof kinds)[number]

export interface SentEvent {
  kind: EventKind
  /** Milliseconds UTC, as every instant here. */
  at: number
  /** What the app answered, or null when it could not be reached. */
  status: number | null
}

/** One mail to one person: a send to three people is three of these. */
export interface Message {
  id: string
  /** SendGrid's name for the send, as in X-Message-Id. */
  sendId: string
  /** The Message-ID header. */
  messageId: string
  to: string
  toName: string | null
  from: string
  fromName: string | null
  replyTo: string | null
  subject: string
  text: string | null
  html: string | null
  headers: Record<string, string>
  customArgs: Record<string, string>
  categories: string[]
  /** SendGrid tracks clicks unless a mail says otherwise, and that rewrites its links. */
  clickTracking: boolean
  at: number
  events: SentEvent[]
}
