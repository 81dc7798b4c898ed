import type { DisputeStage, DisputeTold } from '../../db/schema/invoices.ts'
import type { Told } from './decide.ts'
import { standingOf } from './dispute.ts'

/** What an owner has to hear of on the day. */
export const troubles = ['inquiry', 'open', 'appeal', 'lost', 'failed'] as const
export type Trouble = (typeof troubles)[number]

export interface Entry {
  id: string
  told: Pick<Told, 'kind' | 'state'> & { dispute: DisputeTold | null }
}

const stageOf = ({ dispute }: Entry['told']): DisputeStage | undefined =>
  dispute ? standingOf(dispute).stage : undefined

/**
 * What there is to be said of an entry as it stands by now. `before` is the stage that its dispute was
 * at; a debit that failed is only asked about when that has just happened.
 */
export function troubleIn(told: Entry['told'], before?: DisputeStage): Trouble | undefined {
  if (told.kind === 'payment') return told.state === 'failed' ? 'failed' : undefined
  const stage = stageOf(told)
  if (stage === undefined || stage === 'won' || stage === before) return undefined
  // An appeal that has been filed waits for nobody.
  return stage === 'appeal' && told.dispute?.answerBy === null ? undefined : stage
}

/** Of what Stripe names as the payer's reason. https://docs.stripe.com/disputes/categories */
const reasons: Readonly<Record<string, string>> = {
  bank_cannot_process: 'The bank could not process the payment.',
  check_returned: 'The cheque was returned.',
  credit_not_processed: 'The client says that a promised refund never came.',
  customer_initiated: 'The client asked their bank for the money back.',
  debit_not_authorized: 'The client says that they did not allow this debit.',
  duplicate: 'The client says that they paid twice.',
  fraudulent: 'The holder of the card says that they did not make this payment.',
  incorrect_account_details: 'The details of the bank account were wrong.',
  insufficient_funds: 'There was not enough money in the account.',
  noncompliant: 'The bank says that the payment broke the rules of the card network.',
  product_not_received: 'The client says that they did not receive what they paid for.',
  product_unacceptable: 'The client says that what they received was faulty or not as described.',
  subscription_canceled: 'The client says that they had cancelled.',
  unrecognized: 'The holder of the card does not recognise this payment.',
}

export const reasonWords = (reason: string | null): string | undefined =>
  reason !== null && Object.hasOwn(reasons, reason) ? reasons[reason] : undefined

export interface TroubleFacts {
  trouble: Trouble
  amount: string
  number: string
  client: string
  /** Why, in a sentence. */
  why: string | undefined
  /** The day by which Stripe wants an answer. */
  answerBy: string | undefined
  /** What the invoice asks for by now; undefined for nothing. */
  left: string | undefined
}

export interface TroubleWords {
  title: string
  paragraphs: string[]
}

const asksAgain = ({ number, left }: TroubleFacts): string =>
  left === undefined ? `Nothing is asked for on ${number}.` : `${number} asks for ${left} again.`

const answer = ({ answerBy }: TroubleFacts, otherwise: string): string[] =>
  answerBy === undefined
    ? ['Stripe says there what can be done about it.']
    : [`Stripe takes an answer until ${answerBy}. ${otherwise}`]

/** What is mailed of it to the team. */
export function troubleWords(facts: TroubleFacts): TroubleWords {
  const { trouble, amount, number, client, why } = facts
  const because = why === undefined ? [] : [why]
  switch (trouble) {
    case 'inquiry':
      return {
        title: `A bank asks about ${amount} for ${number}`,
        paragraphs: [
          `The bank behind a payment from ${client} wants to know what it was for. No money has been taken back yet.`,
          ...because,
          ...answer(facts, 'A good one now often spares a dispute.'),
        ],
      }
    case 'open':
      return {
        title: `A bank disputes ${amount} for ${number}`,
        paragraphs: [
          `The bank behind a payment from ${client} has taken the money back, and keeps it until the dispute is decided.`,
          ...because,
          ...answer(facts, 'Without one the money is lost.'),
        ],
      }
    case 'appeal':
      return {
        title: `The dispute about ${amount} for ${number} can be appealed`,
        paragraphs: [
          `The bank behind a payment from ${client} has decided against you, and that need not be the end.`,
          ...because,
          ...answer(facts, 'Without one it stays as it is.'),
        ],
      }
    case 'lost':
      return {
        title: `The dispute about ${amount} for ${number} is lost`,
        paragraphs: [
          `The bank behind a payment from ${client} keeps the money. ${asksAgain(facts)}`,
          ...because,
          'If the work was done, speak with your client before they are reminded.',
        ],
      }
    case 'failed':
      return {
        title: `A bank debit of ${amount} for ${number} failed`,
        paragraphs: [`The money from ${client} did not come. ${asksAgain(facts)}`, ...because],
      }
  }
}
