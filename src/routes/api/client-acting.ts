import type { Context } from 'hono'
import { listFilesInput } from '../../features/files/input.ts'
import { approveAndPay } from '../../features/invoices/approve-and-pay.ts'
import { markSeen } from '../../features/links/visitor.ts'
import { sendMessage } from '../../features/messages/actions.ts'
import { sendMessageInput } from '../../features/messages/input.ts'
import { versionIn } from '../../features/messages/rules.ts'
import { answerApproval } from '../../features/milestones/approval.ts'
import { answerInput } from '../../features/milestones/input.ts'
import type { FieldError } from '../../lib/failure.ts'
import { pageInput } from '../../lib/page.ts'
import { paths } from '../../paths.ts'
import type { Client } from '../http.ts'
import { parse } from '../input.ts'
import { jsonBody } from './json.ts'
import { failed } from './problem.ts'
import { clientMilestoneView, messageView } from './views.ts'

// What clients do by JSON, loaded when they do it; see routes/portal/acting.ts.

/** What is wrong with a query that asks for no page of a thread. */
export function complaints(query: Record<string, string>): FieldError[] {
  const input = parse(pageInput, query)
  return input.ok
    ? [{ path: '', message: 'Ask for a limit of 1 to 100 and one cursor.' }]
    : input.errors
}

/** The same for a list of files. */
export function complaintsAboutFiles(query: Record<string, string>): FieldError[] {
  const input = parse(listFilesInput, query)
  return input.ok ? [{ path: '', message: 'Ask for a limit of 1 to 100.' }] : input.errors
}

/** Up to the version of the thread that the caller names; what came since is not seen yet. */
export async function reportSeen(c: Context<Client>): Promise<Response> {
  await markSeen(c.get('ctx'), c.get('visit'), versionIn(c.req.query('thread')))
  return c.body(null, 204)
}

export async function sendByApi(c: Context<Client>): Promise<Response> {
  const { ctx, visit } = c.var
  const input = await jsonBody(c, sendMessageInput)
  if (!input.ok) return input.response
  const sent = await sendMessage(ctx, { ...input.value, portal: visit.portalId })
  if (!sent.ok) return failed(c, sent.failure)
  c.set('unseen', markSeen(ctx, visit))
  return c.json(messageView(sent.value, []), 201)
}

/** The client's word on a milestone. */
export async function answerByApi(
  c: Context<Client>,
  to: 'approved' | 'changes',
): Promise<Response> {
  const { ctx, visit } = c.var
  const input = await jsonBody(c, answerInput)
  if (!input.ok) return input.response
  await markSeen(ctx, visit)
  const given = await answerApproval(ctx, c.req.param('milestone') ?? '', { to, ...input.value })
  return given.ok ? c.json(clientMilestoneView(given.value)) : failed(c, given.failure)
}

/** Signs a milestone off, and answers where its invoice is paid. */
export async function approveAndPayByApi(c: Context<Client>): Promise<Response> {
  const { ctx, visit } = c.var
  await markSeen(ctx, visit)
  const done = await approveAndPay(ctx, c.req.param('milestone') ?? '')
  if (!done.ok) return failed(c, done.failure)
  const pay = paths.clientPay(c.req.param('token') ?? '', done.value.invoice)
  return c.json({ payUrl: ctx.settings.appUrl + pay })
}
