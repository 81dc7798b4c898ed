import type { Claim } from './db/batch.ts'
import type { Database } from './db/client.ts'
import type { Role } from './db/schema/organizations.ts'
import type { Scope } from './db/schema/links.ts'
import type { Settings } from './env.ts'
import type { Clock } from './lib/day.ts'

/** Who a verb acts for. A new kind is a compile error wherever actors are told apart. */
export type Actor =
  | { kind: 'member'; id: string; userId: string; name: string; email: string; role: Role }
  | { kind: 'apiKey'; id: string; name: string; role: Role }
  | { kind: 'contact'; id: string; linkId: string; portalId: string; name: string; scope: Scope }
  /** Whoever holds the token of one invoice's mail, which may have been forwarded. */
  | { kind: 'invoiceHolder'; id: string; portalId: string; invoiceId: string; name: string }
  | { kind: 'person'; userId: string; name: string; email: string }
  | { kind: 'stranger' }
  | { kind: 'sendgrid' }
  | { kind: 'stripe' }
  | { kind: 'cron' }

export interface Organization extends Clock {
  id: string
  slug: string
  name: string
  currency: string
  accent: string | null
  logo: string | null
  /** Days a new link lives; null for links without an end. */
  linkDays: number | null
}

/** What every verb is handed. `now` is milliseconds UTC; verbs and rules never read the clock. */
export interface Ctx {
  db: Database
  settings: Settings
  now: number
  actor: Actor
  /** Set by `jobs/enqueue`, so that what was enqueued runs right after the response. */
  enqueued: boolean
  /** Set by `idempotency/once` while it runs a verb; `commit` writes it with the verb's change. */
  claim?: Claim | undefined
}

/** Inside one organisation; every query it makes carries the organisation's id. */
export interface TenantCtx extends Ctx {
  organization: Organization
}
