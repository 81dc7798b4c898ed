import { and, eq, sql } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { commit, mustChange } from '../../db/batch.ts'
import { email } from '../../db/schema/emails.ts'
import { invoice } from '../../db/schema/invoices.ts'
import { dayOf } from '../../lib/day.ts'
import { fail, ok } from '../../lib/result.ts'
import { record } from '../activity/record.ts'
import { enqueueEmail } from '../emails/enqueue.ts'
import { again, allowed, conflict, wrong, type Answer } from '../invoices/guards.ts'
import { at, invoiceById, type InvoiceItem, type InvoicePath } from '../invoices/queries.ts'
import { teamToTell } from '../milestones/recipients.ts'
import { portalIsOpen, whyNot } from '../portals/guards.ts'
import type { AnswerInvoice } from './input.ts'
import { scheduleFor } from './queries.ts'
import { afterPromise, nextReminder, promiseTrouble, remindedUntil } from './rules.ts'

/** So long (ms) a problem that is said again is the same click. */
const SAME_CLICK = 60_000
const HOUR = 3_600_000

const facts = ({ id, number }: InvoiceItem) => ({ invoice: id, number: number ?? '' })

/**
 * What a client says about an open invoice. A day on which they will pay has reminders wait until then;
 * a problem stops them. Either way the team is told, and the last word counts.
 */
export async function answerInvoice(
  ctx: TenantCtx,
  invoiceId: string,
  answer: AnswerInvoice,
): Answer {
  const { actor, organization } = ctx
  const isContact = actor.kind === 'contact'
  // Whoever holds the token of one invoice speaks about that one alone.
  const isHolder = actor.kind === 'invoiceHolder' && actor.invoiceId === invoiceId
  if (!isContact && !isHolder) return fail({ kind: 'missing' })
  const path = { portal: actor.portalId, invoice: invoiceId }
  const was = await invoiceById(ctx.db, organization.id, path)
  if (!was || was.issuedAt === null || was.dueOn === null) return fail({ kind: 'missing' })
  if (was.status !== 'open' || was.balance === 0) return conflict('invoice-settled')
  const promises = answer.kind === 'will-pay'
  if (promises) {
    const trouble = promiseTrouble(answer.on, dayOf(ctx.now, organization.timeZone))
    if (trouble !== undefined) return wrong('on', trouble)
    if (was.promisedOn === answer.on) return ok(was)
  } else if (was.problemAt !== null && ctx.now - was.problemAt < SAME_CLICK) return ok(was)
  const [team, schedule] = await Promise.all([
    teamToTell(ctx.db, organization.id),
    scheduleFor(ctx.db, organization.id),
  ])
  // Where nothing was said, or the team has seen to it, this is news; whoever changes their mind is
  // told of once an hour.
  const isNews = was.promisedOn === null && was.problemAt === null
  const told = isNews ? `at-${ctx.now}` : Math.floor(ctx.now / HOUR)
  const key = (member: string) => `invoice-answer:${was.id}:${answer.kind}:${told}:${member}`
  const written = await commit(ctx, [
    ctx.db
      .update(invoice)
      .set(
        promises
          ? {
              promisedOn: answer.on,
              problemAt: null,
              remindOn: afterPromise(was.dueOn, answer.on, schedule),
            }
          : { promisedOn: null, problemAt: ctx.now },
      )
      .where(
        and(
          at(organization.id, path),
          eq(invoice.status, 'open'),
          sql`${invoice.promisedOn} is ${was.promisedOn} and ${invoice.problemAt} is ${was.problemAt}`,
          portalIsOpen(was.portalId, organization.id),
        ),
      ),
    mustChange,
    record(ctx, {
      kind: promises ? 'invoice.will-pay' : 'invoice.problem',
      portalId: was.portalId,
      data: { ...facts(was), ...(promises ? { on: answer.on } : { note: answer.note }) },
    }),
    ...team.flatMap(({ id, email: to }) =>
      enqueueEmail(
        ctx,
        {
          kind: 'invoice-answer',
          key: key(id),
          to,
          organizationId: organization.id,
          portalId: was.portalId,
          data: { invoice: was.id, answer: answer.kind, by: actor.name },
        },
        {
          holds: sql`not exists (select 1 from ${email} where "key" = ${key(id)})`,
          otherwise: 'leave out',
        },
      ),
    ),
  ])
  const now = await again(ctx, path)
  if (written.ok || !now.ok) return now
  const said = promises ? now.value.promisedOn === answer.on : now.value.problemAt !== null
  if (said) return now
  return now.value.status === 'open'
    ? fail(await whyNot(ctx, was.portalId))
    : conflict('invoice-settled')
}

/** The team has seen to what a client answered: reminders go on with the next day of the schedule. */
export async function clearAnswer(ctx: TenantCtx, path: InvoicePath): Answer {
  const found = await allowed(ctx, 'invoice.remind', path)
  if (!found.ok) return found
  const was = found.value
  if (was.promisedOn === null && was.problemAt === null) return found
  const schedule = await scheduleFor(ctx.db, ctx.organization.id)
  const until = remindedUntil(ctx.now, ctx.organization.timeZone, schedule.hour)
  const remindOn = was.dueOn === null ? null : nextReminder(was.dueOn, schedule, until)
  await commit(ctx, [
    ctx.db
      .update(invoice)
      .set({ promisedOn: null, problemAt: null, remindOn })
      .where(
        and(
          at(ctx.organization.id, path),
          sql`${invoice.promisedOn} is ${was.promisedOn} and ${invoice.problemAt} is ${was.problemAt}`,
        ),
      ),
    mustChange,
    record(ctx, { kind: 'invoice.answer-cleared', portalId: was.portalId, data: facts(was) }),
  ])
  return again(ctx, path)
}
