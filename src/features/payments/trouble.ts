import type { DisputeStage, DisputeTold } from '../../db/schema/invoices.ts'
import type { Told } from './decide.ts'
import { standingOf } from './dispute.ts'

/** What an owner has to hear of on the day. */
export const troubles = ['inquiry', 'open', 'appeal', 'lost', 'failed'] as const
export type Trouble = (typeof troubles)[number]

/** How an entry of the ledger stands. */
export type Entered = Pick<Told, 'kind' | 'state'> & { dispute: DisputeTold | null }

const stageOf = ({ dispute }: Entered): DisputeStage | undefined =>
  dispute ? standingOf(dispute).stage : undefined

/**
 * What there is to be said of an entry as it stands by now. `before` is the stage that its dispute was
 * at; a debit that failed is only asked about when that has just happened.
 */
export function troubleIn(told: Entered, before?: DisputeStage): Trouble | undefined {
  if (told.kind === 'payment') return told.state === 'failed' ? 'failed' : undefined
  const stage = stageOf(told)
  if (stage === undefined || stage === 'won' || stage === before) return undefined
  // An appeal that has been filed waits for nobody.
  return stage === 'appeal' && told.dispute?.answerBy === null ? undefined : stage
}
