import type {
  DisputeTold,
  PaymentKind,
  PaymentMethod,
  PaymentState,
} from '../../db/schema/invoices.ts'
import type { UnmatchedReason } from '../../db/schema/payments.ts'
import { stageOf, standingOf, withWord, type DisputeWord } from './dispute.ts'

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
  /** Of a reversal alone. */
  dispute: DisputeWord | null
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
  dispute: DisputeTold | null
  means: Means | null
}

export interface Kept {
  id: string
  kind: PaymentKind
  state: PaymentState
  reason: UnmatchedReason
  at: number
  dispute: DisputeTold | null
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
  | ({ kind: 'move'; failure: string | null; means: Means | null; quiet: boolean } & Standing)
  | { kind: 'keep'; reason: UnmatchedReason }
  | ({ kind: 'keep-anew' } & Standing)

/** How a piece of money stands, and since when. */
export interface Standing {
  state: PaymentState
  at: number
  dispute: DisputeTold | null
}

/**
 * How far a state is along. News come in any order, so what is further along stays: a payment that
 * succeeded, a refund that failed after all.
 */
const order: Record<'payment' | 'refund', Record<PaymentState, number>> = {
  payment: { pending: 0, failed: 1, succeeded: 2 },
  refund: { pending: 0, succeeded: 1, failed: 2 },
}

type Dated = Pick<Standing, 'state' | 'at'>

/** The state that both words come to, and since when: of one state the earlier word. */
export function later<T extends Dated>(kind: 'payment' | 'refund', was: T, told: T): T {
  const further = order[kind][told.state] - order[kind][was.state]
  if (further !== 0) return further > 0 ? told : was
  return told.at < was.at ? told : was
}

/**
 * One payment may be tried more than once: a card is declined, and a debit begun in its place. What the
 * payment itself says of the first, heard late, is no word about the second. Stripe's clock has seconds, so
 * the two may be of one; that a debit failed, its session tells as well.
 */
const isOfEarlierTry = (told: Told, row: Row): boolean =>
  told.kind === 'payment' &&
  told.link === null &&
  told.state === 'failed' &&
  row.state === 'pending' &&
  told.at <= row.at

/** What it is told as, before anything else is known of it. */
export const begins = (told: Told): Standing => ({
  state: told.state,
  at: told.at,
  dispute: told.kind === 'reversal' ? withWord(null, wordOf(told), told.at) : null,
})

const wordOf = ({ dispute, state }: Told): DisputeWord =>
  dispute ?? { stage: stageOf(state), reason: null, answerBy: null }

/** How it stands with what was told. A dispute goes to and fro, so of one all that was told is kept. */
function standingWith(was: Standing, told: Told): Standing {
  if (told.kind !== 'reversal') {
    const { state, at } = later<Dated>(told.kind, was, told)
    return { state, at, dispute: null }
  }
  const before =
    was.dispute ?? withWord(null, { ...wordOf(told), stage: stageOf(was.state) }, was.at)
  const dispute = withWord(before, wordOf(told), told.at)
  const { state, at } = standingOf(dispute)
  return { state, at, dispute }
}

const turns = ({ dispute }: Standing): number => dispute?.turns.length ?? 0
const stage = ({ dispute }: Standing) => dispute && standingOf(dispute).stage

const isSame = (was: Standing, now: Standing): boolean =>
  now.state === was.state && now.at === was.at && turns(now) === turns(was)

/** What is to be written of it. */
export function decide(told: Told, { row, of, kept, keptOf, asks }: Known): Decision {
  if (row && isOfEarlierTry(told, row)) return { kind: 'nothing' }
  if (row) return moved(told, row)
  if (kept) {
    const now = standingWith(kept, told)
    return isSame(kept, now) ? { kind: 'nothing' } : { kind: 'keep-anew', ...now }
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
  const now = standingWith(row, told)
  const failure = now.state === 'failed' ? (told.failure ?? row.failure) : null
  const named = row.stripeId !== null
  const means = row.means ?? told.means
  const same = isSame(row, now) && failure === row.failure && means === row.means
  if (same && named) return { kind: 'nothing' }
  // An inquiry that becomes a dispute is heard of, though either is on its way.
  const grows = stage(row) === 'inquiry' && stage(now) === 'open'
  const quiet = now.state === row.state && !grows
  return { kind: 'move', ...now, failure, means, quiet }
}
