import { and, inArray, lt, sql } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { commit } from '../../db/batch.ts'
import { session, verification } from '../../db/schema/accounts.ts'
import { email, emailEvent } from '../../db/schema/emails.ts'
import { idempotency } from '../../db/schema/idempotency.ts'
import { invitation } from '../../db/schema/members.ts'
import { newId } from '../../lib/id.ts'
import { KEPT as KEPT_KEYS } from '../idempotency/rules.ts'
import { purgeStripe } from '../payments/events.ts'

const DAY = 86_400_000

/** How long (ms) sign-in mails, mail events, and invitations that ran out are kept. */
const KEPT = 30 * DAY

/** What one purge takes from each table; the rest is tomorrow's. */
const MOST = 5000

/** A program may write thousands of these a day, and they are small. */
const MOST_KEYS = 50_000

/**
 * Takes away what has ended: sessions, spent sign-in links, invitations nobody took, old bookkeeping
 * about mails and calls.
 */
export async function purge(ctx: Ctx): Promise<void> {
  const { db } = ctx
  const now = new Date(ctx.now)
  const before = ctx.now - KEPT
  const sessions = db
    .select({ id: session.id })
    .from(session)
    .where(lt(session.expiresAt, now))
    .limit(MOST)
  const links = db
    .select({ id: verification.id })
    .from(verification)
    .where(lt(verification.expiresAt, now))
    .limit(MOST)
  const events = db
    .select({ id: emailEvent.id })
    .from(emailEvent)
    .where(lt(emailEvent.at, before))
    .limit(MOST)
  const signIns = db
    .select({ id: email.id })
    .from(email)
    .where(and(sql`${email.organizationId} is null`, lt(email.createdAt, before)))
    .limit(MOST)
  // By the id first, which sorts by age: one that ran out before then was written before then.
  const invitations = db
    .select({ id: invitation.id })
    .from(invitation)
    .where(and(lt(invitation.id, newId(before)), lt(invitation.expiresAt, before)))
    .limit(MOST)
  await commit(ctx, [
    db.delete(session).where(inArray(session.id, sessions)),
    db.delete(verification).where(inArray(verification.id, links)),
    db.delete(emailEvent).where(inArray(emailEvent.id, events)),
    db.delete(email).where(inArray(email.id, signIns)),
    db.delete(invitation).where(inArray(invitation.id, invitations)),
    ...purgeStripe(ctx.now),
    db.delete(idempotency).where(
      sql`rowid in (
        select rowid from ${idempotency} where created_at <= ${ctx.now - KEPT_KEYS} limit ${MOST_KEYS})`,
    ),
  ])
}
