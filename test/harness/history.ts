import type { Statement } from '../../src/db/batch.ts'
import { env } from 'cloudflare:workers'

/** What is stored of invoices for speed, and the same reckoned anew from its sources. */
export interface Kept {
  outstanding: unknown[]
  owed: unknown[]
  received: unknown[]
  invoices: unknown[]
}

const rows = async (sql: string) => (await env.DB.prepare(sql).all()).results

export const stored = async (): Promise<Kept> => ({
  outstanding: await rows('select id, outstanding from portal order by id'),
  owed: await rows(
    `select organization_id as organization, portal_id as portal, currency, due_on as due, amount
    from owed order by 1, 2, 3, 4`,
  ),
  received: await rows(
    `select organization_id as organization, currency, day, amount from received order by 1, 2, 3`,
  ),
  invoices: await rows(
    `select id, paid, refunded, reversed, credited from invoice where status <> 'draft' order by id`,
  ),
})

export const reckoned = async (): Promise<Kept> => ({
  outstanding: await rows(
    `select id, (select coalesce(sum(balance), 0) from invoice i where i.portal_id = p.id and i.status = 'open')
      as outstanding from portal p order by id`,
  ),
  owed: await rows(
    `select organization_id as organization, portal_id as portal, currency, due_on as due, sum(balance) as amount
    from invoice where status = 'open' and balance > 0 group by 1, 2, 3, 4 order by 1, 2, 3, 4`,
  ),
  received: await rows(
    `select organization_id as organization, currency, received_on as day,
      sum(case kind when 'payment' then amount else -amount end) as amount
    from payment where state = 'succeeded' group by 1, 2, 3 order by 1, 2, 3`,
  ),
  invoices: await rows(
    `select id,
      (select coalesce(sum(amount), 0) from payment where invoice_id = i.id and state = 'succeeded' and kind = 'payment') as paid,
      (select coalesce(sum(amount), 0) from payment where invoice_id = i.id and state = 'succeeded' and kind = 'refund') as refunded,
      (select coalesce(sum(amount), 0) from payment where invoice_id = i.id and state = 'succeeded' and kind = 'reversal') as reversed,
      (select coalesce(sum(amount), 0) from credit_note where invoice_id = i.id) as credited
    from invoice i where status <> 'draft' order by id`,
  ),
})

/** Runs a statement of ours past every verb. */
export async function run(statement: Statement): Promise<void> {
  const { sql, params } = statement.toSQL()
  await env.DB.prepare(sql)
    .bind(...params)
    .run()
}
