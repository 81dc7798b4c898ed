import type { Stripe } from 'stripe'
import type { Books } from '../books.ts'
import { validAmount } from '../currencies.ts'
import { invalid } from '../errors.ts'
import { newId } from '../ids.ts'
import { moved } from './balance.ts'

type Dispute = Stripe.Dispute

const noEvidence: Dispute['evidence'] = {
  access_activity_log: null,
  billing_address: null,
  cancellation_policy: null,
  cancellation_policy_disclosure: null,
  cancellation_rebuttal: null,
  customer_communication: null,
  customer_email_address: null,
  customer_name: null,
  customer_purchase_ip: null,
  customer_signature: null,
  duplicate_charge_documentation: null,
  duplicate_charge_explanation: null,
  duplicate_charge_id: null,
  enhanced_evidence: {},
  product_description: null,
  receipt: null,
  refund_policy: null,
  refund_policy_disclosure: null,
  refund_refusal_explanation: null,
  service_date: null,
  service_documentation: null,
  shipping_address: null,
  shipping_carrier: null,
  shipping_date: null,
  shipping_documentation: null,
  shipping_tracking_number: null,
  uncategorized_file: null,
  uncategorized_text: null,
}

const week = 7 * 24 * 60 * 60

/** The buyer's bank takes the money back; a debit that is returned late comes the same way. */
export function dispute(books: Books, intentId: string, wanted: number | undefined): Dispute {
  const intent = books.get('payment_intent', intentId, 'payment_intent')
  if (intent.status !== 'succeeded') {
    throw invalid(`${intentId} is ${intent.status}: only money that came can be disputed.`)
  }
  const charge = books.get('charge', String(intent.latest_charge))
  if (charge.disputed) throw invalid(`${intentId} is disputed already.`)
  const left = charge.amount - charge.amount_refunded
  const amount = validAmount(wanted ?? left, charge.currency, 'amount')
  if (amount < 1 || amount > left) throw invalid(`Between 1 and ${left} can be disputed.`)
  const id = newId('dp')
  const taken = moved(books, {
    amount: -amount,
    currency: charge.currency,
    source: id,
    type: 'adjustment',
    category: 'dispute',
  })
  const card = charge.payment_method_details?.type === 'card'
  const made = books.put('dispute', {
    id,
    object: 'dispute',
    amount,
    balance_transactions: [taken],
    charge: charge.id,
    created: books.now,
    currency: charge.currency,
    enhanced_eligibility_types: [],
    evidence: noEvidence,
    evidence_details: {
      due_by: books.now + week,
      enhanced_eligibility: {},
      has_evidence: false,
      past_due: false,
      submission_count: 0,
      submission_method: 'not_submitted',
    },
    intended_submission_method: null,
    is_charge_refundable: false,
    livemode: false,
    metadata: {},
    payment_intent: intentId,
    reason: card ? 'fraudulent' : 'insufficient_funds',
    status: 'needs_response',
    ...(card && {
      payment_method_details: {
        type: 'card',
        card: {
          brand: 'visa',
          case_type: 'chargeback',
          network: 'visa',
          network_reason_code: '10.4',
        },
      },
    }),
  })
  books.put('charge', { ...charge, disputed: true })
  books.tell('charge.dispute.created', made)
  books.tell('charge.dispute.funds_withdrawn', made)
  return made
}

/** How it ended; one that has ended the other way is decided anew, as after an appeal. */
export function closeDispute(books: Books, intentId: string, status: 'won' | 'lost'): Dispute {
  const was = books
    .list('dispute')
    .find((each) => each.payment_intent === intentId && each.status !== status)
  if (!was) throw invalid(`${intentId} has no open dispute.`)
  const { amount, currency } = was
  const held = was.status !== 'won'
  const source = { source: was.id, type: 'adjustment', category: 'dispute' } as const
  const moves =
    status === 'won'
      ? [moved(books, { ...source, amount, currency, category: 'dispute_reversal' })]
      : held
        ? []
        : [moved(books, { ...source, amount: -amount, currency })]
  const closed = books.put('dispute', {
    ...was,
    balance_transactions: [...was.balance_transactions, ...moves],
    is_charge_refundable: status === 'won',
    status,
  })
  books.tell('charge.dispute.updated', closed)
  if (status === 'won') books.tell('charge.dispute.funds_reinstated', closed)
  else if (!held) books.tell('charge.dispute.funds_withdrawn', closed)
  books.tell('charge.dispute.closed', closed)
  return closed
}
