import type { Ctx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import type { email } from '../../db/schema/emails.ts'
import type { EmailKind } from './enqueue.ts'

export type Email = typeof email.$inferSelect

export interface Composed {
  fromName: string
  /** The name of whom it goes to, where it is known. */
  toName?: string
  replyTo?: { email: string; name: string }
  subject: string
  /** Further headers of the mail, by name. */
  headers?: Record<string, string>
  html: string
  text: string
  /** Written before the mail leaves, in the batch that claims it. */
  before?: readonly Statement[]
}

/** What the mail would tell is known by now, or nobody wants to hear it: there is nothing to send. */
export interface NotNeeded {
  notNeeded: string
}

/** Renders a mail at the moment it is sent. A string says why it can't be sent any more. */
export type Compose = (ctx: Ctx, mail: Email) => Promise<Composed | NotNeeded | string>

export type Composers = Record<EmailKind, Compose>
