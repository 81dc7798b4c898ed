import { sql } from 'drizzle-orm'
import { raw, type Statement } from '../../db/batch.ts'
import {
  invoice,
  invoiceKey,
  owed,
  owedDay,
  payment,
  received,
  receivedMonth,
} from '../../db/schema/invoices.ts'
import { portal } from '../../db/schema/portals.ts'

const asked = sql`from ${invoice} where status = 'open' and balance > 0`

/**
 * What is stored about invoices for speed, made anew from its sources. Triggers keep it; a test holds
 * the two against each other, and whoever mends a database by hand can run these. An invoice's own sums
 * are made anew by `settle`.
 */
export const rebuild: readonly Statement[] = [
  raw(sql`delete from ${owed}`),
  raw(sql`
    insert into ${owed} (organization_id, portal_id, currency, due_on, amount)
    select organization_id, portal_id, currency, due_on, sum(balance) ${asked} group by 1, 2, 3, 4`),
  raw(sql`delete from ${owedDay}`),
  raw(sql`
    insert into ${owedDay} (organization_id, currency, due_on, amount, invoices)
    select organization_id, currency, due_on, sum(balance), count(*) ${asked} group by 1, 2, 3`),
  raw(sql`
    update ${portal} set outstanding = (
      select coalesce(sum(amount), 0) from ${owed} where portal_id = portal.id)`),
  raw(sql`
    update ${portal} set invoices = (select count(*) from ${invoice} where portal_id = portal.id)`),
  // The months last: a trigger adds to them whatever is written of days.
  raw(sql`delete from ${received}`),
  raw(sql`
    insert into ${received} (organization_id, currency, day, amount)
    select organization_id, currency, received_on, sum(iif(kind = 'payment', amount, -amount))
    from ${payment} where state = 'succeeded' group by 1, 2, 3`),
  raw(sql`delete from ${receivedMonth}`),
  raw(sql`
    insert into ${receivedMonth} (organization_id, month, currency, amount)
    select organization_id, substr(day, 1, 7), currency, sum(amount) from ${received} group by 1, 2, 3`),
  raw(sql`delete from invoice_search`),
  raw(sql`
    insert into invoice_search
      (rowid, organization, portal, state, currency, due, number, client, project, buyer)
    select k."key", replace(i.organization_id, '-', ''), replace(i.portal_id, '-', ''),
      i.status || iif(i.status = 'open' and i.balance > 0, ' owed', '')
        || iif(i.problem_at is null, '', ' problem'),
      i.currency, replace(coalesce(i.due_on, ''), '-', ''), coalesce(i.number, ''),
      p.client, p.project, coalesce(json_extract(i.buyer, '$.name'), '')
    from ${invoiceKey} k
    join ${invoice} i on i.id = k.invoice_id
    join ${portal} p on p.id = i.portal_id`),
]
