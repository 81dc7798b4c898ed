import { sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { Ctx } from '../../ctx.ts'
import { commit, raw, type Statement } from '../../db/batch.ts'
import { email, emailEvent, type EmailState } from '../../db/schema/emails.ts'
import { statesBefore } from './rules.ts'

/** One event as SendGrid posts it. https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event */
const event = z.object({
  sg_event_id: z.string().check(z.minLength(1), z.maxLength(200)),
  event: z.string(),
  /** Unix seconds. */
  timestamp: z.number(),
  email_id: z.optional(z.string()),
  reason: z.optional(z.string()),
})
export const eventsInput = z.array(event)

/** In the order in which they are applied, so that one delivery with several ends at the last word. */
const meaning: readonly (readonly [state: EmailState, events: readonly string[]])[] = [
  ['sent', ['processed']],
  ['delivered', ['delivered']],
  ['bounced', ['bounce']],
  ['failed', ['dropped']],
  ['opened', ['open', 'click']],
]

/**
 * Keeps every event once and moves the mails they speak of, in one batch whatever their number. An
 * event is kept by its own id, so a replay, and any order of arrival, changes nothing.
 */
export async function recordEvents(ctx: Ctx, events: z.output<typeof eventsInput>): Promise<void> {
  const known = JSON.stringify(
    events.map((e) => ({
      id: e.sg_event_id,
      email: e.email_id ?? '',
      event: e.event,
      reason: e.reason?.slice(0, 300) ?? null,
      at: Math.round(e.timestamp * 1000),
    })),
  )
  const keep = raw(sql`
    insert or ignore into ${emailEvent} (id, email_id, event, reason, at)
    select e.value ->> 'id', e.value ->> 'email', e.value ->> 'event', e.value ->> 'reason', e.value ->> 'at'
    from json_each(${known}) e`)
  await commit(ctx.db, [keep, ...meaning.map(([state, names]) => move(known, state, names))])
}

function move(known: string, state: EmailState, names: readonly string[]): Statement {
  return raw(sql`
    update ${email} set state = ${state}, state_at = e.at, reason = e.reason
    from (
      select value ->> 'email' as email, min(value ->> 'at') as at, value ->> 'reason' as reason
      from json_each(${known})
      where value ->> 'event' in (select value from json_each(${JSON.stringify(names)}))
      group by 1
    ) e
    where email.id = e.email
    and email.state in (select value from json_each(${JSON.stringify(statesBefore(state))}))`)
}
