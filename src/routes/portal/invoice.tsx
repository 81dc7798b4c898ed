import type { Context } from 'hono'
import { markSeen } from '../../features/links/visitor.ts'
import { dayOf } from '../../lib/day.ts'
import { paths } from '../../paths.ts'
import { accentStyle } from '../../ui/brand.ts'
import type { Client } from '../http.ts'
import { admit } from './guard.ts'
import { noAnswer, type AnswerForm } from './invoice-answer.tsx'
import { InvoicePage } from './invoice-page.tsx'
import { payingOf } from './look-again.ts'
import { takeInvoiceAnswer } from './take-invoice-answer.ts'

/** One invoice of the portal, which the guard has read. */
export async function showInvoice(
  c: Context<Client>,
  form: AnswerForm = noAnswer,
  status: 200 | 409 | 422 = 200,
): Promise<Response> {
  const { ctx, visit, invoice } = c.var
  if (!invoice) return c.notFound()
  c.set('style', accentStyle(visit.organization.accent))
  const today = dayOf(ctx.now, visit.organization.timeZone)
  const token = c.req.param('token') ?? ''
  const paying = payingOf(c, invoice, paths.clientInvoice(token, invoice.id))
  return c.html(<InvoicePage {...{ visit, invoice, token, today, paying, form }} />, status)
}

/** The client's word on an invoice, by a form of its page. */
export async function answerInvoiceByForm(c: Context<Client>): Promise<Response> {
  const { ctx, visit } = c.var
  const token = c.req.param('token') ?? ''
  const id = c.req.param('invoice') ?? ''
  // Whoever answers has looked.
  await markSeen(ctx, visit)
  const taken = await takeInvoiceAnswer(ctx, id, c.req.raw)
  if (taken.kind === 'taken') return c.redirect(`${paths.clientInvoice(token, id)}#answer`, 303)
  if (taken.kind === 'missing') return c.notFound()
  // As it stands now: somebody else may have paid or answered it.
  const admitted = await admit(ctx, token, { invoice: id })
  c.set('invoice', admitted?.invoice ?? null)
  return showInvoice(c, taken.form, taken.status)
}
