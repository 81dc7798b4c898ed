import { numberedId as id, numbers } from '../../dev/demo/crowd.ts'

/** So many due days the invoices of a crowd have at most, over the last 60 days and those to come. */
export const DUE_DAYS = 60

/**
 * So many invoices of an organisation over so many of its portals that `fillPortals` made, and in one
 * portal of choice every seventh: most are paid, each with a payment; one in ten is open, half of those
 * overdue on the day that is given; some are drafts, some void. Past the verbs: an invoice is inserted
 * as it stands, so the triggers that keep sums by its changes see nothing, and those are filled here.
 */
export async function fillInvoices(
  d1: D1Database,
  organization: string,
  {
    count,
    portals,
    portal,
    today,
  }: { count: number; portals: number; portal: string; today: string },
): Promise<void> {
  const insert = (sql: string) => d1.prepare(sql).bind(organization, count, portals, portal, today)
  const home = `case n % 7 when 3 then ?4 else
    printf('%08x-0000-7000-8000-', n % ?3 + 1) || substr(replace(?1, '-', ''), 21) end`
  const status = `case n % 10 when 0 then 'open' when 1 then iif(n % 20 = 1, 'draft', 'void') else 'paid' end`
  const draft = `(n % 20 = 1)`
  const issued = (value: string) => `iif(${draft}, null, ${value})`
  const asked = `from invoice where organization_id = ?1 and status = 'open' and balance > 0`
  const bound = `and ?2 + ?3 > 0 and ?4 <> '' and ?5 <> ''`
  await d1.batch([
    insert(`insert into invoice (id, organization_id, portal_id, status, number, currency, lines, taxes, buyer,
        seller, locale, time_zone, due_on, issued_on, issued_at, subtotal, total, paid, balance, paid_on, created_at)
      ${numbers} select ${id('')}, ?1, ${home}, ${status}, ${issued(`'INV-2026-' || printf('%03d', n)`)}, 'EUR',
        '[{"description":"Work","quantity":"1","unitAmount":1000,"taxRate":null,"amount":1000}]', '[]',
        '{"name":"Client","address":null,"taxId":null}', ${issued(`'{}'`)}, ${issued(`'en-GB'`)}, ${issued(`'UTC'`)},
        date(?5, (n / 10 % ${DUE_DAYS} * 3 - ${DUE_DAYS * 2}) || ' days'),
        ${issued(`'2026-01-01'`)}, ${issued('n')},
        1000, 1000, iif(n % 10 > 1, 1000, 0), iif(n % 10 = 0, 1000, 0),
        iif(n % 10 > 1, '2026-01-02', null), n from numbers`),
    insert(`insert into payment (id, organization_id, portal_id, invoice_id, kind, method, currency, amount, state,
        received_on, "by", created_at)
      ${numbers} select ${id('')}, ?1, ${home}, ${id('')}, 'payment', 'bank', 'EUR', 1000, 'succeeded',
        date(?5, '-' || (n % 400) || ' days'), 'X', n from numbers where n % 10 > 1`),
    insert(`insert into owed (organization_id, portal_id, currency, due_on, amount)
      select organization_id, portal_id, currency, due_on, sum(balance) ${asked} ${bound} group by 1, 2, 3, 4
      on conflict do update set amount = excluded.amount`),
    insert(`insert into owed_day (organization_id, currency, due_on, amount, invoices)
      select organization_id, currency, due_on, sum(balance), count(*) ${asked} ${bound} group by 1, 2, 3
      on conflict do update set amount = excluded.amount, invoices = excluded.invoices`),
    insert(`update portal set outstanding = (select coalesce(sum(amount), 0) from owed
        where owed.portal_id = portal.id) where organization_id = ?1 ${bound}`),
  ])
}
