import { asc, desc, eq, isNotNull, lt } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { email, needsAttention } from '../../db/schema/emails.ts'
import { job } from '../../db/schema/jobs.ts'
import { organization } from '../../db/schema/organizations.ts'
import { LATE } from './rules.ts'

/** How many of each are shown; whoever has mended those sees the next. */
export const MOST = 50

const shownJob = {
  id: job.id,
  organization: organization.name,
  kind: job.kind,
  attempts: job.attempts,
  error: job.error,
  nextAt: job.nextAt,
  heldUntil: job.heldUntil,
  createdAt: job.createdAt,
}

const shownEmail = {
  id: email.id,
  organization: organization.name,
  kind: email.kind,
  to: email.to,
  state: email.state,
  stateAt: email.stateAt,
  reason: email.reason,
}

interface OfOrganization {
  /** Null for what belongs to a person, as a sign-in mail does. */
  organization: string | null
}
export type StuckJob = Pick<
  typeof job.$inferSelect,
  Exclude<keyof typeof shownJob, 'organization'>
> &
  OfOrganization
export type StuckEmail = Pick<
  typeof email.$inferSelect,
  Exclude<keyof typeof shownEmail, 'organization'>
> &
  OfOrganization

export interface Stuck {
  /** Oldest first. */
  jobs: StuckJob[]
  /** Newest first. */
  emails: StuckEmail[]
}

/** What doesn't move, across all organisations, in one trip: jobs that failed or wait, and lost mails. */
export async function whatIsStuck(db: Database, now: number): Promise<Stuck> {
  const jobs = () =>
    db.select(shownJob).from(job).leftJoin(organization, eq(organization.id, job.organizationId))
  const [failed, late, emails] = await db.batch([
    jobs().where(isNotNull(job.error)).orderBy(asc(job.id)).limit(MOST),
    jobs()
      .where(lt(job.nextAt, now - LATE))
      .orderBy(asc(job.nextAt))
      .limit(MOST),
    db
      .select(shownEmail)
      .from(email)
      .leftJoin(organization, eq(organization.id, email.organizationId))
      .where(needsAttention(email))
      .orderBy(desc(email.id))
      .limit(MOST),
  ])
  const known = new Map([...failed, ...late].map((one) => [one.id, one]))
  const oldestFirst = [...known.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  return { jobs: oldestFirst, emails }
}
