import type { PaymentKind } from '../../db/schema/invoices.ts'
import { inOrder, netOf, owedOf, standingOf, type InvoiceFacts } from '../invoices/ledger.ts'
import type { Means } from '../payments/decide.ts'

export type EntryKind = 'invoice' | 'credit-note' | PaymentKind | 'void'

/** Something that happened to an issued invoice; `at` says in which order. */
export interface Happening {
  id: string
  kind: Exclude<EntryKind, 'invoice' | 'void'>
  amount: number
  day: string
  at: number
  /** Of a credit note. */
  number: string | null
  /** Of a payment through Stripe, where that is known. */
  means: Means | null
}

export interface StatedInvoice {
  id: string
  number: string
  currency: string
  total: number
  repeatable: boolean
  issuedOn: string
  issuedAt: number
  voidedAt: number | null
  voidedOn: string | null
  /** What succeeded, in any order. */
  happenings: readonly Happening[]
}

interface StatedEntry {
  day: string
  at: number
  kind: EntryKind
  /** Of the credit note, or of the invoice. */
  number: string
  invoice: string
  currency: string
  amount: number
  /** How it changed what is owed, less what is in hand: above 0 when more is asked for. */
  change: number
  means: Means | null
}

export interface Stated extends StatedEntry {
  /** What is owed behind it in its currency, less what is in hand. */
  balance: number
}

const standing = (facts: InvoiceFacts, reopens = false) => {
  const { status, balance, credit } = standingOf(facts, reopens)
  return { status, worth: balance - credit }
}

const sums = { payment: 'paid', refund: 'refunded', reversal: 'reversed' } as const

/** An invoice's part of the statement, told again by the rules of the ledger. */
function entriesOf(invoice: StatedInvoice): StatedEntry[] {
  const { id, number, currency, total, repeatable, issuedOn, issuedAt } = invoice
  const status = total === 0 ? ('paid' as const) : ('open' as const)
  const none = { paid: 0, refunded: 0, reversed: 0, credited: 0 }
  let facts: InvoiceFacts = { ...none, status, total, repeatable }
  let worth = 0
  const entries: StatedEntry[] = []
  const tell = (
    kind: EntryKind,
    of: Pick<Happening, 'day' | 'at' | 'amount' | 'number' | 'means'>,
  ) => {
    const now = standing(facts, kind === 'reversal')
    const change = now.worth - worth
    facts = { ...facts, status: now.status }
    worth = now.worth
    entries.push({ ...of, kind, number: of.number ?? number, invoice: id, currency, change })
  }
  tell('invoice', { day: issuedOn, at: issuedAt, amount: total, number: null, means: null })
  const { voidedAt, voidedOn } = invoice
  const voiding = voidedAt === null ? [] : [{ kind: 'void' as const, at: voidedAt }]
  // The voiding behind what happened at its instant: it needs what was held to be gone.
  const all = [...[...invoice.happenings].sort(inOrder), ...voiding].sort((a, b) => a.at - b.at)
  for (const one of all) {
    if (one.kind === 'void') {
      const amount = Math.max(0, owedOf(facts) - netOf(facts))
      facts = { ...facts, status: 'void' }
      tell('void', { day: voidedOn ?? issuedOn, at: one.at, amount, number: null, means: null })
    } else {
      const sum = one.kind === 'credit-note' ? 'credited' : sums[one.kind]
      facts = { ...facts, [sum]: facts[sum] + one.amount }
      tell(one.kind, one)
    }
  }
  return entries
}

/** Everything by its day, with what was owed behind it, per currency. */
export function stated(invoices: readonly StatedInvoice[]): Map<string, Stated[]> {
  const entries = invoices.flatMap(entriesOf)
  entries.sort((a, b) => (a.day === b.day ? a.at - b.at : a.day < b.day ? -1 : 1))
  const byCurrency = new Map<string, Stated[]>()
  for (const entry of entries) {
    const list = byCurrency.get(entry.currency) ?? []
    list.push({ ...entry, balance: (list.at(-1)?.balance ?? 0) + entry.change })
    byCurrency.set(entry.currency, list)
  }
  return byCurrency
}

/** What asks for more, by its kind; the rest asks for less. */
export const isCharge = (kind: EntryKind): boolean =>
  kind === 'invoice' || kind === 'refund' || kind === 'reversal'

type Named = Pick<StatedEntry, 'kind' | 'number' | 'means'>

/** How an entry is called, as in 'Credit note CN-2026-001'. */
export function entryName({ kind, number, means }: Named): string {
  const by = means === null ? '' : means === 'card' ? ' by card' : ' by bank debit'
  const names: Record<EntryKind, string> = {
    invoice: `Invoice ${number}`,
    'credit-note': `Credit note ${number}`,
    payment: `Payment${by} for ${number}`,
    refund: `Refund of a payment for ${number}`,
    reversal: `Payment for ${number} taken back`,
    void: `Invoice ${number} void`,
  }
  return names[kind]
}
