import { sql } from 'drizzle-orm'
import { raw, type Statement } from '../../db/batch.ts'
import { creditNote, invoice, payment } from '../../db/schema/invoices.ts'
import { organization } from '../../db/schema/organizations.ts'
import { nextDay, scheduleOf } from '../reminders/plan.ts'

/**
 * Brings an invoice's stored sums and standing up to its ledger and credit notes; it belongs into the
 * batch of every entry, behind it. All is counted anew inside the batch, so two entries at once both
 * count. The rules in ledger.ts say the same. Run for any invoice, it also rebuilds them.
 */
export function settle(invoiceId: string, { reopens = false } = {}): Statement {
  const sums = sql`
    select sum(iif(kind = 'payment' and state = 'succeeded', amount, 0)) as paid,
      sum(iif(kind = 'refund' and state = 'succeeded', amount, 0)) as refunded,
      sum(iif(kind = 'reversal' and state = 'succeeded', amount, 0)) as reversed,
      sum(iif(kind = 'payment' and state = 'pending', amount, 0)) as pending,
      max(iif(kind = 'payment' and state = 'succeeded', received_on, null)) as last
    from ${payment} where invoice_id = ${invoiceId}`
  const notes = sql`
    select coalesce(sum(amount), 0) as credited from ${creditNote} where invoice_id = ${invoiceId}`
  const counted = sql`
    select before.status, before.due_on, before.paid as had, before.organization_id, before.promised_on,
      before.problem_at, before.remind_on, before.repeatable, before.paid_on, before.issued_on, sums.last,
      coalesce(sums.pending, 0) as pending, coalesce(sums.paid, 0) as paid,
      coalesce(sums.refunded, 0) as refunded, coalesce(sums.reversed, 0) as reversed, notes.credited,
      coalesce(sums.paid - sums.refunded - sums.reversed, 0) as net,
      before.total - notes.credited as owed
    from ${invoice} before, (${sums}) sums, (${notes}) notes where before.id = ${invoiceId}`
  const moved = sql`
    select *, case
      when status = 'open' and net >= owed then 'paid'
      when status = 'paid' and net < owed and ${reopens} then 'open'
      else status end as now
    from (${counted})`
  // Money says more than what a client answered: with some of it a promise is over, with all of it a problem.
  const next = nextDay(sql`due_on`, scheduleOf('o'), sql`last`)
  const kept = sql`(promised_on is null or paid <= had)`
  return raw(sql`
    update ${invoice} set version = version + 1,
      (paid, refunded, reversed, credited, pending, promised_on, problem_at, remind_on, status, paid_on,
        balance, credit) = (
        select paid, refunded, reversed, credited, pending, iif(${kept}, promised_on, null),
          iif(now = 'paid', null, problem_at),
          iif(${kept}, remind_on, (select ${next} from ${organization} o where o.id = organization_id)), now,
          iif(now = 'paid', coalesce(paid_on, last, issued_on), null),
          iif(now = 'open', max(0, owed - net), 0),
          case when repeatable or now = 'draft' then 0 when now = 'void' then max(0, net)
            else max(0, net - owed) end
        from (${moved}))
    where id = ${invoiceId}`)
}
