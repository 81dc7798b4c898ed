import type { PaymentKind, PaymentMethod, PaymentState } from '../../db/schema/invoices.ts'
import type { UnmatchedReason } from '../../db/schema/payments.ts'

/** What Stripe told of one piece of money: the same whichever event, answer or list it came by. */
export interface Told {
  kind: PaymentKind
  /** 'pi_...', 're_...' or 'dp_...'. */
  id: string
  state: PaymentState
  currency: string
  amount: number
  /** Since when this state holds (ms UTC), by Stripe's clock. */
  at: number
  /** The Payment Link that a payment came by. */
  link: string | null
  /** Whether the link calls itself one of ours; it only tells a lost one from somebody's own business. */
  ours: boolean
  /** How a payment came, where Stripe said so. */
  means: Means | null
  /** The 'pi_...' that a refund or a reversal takes back. */
  of: string | null
  /** Our own id of a refund that we asked for. */
  asked: string | null
  failure: string | null
}

export type Means = 'card' | 'debit'

/** What is read of a row of the ledger, or of money that no ledger could take. */
export interface Row {
  id: string
  stripeId: string | null
  kind: PaymentKind
  method: PaymentMethod
  state: PaymentState
  currency: string
  amount: number
  /** Since when it counts (ms UTC). */
  at: number
  failure: string | null
}

export interface Kept {
  id: string
  kind: PaymentKind
  state: PaymentState
  reason: UnmatchedReason
  at: number
}

/** All that is known of it before it is taken in. */
export interface Known {
  /** Its own row, by Stripe's id or by ours. */
  row: Row | undefined
  /** The row of the payment that a refund or a reversal takes back. */
  of: Row | undefined
  /** Its own money, or that of its payment, where no ledger could take it. */
  kept: Kept | undefined
  keptOf: Kept | undefined
  /** Of a payment: the invoice that its link asked for. */
  asks: { currency: string } | undefined
}

export type Decision =
  /** Known already, or nothing of ours. */
  | { kind: 'nothing' }
  /** A row of its own; what was told too early is joined to it. */
  | { kind: 'enter' }
  /** Its row stands anew. Quietly where nobody has to hear of it: it only counts since earlier. */
  | { kind: 'move'; state: PaymentState; at: number; failure: string | null; quiet: boolean }
  | { kind: 'keep'; reason: UnmatchedReason }
  | { kind: 'keep-anew'; state: PaymentState; at: number }

/**
 * How far a state is along. News come in any order, so what is further along stays: a payment that
 * succeeded, a refund that failed after all, a dispute that was lost.
 */
const order: Record<PaymentKind, Record<PaymentState, number>> = {
  payment: { pending: 0, failed: 1, succeeded: 2 },
  refund: { pending: 0, succeeded: 1, failed: 2 },
  reversal: { pending: 0, failed: 1, succeeded: 2 },
}

const isFurther = (kind: PaymentKind, state: PaymentState, than: PaymentState): boolean =>
  order[kind][state] > order[kind][than]

interface Standing {
  state: PaymentState
  at: number
}

/** The state that both words come to, and since when: of one state the earlier word. */
export function later(kind: PaymentKind, was: Standing, told: Standing): Standing {
  if (isFurther(kind, told.state, was.state)) return { state: told.state, at: told.at }
  return told.state === was.state ? { state: was.state, at: Math.min(was.at, told.at) } : was
}

/** What is to be written of it. */
export function decide(told: Told, { row, of, kept, keptOf, asks }: Known): Decision {
  if (row) return moved(told, row)
  if (kept) {
    const { state, at } = later(told.kind, kept, told)
    const same = state === kept.state && at === kept.at
    return same ? { kind: 'nothing' } : { kind: 'keep-anew', state, at }
  }
  if (told.kind === 'payment') {
    if (asks) {
      return asks.currency === told.currency
        ? { kind: 'enter' }
        : { kind: 'keep', reason: 'currency' }
    }
    return told.ours && told.link !== null ? { kind: 'keep', reason: 'gone' } : { kind: 'nothing' }
  }
  // A bank may dispute in the money of the card, and no amount of that is one of this ledger.
  if (of)
    return of.currency === told.currency ? { kind: 'enter' } : { kind: 'keep', reason: 'currency' }
  if (told.of === null) return { kind: 'nothing' }
  return { kind: 'keep', reason: keptOf?.reason ?? 'early' }
}

function moved(told: Told, row: Row): Decision {
  const { state, at } = later(told.kind, row, told)
  const failure = state === 'failed' ? (told.failure ?? row.failure) : null
  const named = row.stripeId !== null
  const same = state === row.state && at === row.at && failure === row.failure && named
  if (same) return { kind: 'nothing' }
  return { kind: 'move', state, at, failure, quiet: state === row.state }
}
