import type { Context } from 'hono'
import { approveAndPay } from '../../features/invoices/approve-and-pay.ts'
import { markSeen } from '../../features/links/visitor.ts'
import { newId } from '../../lib/id.ts'
import { entrancePaths as paths, type ClientAnswer } from '../../entrance-paths.ts'
import { accentStyle } from '../../ui/brand.ts'
import type { Client } from '../http.ts'
import { formValues } from '../input.ts'
import { admit } from './guard.ts'
import { PortalPage } from './page.tsx'
import type { Refused } from './plan.tsx'
import { plainWords, takeAnswer } from './take-answer.ts'

type Here = Context<Client>

/** The page as it is now, saying at the milestone why the answer was not taken. */
async function again(c: Here, refused: Refused, status: 409 | 422) {
  const token = c.req.param('token') ?? ''
  const admitted = await admit(c.get('ctx'), token, { whole: true })
  if (!admitted) return c.notFound()
  const { visit, content, billing, ctx } = admitted
  c.set('style', accentStyle(visit.organization.accent))
  c.set('pays', billing?.online === 1)
  return c.html(
    <PortalPage
      visit={visit}
      content={content}
      billing={billing}
      now={ctx.now}
      token={token}
      form={{ values: { id: newId(ctx.now) }, errors: [] }}
      refused={refused}
    />,
    status,
  )
}

/** Signed off, billed, and on to where it is paid. */
export async function approveAndPayByForm(c: Here) {
  const { ctx, visit } = c.var
  const token = c.req.param('token') ?? ''
  const milestone = c.req.param('milestone') ?? ''
  const { amount = '' } = await formValues(c.req.raw)
  await markSeen(ctx, visit)
  // A button that said no amount, as for a draft, sends none.
  const shown = /^\d{1,15}$/.test(amount) ? Number(amount) : undefined
  const done = await approveAndPay(ctx, milestone, shown)
  if (done.ok) return c.redirect(paths.clientPay(token, done.value.invoice), 303)
  if (done.failure.kind !== 'conflict') return c.notFound()
  return again(c, { milestone, message: plainWords(done.failure), note: '' }, 409)
}

/** The client's word on a milestone; behind the link guard. */
export async function answerByForm(c: Here, answer: ClientAnswer) {
  const milestone = c.req.param('milestone') ?? ''
  const taken = await takeAnswer(c.var, milestone, answer, c.req.raw)
  switch (taken.kind) {
    case 'taken':
      return c.redirect(`${paths.portal(c.req.param('token') ?? '')}#milestone-${milestone}`, 303)
    case 'missing':
      return c.notFound()
    case 'refused':
      return again(c, { milestone, ...taken.refused }, taken.status)
  }
}
