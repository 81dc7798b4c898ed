import type { Statement } from '../../src/db/batch.ts'
import { env } from 'cloudflare:workers'

/** What is stored of invoices for speed, and the same reckoned anew from its sources. */
export interface Kept {
  outstanding: unknown[]
  owed: unknown[]
  owedDay: unknown[]
  receivedMonth: unknown[]
  search: unknown[]
  received: unknown[]
  invoices: unknown[]
}

const rows = async (sql: string) => (await env.DB.prepare(sql).all()).results

export const stored = async (): Promise<Kept> => ({
  outstanding: await rows('select id, outstanding, invoices from portal order by id'),
  owed: await rows(
    `select organization_id as organization, portal_id as portal, currency, due_on as due, amount
    from owed order by 1, 2, 3, 4`,
  ),
  owedDay: await rows(
    `select organization_id as organization, currency, due_on as due, amount, invoices
    from owed_day order by 1, 2, 3`,
  ),
  receivedMonth: await rows(
    `select organization_id as organization, month, currency, amount
    from received_month where amount <> 0 order by 1, 2, 3`,
  ),
  search: await rows(
    `select k.invoice_id as id, organization, portal, state, s.currency, due, s.number, client, project, buyer
    from invoice_search s left join invoice_key k on k.key = s.rowid order by 1`,
  ),
  received: await rows(
    `select organization_id as organization, currency, day, amount from received order by 1, 2, 3`,
  ),
  invoices: await rows(
    `select id, paid, refunded, reversed, credited, pending, paid_on as paidOn from invoice where status <> 'draft' order by id`,
  ),
})

export const reckoned = async (): Promise<Kept> => ({
  outstanding: await rows(
    `select id, (select coalesce(sum(balance), 0) from invoice i where i.portal_id = p.id and i.status = 'open')
      as outstanding, (select count(*) from invoice i where i.portal_id = p.id) as invoices
    from portal p order by id`,
  ),
  owed: await rows(
    `select organization_id as organization, portal_id as portal, currency, due_on as due, sum(balance) as amount
    from invoice where status = 'open' and balance > 0 group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  ),
  owedDay: await rows(
    `select organization_id as organization, currency, due_on as due, sum(balance) as amount, count(*) as invoices
    from invoice where status = 'open' and balance > 0 group by 1, 2, 3 order by 1, 2, 3`,
  ),
  receivedMonth: await rows(
    `select organization_id as organization, substr(received_on, 1, 7) as month, currency,
      sum(case kind when 'payment' then amount else -amount end) as amount
    from payment where state = 'succeeded' group by 1, 2, 3
    having sum(case kind when 'payment' then amount else -amount end) <> 0 order by 1, 2, 3`,
  ),
  search: await rows(
    `select i.id, replace(i.organization_id, '-', '') as organization, replace(i.portal_id, '-', '') as portal,
      i.status || case when i.status = 'open' and i.balance > 0 then ' owed' else '' end
        || case when i.problem_at is null then '' else ' problem' end as state,
      i.currency, replace(coalesce(i.due_on, ''), '-', '') as due, coalesce(i.number, '') as number,
      p.client, p.project, json_extract(i.buyer, '$.name') as buyer
    from invoice i join portal p on p.id = i.portal_id order by 1`,
  ),
  received: await rows(
    `select organization_id as organization, currency, received_on as day,
      sum(case kind when 'payment' then amount else -amount end) as amount
    from payment where state = 'succeeded' group by 1, 2, 3 order by 1, 2, 3`,
  ),
  invoices: await invoicesReckoned(),
})

/** In the order in which all of it happened: money that comes before money that goes. */
interface Happened {
  kind: 'payment' | 'refund' | 'reversal' | 'credit-note'
  amount: number
  at: number
  day: string
}

/**
 * The day on which an invoice was paid, told again plainly from its issue on: that of the last payment
 * or credit note it had by then, or of its issue where none was needed. A reversal that leaves too little asks for it again.
 */
function paidOn(total: number, issuedOn: string, happened: readonly Happened[]): string | null {
  let held = 0
  let latest: string | null = null
  let paid = total === 0 ? issuedOn : null
  for (const { kind, amount, day } of happened) {
    const comes = kind === 'payment' || kind === 'credit-note'
    held += comes ? amount : -amount
    if (comes && (latest === null || day > latest)) latest = day
    if (held >= total) paid ??= latest ?? issuedOn
    else if (kind === 'reversal') paid = null
  }
  return paid
}

async function invoicesReckoned(): Promise<unknown[]> {
  const told = await env.DB.prepare(
    `select id, status, total, issued_on as issuedOn, (
      select json_group_array(json_object('kind', kind, 'amount', amount, 'at', at, 'day', day)) from (
        select kind, amount, created_at as at, received_on as day, kind in ('refund', 'reversal') as goes,
          kind = 'reversal' as takes
        from payment where invoice_id = i.id and state = 'succeeded'
        union all
        select 'credit-note', amount, created_at, issued_on, 0, 0 from credit_note where invoice_id = i.id
        order by at, goes, takes)) as happened
    from invoice i where status <> 'draft' order by id`,
  ).all<{ id: string; status: string; total: number; issuedOn: string; happened: string }>()
  const days = new Map(
    told.results.map(({ id, status, total, issuedOn, happened }) => [
      id,
      status === 'void' ? null : paidOn(total, issuedOn, JSON.parse(happened)),
    ]),
  )
  const sums = await env.DB.prepare(
    `select id,
      (select coalesce(sum(amount), 0) from payment where invoice_id = i.id and state = 'succeeded' and kind = 'payment') as paid,
      (select coalesce(sum(amount), 0) from payment where invoice_id = i.id and state = 'succeeded' and kind = 'refund') as refunded,
      (select coalesce(sum(amount), 0) from payment where invoice_id = i.id and state = 'succeeded' and kind = 'reversal') as reversed,
      (select coalesce(sum(amount), 0) from credit_note where invoice_id = i.id) as credited,
      (select coalesce(sum(amount), 0) from payment where invoice_id = i.id and state = 'pending' and kind = 'payment') as pending
    from invoice i where status <> 'draft' order by id`,
  ).all<{ id: string }>()
  for (const row of sums.results) Object.assign(row, { paidOn: days.get(row.id) })
  return sums.results
}

/** Runs a statement of ours past every verb. */
export async function run(statement: Statement): Promise<void> {
  const { sql, params } = statement.toSQL()
  await env.DB.prepare(sql)
    .bind(...params)
    .run()
}
