import type { DisputeStage, DisputeTold, PaymentState } from '../../db/schema/invoices.ts'

/** What one word of Stripe's says of a dispute. */
export interface DisputeWord {
  stage: DisputeStage
  reason: string | null
  answerBy: number | null
}

/** Where a dispute is, what that means for the ledger, and since when (ms UTC) it has. */
export interface DisputeStanding {
  stage: DisputeStage
  state: PaymentState
  at: number
}

/** A lost dispute has taken money back; while it lasts, that is on its way. An appeal changes nothing. */
const states = {
  inquiry: 'pending',
  open: 'pending',
  won: 'failed',
  lost: 'succeeded',
} as const satisfies Partial<Record<DisputeStage, PaymentState>>

/** What one word alone comes to. */
export const stateOf = (stage: DisputeStage): PaymentState =>
  stage === 'appeal' ? 'pending' : states[stage]

/** Of what is told for the same second, the further one is the later. */
const order: Readonly<Record<DisputeStage, number>> = {
  inquiry: 0,
  open: 1,
  appeal: 2,
  won: 3,
  lost: 4,
}

type Turn = DisputeTold['turns'][number]

const inOrder = ([at, stage]: Turn, [otherAt, other]: Turn): number =>
  at - otherAt || order[stage] - order[other]

/** What is known of it with one word more, whenever that was heard and however often. */
export function withWord(
  was: DisputeTold | null,
  { stage, reason, answerBy }: DisputeWord,
  at: number,
): DisputeTold {
  const { turns } = was ?? { turns: [] }
  const known = turns.some((turn) => turn[0] === at && turn[1] === stage)
  const all: Turn[] = known ? turns : [...turns, [at, stage] satisfies Turn].sort(inOrder)
  const [latest] = all.at(-1) ?? [at]
  // Why and until when may change as it goes on; an old word says nothing of that.
  return at === latest || was === null ? { turns: all, reason, answerBy } : { ...was, turns: all }
}

/** Of what says only how the ledger has it, such as a row from before all words were kept. */
export const stageOf = (state: PaymentState): DisputeStage =>
  state === 'succeeded' ? 'lost' : state === 'failed' ? 'won' : 'open'

/**
 * How it stands: as the latest word says, since the first of those that said the same without another
 * between them. So it depends on when each was so, and not on the order in which it was told.
 */
export function standingOf({ turns }: DisputeTold): DisputeStanding {
  const [first] = turns
  if (!first) throw new Error('Nothing was told of a dispute.')
  return turns.reduce<DisputeStanding>(
    (was, [at, stage]) => {
      const state = stage === 'appeal' ? was.state : states[stage]
      return { stage, state, at: state === was.state ? was.at : at }
    },
    { stage: first[1], state: stateOf(first[1]), at: first[0] },
  )
}
