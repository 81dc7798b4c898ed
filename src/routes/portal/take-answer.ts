import { markSeen } from '../../features/links/visitor.ts'
import type { Visit } from '../../features/links/visits.ts'
import type { TenantCtx } from '../../ctx.ts'
import { answerApproval } from '../../features/milestones/approval.ts'
import { answerInput, changesInput } from '../../features/milestones/input.ts'
import type { Failure } from '../../lib/failure.ts'
import type { ClientAnswer } from '../../entrance-paths.ts'
import { wordsFor } from '../failures.ts'
import { formValues, parse } from '../input.ts'

type Taken =
  | { kind: 'taken' }
  | { kind: 'missing' }
  | { kind: 'refused'; status: 409 | 422; refused: { message: string; note: string } }

/** What a client's form says about a milestone, and what became of it. */
export async function takeAnswer(
  { ctx, visit }: { ctx: TenantCtx; visit: Visit },
  milestone: string,
  answer: ClientAnswer,
  request: Request,
): Promise<Taken> {
  const values = await formValues(request)
  const note = values['note'] ?? ''
  // Whoever answers has looked.
  await markSeen(ctx, visit)
  const input = parse(answer === 'approve' ? answerInput : changesInput, values)
  if (!input.ok) {
    const message = input.errors.map((error) => error.message).join(' ')
    return { kind: 'refused', status: 422, refused: { message, note } }
  }
  const to = answer === 'approve' ? 'approved' : 'changes'
  const given = await answerApproval(ctx, milestone, { to, note: input.value.note })
  if (given.ok) return { kind: 'taken' }
  if (given.failure.kind !== 'conflict') return { kind: 'missing' }
  return { kind: 'refused', status: 409, refused: { message: plainWords(given.failure), note } }
}

/** For a client, who knows no states and roles. */
export function plainWords(failure: Failure & { kind: 'conflict' }): string {
  switch (failure.reason) {
    case 'portal-archived':
      return 'This portal is archived, so nothing can be answered any more.'
    case 'approval-not-asked':
      return 'This was answered already, or is not waiting for an answer any more. Here is how it stands now.'
    case 'changed-meanwhile':
      return 'This changed just now. Have a look at how it stands, and answer again.'
    default:
      return wordsFor(failure).detail
  }
}
