import type { TenantCtx } from '../../ctx.ts'
import { answerInvoice } from '../../features/reminders/answer.ts'
import { answerInvoiceInput } from '../../features/reminders/input.ts'
import type { Failure } from '../../lib/failure.ts'
import { wordsFor } from '../failures.ts'
import { formValues, parse } from '../input.ts'
import type { AnswerForm } from './invoice-answer.tsx'

type Taken =
  { kind: 'taken' } | { kind: 'missing' } | { kind: 'refused'; status: 409 | 422; form: AnswerForm }

/** What a form says about an invoice, and what became of it. */
export async function takeInvoiceAnswer(
  ctx: TenantCtx,
  invoice: string,
  request: Request,
): Promise<Taken> {
  const values = await formValues(request)
  const refused = (status: 409 | 422, errors: AnswerForm['errors']): Taken => ({
    kind: 'refused',
    status,
    form: { values, errors },
  })
  const input = parse(answerInvoiceInput, values)
  if (!input.ok) return refused(422, input.errors)
  const answered = await answerInvoice(ctx, invoice, input.value)
  if (answered.ok) return { kind: 'taken' }
  const { failure } = answered
  if (failure.kind === 'invalid') return refused(422, failure.errors)
  if (failure.kind !== 'conflict') return { kind: 'missing' }
  return refused(409, [{ path: '', message: plainWords(failure) }])
}

/** For a client, who knows no states and roles. */
function plainWords(failure: Failure & { kind: 'conflict' }): string {
  switch (failure.reason) {
    case 'portal-archived':
      return 'This portal is archived, so nothing can be answered any more.'
    case 'invoice-settled':
      return 'There is nothing to pay on this invoice any more. Thank you.'
    case 'changed-meanwhile':
      return 'This changed just now. Have a look at how it stands, and answer again.'
    default:
      return wordsFor(failure).detail
  }
}
