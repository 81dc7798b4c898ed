import { sql } from 'drizzle-orm'
import { raw, type Statement } from '../../db/batch.ts'
import { creditNote, invoice, payment } from '../../db/schema/invoices.ts'
import { organization } from '../../db/schema/organizations.ts'
import { nextDay, scheduleOf } from '../reminders/plan.ts'

/**
 * Brings an invoice's stored sums and standing up to its ledger and credit notes; it belongs into the
 * batch of every entry, behind it. All is counted anew inside the batch, so two entries at once both
 * count. How it stands is told again from the first entry on, in the order in which they happened and
 * not in which they were written: Stripe's news come in any. `standingAfter` in ledger.ts says the
 * same. Where nothing was to be paid, that was so at issue, whatever came later. Run for any invoice,
 * it also rebuilds them.
 *
 * `today` is where the organisation is, for the reminders: after a part of the money, and when it went
 * back, they go on with a day of the schedule that is still to come, whatever was missed meanwhile.
 */
export function settle(invoiceId: string, today = ''): Statement {
  const sums = sql`
    select coalesce(sum(iif(kind = 'payment' and state = 'succeeded', amount, 0)), 0) as paid,
      coalesce(sum(iif(kind = 'refund' and state = 'succeeded', amount, 0)), 0) as refunded,
      coalesce(sum(iif(kind = 'reversal' and state = 'succeeded', amount, 0)), 0) as reversed,
      coalesce(sum(iif(kind = 'payment' and state = 'pending', amount, 0)), 0) as pending,
      max(iif(state = 'succeeded', received_on, '')) as latest
    from ${payment} where invoice_id = ${invoiceId}`
  const notes = sql`
    select coalesce(sum(amount), 0) as credited from ${creditNote} where invoice_id = ${invoiceId}`
  const happened = sql`
    select created_at as at, case kind when 'payment' then 0 when 'refund' then 1 else 2 end as turn,
      kind = 'reversal' as takes, iif(kind = 'payment', amount, -amount) as change,
      iif(kind = 'payment', received_on, null) as day
    from ${payment} where invoice_id = ${invoiceId} and state = 'succeeded'
    union all
    select created_at, 0, 0, amount, issued_on from ${creditNote} where invoice_id = ${invoiceId}`
  const told = sql`
    select takes, row_number() over steps as step, sum(change) over steps as held,
      max(day) over steps as last
    from (${happened}) window steps as (order by at, turn rows unbounded preceding)`
  const reopened = sql`
    select coalesce(max(step), 0) from told where takes and held < (select total from before)`
  const counted = sql`
    with before as (select * from ${invoice} where id = ${invoiceId}), told as (${told}),
      settled as (
        select step, last from told where held >= (select total from before) and step > (${reopened})
        order by step limit 1)
    select before.status, before.due_on, before.paid as had, before.organization_id,
      before.promised_on, before.problem_at, before.remind_on, before.repeatable, before.issued_on,
      before.total - notes.credited as owed,
      sums.*, notes.credited, sums.paid - sums.refunded - sums.reversed as net,
      iif(before.total = 0 and (${reopened}) = 0, null, (select last from settled)) as last,
      exists (select 1 from settled) or before.total = 0 and (${reopened}) = 0 as is_settled
    from before, (${sums}) sums, (${notes}) notes`
  const moved = sql`
    select *, case when status in ('draft', 'void') then status when is_settled then 'paid'
      else 'open' end as now
    from (${counted})`
  // Money says more than what a client answered: with some of it a promise is over, with all of it a problem.
  const next = nextDay(sql`due_on`, scheduleOf('o'), sql`max(coalesce(latest, ''), ${today})`)
  const kept = sql`(promised_on is null or paid <= had)`
  const reopens = sql`(status = 'paid' and now = 'open')`
  return raw(sql`
    update ${invoice} set version = version + 1,
      (paid, refunded, reversed, credited, pending, promised_on, problem_at, remind_on, status, paid_on,
        balance, credit) = (
        select paid, refunded, reversed, credited, pending, iif(${kept}, promised_on, null),
          iif(now = 'paid', null, problem_at),
          iif(${kept} and not ${reopens}, remind_on, (select ${next} from ${organization} o where o.id = organization_id)), now,
          iif(now = 'paid', coalesce(last, issued_on), null),
          iif(now = 'open', max(0, owed - net), 0),
          case when repeatable or now = 'draft' then 0 when now = 'void' then max(0, net)
            else max(0, net - owed) end
        from (${moved}))
    where id = ${invoiceId}`)
}
