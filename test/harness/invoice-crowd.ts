import { numberedId as id, numbers } from '../../dev/demo/crowd.ts'

/**
 * So many invoices of an organisation over so many of its portals that `fillPortals` made, and in one
 * portal of choice every tenth: most are paid, each with a payment; one in ten is open, half of those
 * overdue; some are drafts, some void. Written past the verbs and the triggers' sums.
 */
export async function fillInvoices(
  d1: D1Database,
  organization: string,
  { count, portals, portal }: { count: number; portals: number; portal: string },
): Promise<void> {
  const insert = (sql: string) => d1.prepare(sql).bind(organization, count, portals, portal)
  const home = `case n % 7 when 3 then ?4 else
    printf('%08x-0000-7000-8000-', n % ?3 + 1) || substr(replace(?1, '-', ''), 21) end`
  const status = `case n % 10 when 0 then 'open' when 1 then iif(n % 20 = 1, 'draft', 'void') else 'paid' end`
  const draft = `(n % 20 = 1)`
  const issued = (value: string) => `iif(${draft}, null, ${value})`
  await d1.batch([
    insert(`insert into invoice (id, organization_id, portal_id, status, number, currency, lines, taxes, buyer,
        seller, locale, time_zone, due_on, issued_on, issued_at, subtotal, total, paid, balance, created_at)
      ${numbers} select ${id('')}, ?1, ${home}, ${status}, ${issued(`'INV-2026-' || printf('%03d', n)`)}, 'EUR',
        '[{"description":"Work","quantity":"1","unitAmount":1000,"taxRate":null,"amount":1000}]', '[]',
        '{"name":"Client","address":null,"taxId":null}', ${issued(`'{}'`)}, ${issued(`'en-GB'`)}, ${issued(`'UTC'`)},
        date('2026-01-01', (n / 100 % 2 * 9000 + n % 300) || ' days'), ${issued(`'2026-01-01'`)}, ${issued('n')},
        1000, 1000, iif(n % 10 > 1, 1000, 0), iif(n % 10 = 0, 1000, 0), n from numbers`),
    insert(`insert into payment (id, organization_id, portal_id, invoice_id, kind, method, currency, amount, state,
        received_on, "by", created_at)
      ${numbers} select ${id('')}, ?1, ${home}, ${id('')}, 'payment', 'bank', 'EUR', 1000, 'succeeded',
        '2026-01-02', 'X', n from numbers where n % 10 > 1`),
    insert(`update portal set outstanding = (select coalesce(sum(balance), 0) from invoice i
        where i.portal_id = portal.id and i.status = 'open') where organization_id = ?1 and ?2 + ?3 > 0 and ?4 <> ''`),
  ])
}
