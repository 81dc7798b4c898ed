import { sql } from 'drizzle-orm'
import * as z from 'zod/mini'
import type { Ctx } from '../../ctx.ts'
import { commit, raw, type Statement } from '../../db/batch.ts'
import { email, emailEvent, type EmailState } from '../../db/schema/emails.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { isSignedBy } from '../../platform/signature.ts'
import { statesBefore } from './rules.ts'

/** One event as SendGrid posts it. https://www.twilio.com/docs/sendgrid/for-developers/tracking-events/event */
const eventInput = z.object({
  sg_event_id: z.string().check(z.minLength(1), z.maxLength(200)),
  event: z.string(),
  /** Unix seconds. */
  timestamp: z.number(),
  /** Ours; another sender of the same account may have none, or a number. */
  email_id: z.optional(z.unknown()),
  reason: z.optional(z.unknown()),
})
type SendGridEvent = z.output<typeof eventInput>

/** SendGrid tries for a day to deliver; an older body (ms) is somebody's replay. */
const OLDEST = 25 * 3_600_000

export interface Delivery {
  body: ArrayBuffer
  signature: string
  /** Unix seconds, as text: it is signed with the body. */
  timestamp: string
}

/**
 * Keeps what a delivery of the event webhook reports; the number of events that made sense. An event
 * that makes none costs none of the others.
 */
export async function receiveEvents(
  ctx: Ctx,
  delivery: Delivery,
): Promise<Result<number, 'not-genuine' | 'not-events'>> {
  const { timestamp, body } = delivery
  const age = Math.abs(ctx.now - Number(timestamp) * 1000)
  const fresh = /^\d{1,12}$/.test(timestamp) && age <= OLDEST
  const keys = ctx.settings.sendgridWebhookKeys
  if (!fresh || !(await isSignedBy(keys, delivery))) return fail('not-genuine')
  const posted = jsonOf(new TextDecoder().decode(body))
  if (!Array.isArray(posted)) return fail('not-events')
  const events = posted.flatMap((one) => {
    const parsed = z.safeParse(eventInput, one)
    return parsed.success ? [parsed.data] : []
  })
  await recordEvents(ctx, events)
  return ok(events.length)
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const textOr = <T>(value: unknown, otherwise: T): string | T =>
  typeof value === 'string' ? value : otherwise

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
async function recordEvents(ctx: Ctx, events: readonly SendGridEvent[]): Promise<void> {
  const known = JSON.stringify(
    events.map((e) => ({
      id: e.sg_event_id,
      email: textOr(e.email_id, ''),
      event: e.event,
      reason: textOr(e.reason, null)?.slice(0, 300) ?? null,
      at: Math.round(e.timestamp * 1000),
    })),
  )
  const keep = raw(sql`
    insert or ignore into ${emailEvent} (id, email_id, event, reason, at)
    select e.value ->> 'id', e.value ->> 'email', e.value ->> 'event', e.value ->> 'reason', e.value ->> 'at'
    from json_each(${known}) e`)
  await commit(ctx, [keep, ...meaning.map(([state, names]) => move(known, state, names))])
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
