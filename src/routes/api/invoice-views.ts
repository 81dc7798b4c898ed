import type { CreditNoteRow, InvoiceItem, LedgerRow } from '../../features/invoices/queries.ts'
import { NO_FEE } from '../../features/reminders/rules.ts'
import { isOverdue } from '../../features/invoices/rules.ts'

const isoOrNull = (at: number | null): string | null =>
  at === null ? null : new Date(at).toISOString()

export const paymentView = ({
  id,
  kind,
  method,
  amount,
  state,
  receivedOn,
  note,
  by,
  of,
}: LedgerRow) => ({
  id,
  kind,
  method,
  amount,
  state,
  receivedOn,
  note,
  by,
  of,
})

export const creditNoteView = ({ id, number, amount, reason, issuedOn }: CreditNoteRow) => ({
  id,
  number,
  amount,
  reason,
  issuedOn,
})

/** Kept while it is paid, for it may be owed again. */
const nextReminderOf = ({ status, balance, remindOn }: InvoiceItem) =>
  status === 'open' && balance > 0 ? remindOn : null

/** The draft of its fee; a fee itself is asked for none. */
const lateFeeOf = ({ id, lateFeeId }: InvoiceItem) =>
  lateFeeId === NO_FEE || lateFeeId === id ? null : lateFeeId

/** What the client said last, until the team has seen to it or it is paid. */
function answerOf({ promisedOn, problemAt }: InvoiceItem) {
  if (problemAt !== null) return { kind: 'problem', at: isoOrNull(problemAt) }
  return promisedOn === null ? null : { kind: 'will-pay', on: promisedOn }
}

/** An invoice as the team sees it; `today` is where the organisation is. */
export const invoiceView = (invoice: InvoiceItem, today: string) => ({
  id: invoice.id,
  portal: invoice.portalId,
  number: invoice.number,
  status: invoice.status,
  overdue: isOverdue(invoice, today),
  overdueSince: isoOrNull(invoice.overdueSince),
  currency: invoice.currency,
  prices: invoice.prices,
  lines: invoice.lines,
  subtotal: invoice.subtotal,
  discount: invoice.discount,
  discountPercent: invoice.discountPercent,
  tax: invoice.tax,
  taxes: invoice.taxes,
  total: invoice.total,
  paid: invoice.paid,
  refunded: invoice.refunded,
  reversed: invoice.reversed,
  credited: invoice.credited,
  balance: invoice.balance,
  credit: invoice.credit,
  issuedOn: invoice.issuedOn,
  dueOn: invoice.dueOn,
  paidOn: invoice.paidOn,
  supplyOn: invoice.supplyOn,
  reverseCharge: invoice.reverseCharge,
  repeatable: invoice.repeatable,
  endedAt: isoOrNull(invoice.endedAt),
  seller: invoice.seller,
  buyer: invoice.buyer,
  notes: invoice.notes,
  milestone: invoice.milestoneId,
  reminders: { nextOn: nextReminderOf(invoice), pausedAt: isoOrNull(invoice.remindersPausedAt) },
  answer: answerOf(invoice),
  lateFee: lateFeeOf(invoice),
  voidedAt: isoOrNull(invoice.voidedAt),
  voidReason: invoice.voidReason,
  version: invoice.version,
  createdAt: new Date(invoice.createdAt).toISOString(),
  payments: invoice.ledger.map(paymentView),
  creditNotes: invoice.creditNotes.map(creditNoteView),
})
