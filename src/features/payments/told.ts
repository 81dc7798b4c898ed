import * as z from 'zod/mini'
import type { DisputeStage, PaymentState } from '../../db/schema/invoices.ts'
import {
  chargeInput,
  disputeInput,
  intentInput,
  refundInput,
  sessionInput,
  type Dispute,
  type Intent,
  type Refund,
  type Session,
  type StripeEvent,
} from './objects.ts'
import type { Told } from './decide.ts'
import { stateOf } from './dispute.ts'
import { meansOffered, meansOfType } from './means.ts'

/** What an event means for the ledger. */
export type Meaning =
  | { kind: 'money'; told: Told }
  /** It speaks of a payment and says too little: Stripe has to be asked how that stands. */
  | { kind: 'ask'; payment: string; ours: boolean }
  /** It speaks of a payment's state alone, and counts where that payment is known; else it is asked for. */
  | { kind: 'state'; told: Told }
  | { kind: 'nothing' }

/** In the metadata of what we make in Stripe; it never decides what money is for. */
export const mark = { invoice: 'invoice', refund: 'refund' } as const

const nothing: Meaning = { kind: 'nothing' }
const money = (told: Told | undefined): Meaning => (told ? { kind: 'money', told } : nothing)

const none = {
  link: null,
  ours: false,
  means: null,
  of: null,
  asked: null,
  failure: null,
  dispute: null,
}

export function meaningOf({ type, created, data: { object } }: StripeEvent): Meaning {
  const at = created * 1000
  if (type.startsWith('checkout.session.')) {
    const session = z.safeParse(sessionInput, object)
    if (!session.success) return nothing
    const delayed = type.includes('.async_payment_')
    return money(ofSession(session.data, { at, delayed, failed: type.endsWith('_failed') }))
  }
  if (type.startsWith('payment_intent.')) {
    const intent = z.safeParse(intentInput, object)
    return intent.success ? ofEventAbout(intent.data, at) : nothing
  }
  if (type.startsWith('refund.') || type === 'charge.refund.updated') {
    const refund = z.safeParse(refundInput, object)
    return refund.success ? money(ofRefund(refund.data, at)) : nothing
  }
  if (type.startsWith('charge.dispute.')) {
    const dispute = z.safeParse(disputeInput, object)
    return dispute.success ? money(ofDispute(dispute.data, at)) : nothing
  }
  if (type === 'charge.refunded') {
    // The list of its refunds is not in it.
    const charge = z.safeParse(chargeInput, object)
    const payment = charge.success ? charge.data.payment_intent : null
    if (payment === null) return nothing
    return { kind: 'ask', payment, ours: isMarked(charge.data) }
  }
  return nothing
}

function ofEventAbout(intent: Intent, at: number): Meaning {
  const told = ofIntent(intent, at)
  return told ? { kind: 'state', told } : nothing
}

/** Whether it calls itself ours, as what was made for an invoice does. Worth asking about, no more. */
const isMarked = (object: { metadata: Record<string, string> | null } | undefined): boolean =>
  object?.metadata?.[mark.invoice] !== undefined

/**
 * A session's payment. Its `payment_status` decides; where that says unpaid, money is on its way, or
 * `failed` to come. Undefined for one that nobody has completed, or that asked for nothing.
 */
export function ofSession(
  session: Session,
  { at, delayed, failed }: { at: number; delayed: boolean; failed: boolean },
): Told | undefined {
  const { payment_intent: id, amount_total: amount, currency, payment_status: status } = session
  if (id === null || amount === null || amount <= 0 || currency === null) return undefined
  if (session.status !== null && session.status !== 'complete') return undefined
  const paid = status === 'paid'
  if (!paid && status !== 'unpaid') return undefined
  return {
    ...none,
    kind: 'payment',
    id,
    state: paid ? 'succeeded' : failed ? 'failed' : 'pending',
    currency: currency.toUpperCase(),
    amount,
    at,
    link: session.payment_link,
    ours: isMarked(session),
    means: meansOffered(session.payment_method_types, delayed || !paid),
  }
}

const intentStates: Readonly<Record<string, PaymentState>> = {
  succeeded: 'succeeded',
  processing: 'pending',
  requires_payment_method: 'failed',
  canceled: 'failed',
}

/**
 * Without its link, so it says nothing about where it belongs. Undefined while nobody has tried to pay by
 * it: it waits for a way to be paid by then, as it does once such a way has failed.
 */
export function ofIntent(intent: Intent, at: number): Told | undefined {
  const state = intentStates[intent.status]
  const untried = intent.status === 'requires_payment_method' && intent.last_payment_error === null
  if (state === undefined || untried) return undefined
  return {
    ...none,
    kind: 'payment',
    id: intent.id,
    state,
    currency: intent.currency.toUpperCase(),
    amount: intent.amount,
    at,
    ours: isMarked(intent),
    means: meansOfType(intent.latest_charge),
    failure: state === 'failed' ? (intent.last_payment_error?.message ?? null) : null,
  }
}

const refundStates: Readonly<Record<string, PaymentState>> = {
  succeeded: 'succeeded',
  failed: 'failed',
  canceled: 'failed',
}

const failures: Readonly<Record<string, string>> = {
  lost_or_stolen_card: 'The card was lost or stolen.',
  expired_or_canceled_card: 'The card has expired or was cancelled.',
  insufficient_funds: 'There is not enough in the Stripe balance.',
  declined: 'The bank declined it.',
  charge_for_pending_refund_disputed: 'The client disputed the payment meanwhile.',
  merchant_request: 'It was cancelled in Stripe.',
}

export function ofRefund(refund: Refund, at: number): Told | undefined {
  if (refund.payment_intent === null || refund.amount <= 0) return undefined
  const state = refundStates[refund.status ?? ''] ?? 'pending'
  const reason = refund.failure_reason ?? ''
  return {
    ...none,
    kind: 'refund',
    id: refund.id,
    state,
    currency: refund.currency.toUpperCase(),
    amount: refund.amount,
    at,
    of: refund.payment_intent,
    asked: refund.metadata?.[mark.refund] ?? null,
    failure: state === 'failed' ? (failures[reason] ?? 'The bank did not take it.') : null,
  }
}

/** Other statuses are of a dispute that lasts. */
const disputeStages: Readonly<Record<string, DisputeStage>> = {
  lost: 'lost',
  won: 'won',
  prevented: 'won',
  warning_closed: 'won',
  warning_needs_response: 'inquiry',
  warning_under_review: 'inquiry',
  appeal_needs_response: 'appeal',
  appeal_under_review: 'appeal',
}

/** `at` is when Stripe said so: it may have said otherwise before, and may again. */
export function ofDispute(dispute: Dispute, at: number): Told | undefined {
  if (dispute.payment_intent === null || dispute.amount <= 0) return undefined
  const stage = disputeStages[dispute.status] ?? 'open'
  // 0 where the bank takes no answer. What was answered needs none.
  const due = dispute.status.endsWith('needs_response') ? dispute.evidence_details?.due_by : null
  return {
    ...none,
    kind: 'reversal',
    id: dispute.id,
    state: stateOf(stage),
    currency: dispute.currency.toUpperCase(),
    amount: dispute.amount,
    at,
    of: dispute.payment_intent,
    dispute: { stage, reason: dispute.reason, answerBy: due ? due * 1000 : null },
  }
}
