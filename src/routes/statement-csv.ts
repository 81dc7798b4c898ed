import type { Context } from 'hono'
import { entryName, isCharge, stated, type StatedInvoice } from '../features/documents/statement.ts'
import { csv, type Cell } from '../lib/csv.ts'
import { amountText } from '../lib/money.ts'

const head = ['day', 'entry', 'number', 'currency', 'charged', 'credited', 'balance']

/** Below 0 as a number: as text it would be taken for a formula, and be made harmless. */
const signed = (amount: number, currency: string): Cell =>
  amount < 0 ? -Number(amountText(-amount, currency)) : amountText(amount, currency)

/** Every entry of a statement, with amounts as people write them. */
function statementCsv(invoices: readonly StatedInvoice[]): string {
  const rows = [...stated(invoices).values()].flat().map((entry) => {
    const { day, kind, number, currency, amount, balance } = entry
    const text = amountText(amount, currency)
    const sides = isCharge(kind) ? [text, null] : [null, text]
    const [charged = null, credited = null] = sides
    const name = entryName(entry)
    return [day, name, number, currency, charged, credited, signed(balance, currency)]
  })
  return csv([head, ...rows])
}

/** `before` the table stands the mark that spreadsheets want, where a person downloads it. */
export function sendStatementCsv(
  c: Context,
  invoices: readonly StatedInvoice[],
  before = '',
): Response {
  c.header('Content-Type', 'text/csv; charset=utf-8; header=present')
  c.header('Content-Disposition', 'attachment; filename="statement.csv"')
  return c.body(before + statementCsv(invoices))
}
