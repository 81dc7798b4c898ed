import type { NamedRow, TableRow } from '../../features/invoices/tables.ts'
import { isOverdue } from '../../features/invoices/rules.ts'
import { formatShortDay } from '../../lib/day.ts'
import { formatMoney } from '../../lib/money.ts'
import { paths } from '../../paths.ts'
import { InvoiceTag } from '../../ui/invoice-tag.tsx'
import { Table, fit, numbers } from '../../ui/table.tsx'

interface InvoiceTableProps {
  slug: string
  rows: readonly (TableRow | NamedRow)[]
  /** Where the organisation is. */
  today: string
  locale: string
}

/** Invoices of one portal, or of all, which then say whose they are. */
export const InvoiceTable = ({ slug, rows, today, locale }: InvoiceTableProps) => {
  const named = rows.some((row) => 'client' in row)
  const day = (of: string | null) =>
    of === null ? <span class="muted">–</span> : formatShortDay(of, today, locale)
  return (
    <Table
      of="bills"
      heads={[
        fit('Number'),
        named && 'Client',
        'For',
        fit('Issued'),
        fit('Due'),
        fit('Status'),
        numbers('Total'),
        numbers('Balance'),
      ]}
    >
      {rows.map((row) => (
        <tr>
          <td class="fit">
            <a class="cover" href={paths.invoice(slug, row.portalId, row.id)}>
              <b class={row.number === null ? 'muted' : 'num'}>{row.number ?? 'Draft'}</b>
            </a>
          </td>
          {named && (
            <td class="bill-client">
              {'client' in row && (
                <>
                  <bdi>{row.client}</bdi>
                  <small>
                    <bdi>{row.project}</bdi>
                  </small>
                </>
              )}
            </td>
          )}
          <td class="bill-for">
            <bdi>{row.what}</bdi>
            {row.more > 0 && <span class="muted"> +{row.more}</span>}
          </td>
          <td class={row.issuedOn === null ? 'fit hide' : 'fit'}>
            <span class="slim">Issued </span>
            {day(row.issuedOn)}
          </td>
          <td
            class={`fit${isOverdue(row, today) ? ' red' : ''}${row.dueOn === null ? ' hide' : ''}`}
          >
            <span class="slim">Due </span>
            {day(row.dueOn)}
          </td>
          <td class="fit">
            <InvoiceTag invoice={row} today={today} />
            {row.paidOn !== null && (
              <small class="paid-on">{formatShortDay(row.paidOn, today, locale)}</small>
            )}
          </td>
          <td class="fit r num">
            <span class="slim">Total </span>
            {formatMoney(row.total, row.currency, locale)}
          </td>
          <td class={`fit r num${isOverdue(row, today) ? ' red' : ''}`}>
            {row.balance > 0 && (
              <>
                <span class="slim">To pay </span>
                {formatMoney(row.balance, row.currency, locale)}
              </>
            )}
          </td>
        </tr>
      ))}
    </Table>
  )
}
