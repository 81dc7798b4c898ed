import type { Context } from 'hono'
import { markSeen } from '../../features/links/visitor.ts'
import { sendMessage } from '../../features/messages/actions.ts'
import { sendMessageInput } from '../../features/messages/input.ts'
import { subscribeAgain } from '../../features/messages/unsubscribe.ts'
import type { Failure } from '../../lib/failure.ts'
import { isId, newId } from '../../lib/id.ts'
import { paths } from '../../paths.ts'
import { waitWords } from '../failures.ts'
import type { Client } from '../http.ts'
import { formValues, parse, type Values } from '../input.ts'
import { showPage } from './show.tsx'

// What clients do by forms, loaded when they do it: the page that is only read needs no verbs.

/** What a client writes, by the form. Refused, the page comes back with the words and why. */
export async function sendByForm(c: Context<Client>): Promise<Response> {
  const { ctx, visit } = c.var
  const { id: given = '', body = '' } = await formValues(c.req.raw)
  const id = isId(given) ? given : newId(ctx.now)
  const input = parse(sendMessageInput, { id, body })
  if (!input.ok) return showPage(c, { values: { id, body }, errors: input.errors }, 422)
  const sent = await sendMessage(ctx, { ...input.value, portal: visit.portalId })
  if (!sent.ok) return refused(c, sent.failure, { id, body })
  // Whoever writes was here, whether or not their page could say so.
  c.set('unseen', markSeen(ctx, visit))
  return c.redirect(`${paths.portal(c.req.param('token') ?? '')}#messages`, 303)
}

function refused(c: Context<Client>, failure: Failure, values: Values) {
  const say = (message: string, more: Values = {}) => ({
    values: { ...values, ...more },
    errors: [{ path: 'body', message }],
  })
  switch (failure.kind) {
    case 'limited':
      c.header('Retry-After', String(failure.retryAfter))
      return showPage(
        c,
        say(
          `Not sent yet: that was a lot of messages within an hour. Your words are kept here, so send them ${waitWords(failure.retryAfter)}.`,
        ),
        429,
      )
    case 'conflict':
      return failure.reason === 'portal-archived'
        ? showPage(
            c,
            say('Not sent: this portal has been archived. Your words are still here to copy.'),
            409,
          )
        : // Something else went out under this form's id; under a fresh one these words can go too.
          showPage(
            c,
            say('Not sent: this form was used before. Send your words once more.', {
              id: newId(c.get('ctx').now),
            }),
            409,
          )
    case 'invalid':
      return showPage(c, { values, errors: failure.errors }, 422)
    case 'missing':
    case 'forbidden':
    case 'too-large':
    case 'locked':
      return c.notFound()
  }
}

/** News by email, turned on again. */
export async function subscribeByForm(c: Context<Client>): Promise<Response> {
  const { ctx, visit, content } = c.var
  if (!content) return c.notFound()
  await subscribeAgain(ctx)
  c.set('unseen', markSeen(ctx, visit))
  return c.redirect(`${paths.portal(c.req.param('token') ?? '')}#messages`, 303)
}
