import type { InvoiceStatus, PaymentKind, PaymentState } from '../../db/schema/invoices.ts'

export interface Entry {
  kind: PaymentKind
  state: PaymentState
  amount: number
}

/** What counts of a ledger: of each kind, what succeeded. */
export interface Sums {
  paid: number
  refunded: number
  reversed: number
}

const sumOf = (entries: readonly Entry[], kind: PaymentKind): number =>
  entries
    .filter((entry) => entry.kind === kind && entry.state === 'succeeded')
    .reduce((sum, { amount }) => sum + amount, 0)

export const sumsOf = (entries: readonly Entry[]): Sums => ({
  paid: sumOf(entries, 'payment'),
  refunded: sumOf(entries, 'refund'),
  reversed: sumOf(entries, 'reversal'),
})

/** What the organisation holds. */
export const netOf = ({ paid, refunded, reversed }: Sums): number => paid - refunded - reversed

/** What the client owes once credit notes are taken off. */
export const owedOf = ({ total, credited }: { total: number; credited: number }): number =>
  total - credited

export interface InvoiceFacts extends Sums {
  status: InvoiceStatus
  total: number
  credited: number
  repeatable: boolean
}

export interface Standing {
  status: InvoiceStatus
  /** What is still asked for. */
  balance: number
  /** What the client has in hand. */
  credit: number
}

/**
 * How an invoice stands after an entry in its ledger or a credit note. Money given back by choice, a
 * refund, never asks for it again; money that was taken back, a reversal, does: it `reopens`.
 */
export function standingOf(invoice: InvoiceFacts, reopens: boolean): Standing {
  const { repeatable } = invoice
  const net = netOf(invoice)
  const owed = owedOf(invoice)
  const status = statusAfter(invoice.status, { settled: net >= owed, reopens })
  const balance = status === 'open' ? Math.max(0, owed - net) : 0
  return { status, balance, credit: repeatable ? 0 : creditOf(status, net, owed) }
}

function statusAfter(
  status: InvoiceStatus,
  { settled, reopens }: { settled: boolean; reopens: boolean },
): InvoiceStatus {
  if (status === 'open' && settled) return 'paid'
  if (status === 'paid' && !settled && reopens) return 'open'
  return status
}

/** What counts of an entry or a credit note; `at` says in which order they happened. */
export interface Happened {
  kind: PaymentKind | 'credit-note'
  amount: number
  at: number
}

const sumOfKind = {
  payment: 'paid',
  refund: 'refunded',
  reversal: 'reversed',
  'credit-note': 'credited',
} as const satisfies Record<Happened['kind'], keyof Sums | 'credited'>

/** What comes at the same instant counts before what goes: Stripe's clock has seconds. */
const turns = { payment: 0, 'credit-note': 0, refund: 1, reversal: 2 } as const satisfies Record<
  Happened['kind'],
  number
>

type Dated = Pick<Happened, 'kind' | 'at'>

/** The order in which entries count, in whichever they were written. */
export const inOrder = (a: Dated, b: Dated): number => a.at - b.at || turns[a.kind] - turns[b.kind]

/**
 * How an invoice stands after all that happened to it, in whichever order it was learned: told again
 * from the first on. The statement in settle.ts says the same.
 */
export function standingAfter(
  { status, total, repeatable }: Pick<InvoiceFacts, 'status' | 'total' | 'repeatable'>,
  happened: readonly Happened[],
): InvoiceFacts & Standing {
  const begun = status === 'void' || status === 'draft' ? status : total === 0 ? 'paid' : 'open'
  const none = { paid: 0, refunded: 0, reversed: 0, credited: 0 }
  const facts: InvoiceFacts = { ...none, status: begun, total, repeatable }
  for (const { kind, amount } of [...happened].sort(inOrder)) {
    facts[sumOfKind[kind]] += amount
    facts.status = standingOf(facts, kind === 'reversal').status
  }
  return { ...facts, ...standingOf(facts, false) }
}

/** Nothing is owed on a void invoice, so all that came for it is the client's. */
function creditOf(status: InvoiceStatus, net: number, owed: number): number {
  if (status === 'draft') return 0
  return Math.max(0, status === 'void' ? net : net - owed)
}

/** Money that is held, or on its way, would be lost sight of. */
export const mayVoid = (
  invoice: Sums & { status: InvoiceStatus },
  entries: readonly Entry[],
): boolean =>
  invoice.status === 'open' &&
  netOf(invoice) <= 0 &&
  entries.every(({ state }) => state !== 'pending')

interface LedgerEntry extends Entry {
  id: string
  of: string | null
}

/** What can still be given or taken back of a payment; what is on its way back counts as gone. */
export function leftOf(payment: LedgerEntry, entries: readonly LedgerEntry[]): number {
  if (payment.kind !== 'payment' || payment.state !== 'succeeded') return 0
  return entries
    .filter(({ of, state }) => of === payment.id && state !== 'failed')
    .reduce((left, { amount }) => left - amount, payment.amount)
}
