import { sql, type SQL } from 'drizzle-orm'
import type { Ctx } from '../../ctx.ts'
import { mustChange, raw, type Statement } from '../../db/batch.ts'
import { email } from '../../db/schema/emails.ts'
import { job } from '../../db/schema/jobs.ts'
import { newId } from '../../lib/id.ts'
import { enqueue } from '../jobs/enqueue.ts'

export type EmailKind =
  | 'sign-in'
  | 'link'
  | 'link-request'
  | 'invitation'
  | 'messages'
  | 'approval'
  | 'reminder'
  | 'invoice-answer'
  | 'invoice'
  | 'receipt'
  | 'payment-trouble'

export interface NewEmail {
  kind: EmailKind
  /** What the mail is for; a second one for the same thing can't be written. */
  key: string
  to: string
  organizationId: string | null
  portalId?: string
  linkId?: string
  /** Non-secret facts; tokens and the text itself are made when it is sent. */
  data?: Record<string, string>
}

/**
 * A condition in SQL, judged inside the batch, under which a mail is written. A false one rolls the
 * whole batch back, or only leaves this mail out.
 */
export interface When {
  holds: SQL
  otherwise: 'roll back' | 'leave out'
}

/** The statements that put a mail and the job that sends it into the verb's batch. */
export function enqueueEmail(ctx: Ctx, mail: NewEmail, when?: When): Statement[] {
  const id = newId(ctx.now)
  const insert = raw(sql`
    insert into ${email} (id, organization_id, portal_id, link_id, "key", kind, "to", data, state, state_at, created_at)
    select ${id}, ${mail.organizationId}, ${mail.portalId ?? null}, ${mail.linkId ?? null}, ${mail.key},
      ${mail.kind}, ${mail.to}, ${JSON.stringify(mail.data ?? {})}, 'queued', ${ctx.now}, ${ctx.now}
    where ${when?.holds ?? sql`true`}`)
  const send = enqueue(ctx, {
    kind: 'email.send',
    key: `email:${id}`,
    organizationId: mail.organizationId,
    data: { email: id },
  })
  // A job whose mail was left out finds none and is done.
  return when?.otherwise === 'roll back' ? [insert, mustChange, send] : [insert, send]
}

export interface NewEmails {
  kind: EmailKind
  /** What each key begins with; the contact's id ends it. */
  key: string
  organizationId: string
  portalId: string
  data: Record<string, string>
}

/** Whom one batch mails at most. */
const MOST_RECIPIENTS = 50

/**
 * The same for as many people as `recipients` finds inside the batch, be they none: a query for
 * `contact_id`, `link_id` and `to`. Who has a mail of that key already gets no second one.
 */
export function enqueueEmails(ctx: Ctx, mails: NewEmails, recipients: SQL): Statement[] {
  ctx.enqueued = true
  const { kind, key, organizationId, portalId, data } = mails
  const ids = JSON.stringify(Array.from({ length: MOST_RECIPIENTS }, () => newId(ctx.now)))
  return [
    raw(sql`
      insert into ${email} (id, organization_id, portal_id, link_id, "key", kind, "to", data, state, state_at, created_at)
      select ids.value, ${organizationId}, ${portalId}, who.link_id, ${key} || ':' || who.contact_id,
        ${kind}, who."to", ${JSON.stringify(data)}, 'queued', ${ctx.now}, ${ctx.now}
      from (select *, row_number() over (order by contact_id) as place from (${recipients})) who
      join json_each(${ids}) ids on ids.key = who.place - 1
      where true
      on conflict do nothing`),
    // A job of each mail that was written, by the mail's own id.
    raw(sql`
      insert into ${job} (id, kind, "key", organization_id, data, next_at, created_at)
      select id, 'email.send', 'email:' || id, organization_id, json_object('email', id), ${ctx.now}, ${ctx.now}
      from ${email} where id in (select value from json_each(${ids}))`),
  ]
}

interface Counted {
  to: string
  kind: EmailKind
  now: number
  /** Counts only mails whose data say so: what strangers caused, beside what the team sent. */
  occasion?: string
}

/** True while fewer than `most` mails of a kind went to an address within the last `window` ms. */
export function fewerThan(most: number, window: number, { to, kind, now, occasion }: Counted): SQL {
  const alike = occasion === undefined ? sql`true` : sql`data ->> 'occasion' = ${occasion}`
  return sql`(
    select count(*) from (
      select 1 from ${email} where "to" = ${to} and kind = ${kind}
      and created_at > ${now - window} and ${alike} limit ${most}
    )) < ${most}`
}

/** True while an organisation sent fewer than `most` mails of a kind within the last `window` ms. */
export function fewerFrom(
  most: number,
  window: number,
  { organizationId, kind, now }: { organizationId: string; kind: EmailKind; now: number },
): SQL {
  return sql`(
    select count(*) from (
      select 1 from ${email} where organization_id = ${organizationId} and id > ${newId(now - window)}
      and kind = ${kind} limit ${most}
    )) < ${most}`
}
