import { Hono, type Context } from 'hono'
import type { TenantCtx } from '../../ctx.ts'
import { archiveMessage, restoreMessage, sendMessage } from '../../features/messages/actions.ts'
import { inboxInput, sendMessageInput, showMessagesInput } from '../../features/messages/input.ts'
import { inboxOf, portalThread, type MessagePath } from '../../features/messages/queries.ts'
import { markThreadRead } from '../../features/messages/reading.ts'
import { MESSAGES_SHOWN, versionIn } from '../../features/messages/rules.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import type { Result } from '../../lib/result.ts'
import { paths, withQuery, type MessageAction } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import { wordsFor } from '../failures.ts'
import type { Inside } from '../http.ts'
import { formValues, parse } from '../input.ts'
import { frameOf, refuse } from './frame.tsx'
import { Inbox } from './inbox.tsx'
import { ThreadPage } from './thread-page.tsx'

type Here = Context<Inside>

const portalOf = (c: Here): string => c.req.param('portal') ?? ''

/** The thread as it is now, with a message that came back unsent where there is one. */
async function show(c: Here, form: FormState, status: 200 | 409 | 422 = 200) {
  const { db, now, organization } = c.get('ctx')
  const input = parse(showMessagesInput, c.req.query())
  if (!input.ok || (input.value.cursor && input.value.after)) return c.notFound()
  const { cursor, after, archived } = input.value
  const place = { limit: MESSAGES_SHOWN, cursor, after, archived: archived !== undefined }
  const thread = await portalThread(db, organization.id, portalOf(c), place)
  if (!thread) return c.notFound()
  return c.html(
    <ThreadPage {...frameOf(c)} thread={thread} place={place} form={form} now={now} />,
    status,
  )
}

const freshForm = ({ now }: TenantCtx): FormState => ({ values: { id: newId(now) }, errors: [] })

/** Back to the thread, in the view that the form was sent from. */
function backTo(c: Here, hash = '') {
  const here = paths.messages(c.get('ctx').organization.slug, portalOf(c))
  return c.redirect(withQuery(here, { archived: c.req.query('archived') }) + hash, 303)
}

const change =
  (verb: (ctx: TenantCtx, path: MessagePath) => Promise<Result<unknown, Failure>>) =>
  async (c: Here) => {
    const path = { portal: portalOf(c), message: c.req.param('message') ?? '' }
    const done = await verb(c.get('ctx'), path)
    return done.ok ? backTo(c) : refuse(c, done.failure)
  }

const action = (name: MessageAction) =>
  paths.messageAction(':organization', ':portal', ':message', name)

export const messagePages = new Hono<Inside>()
  .get(paths.messages(':organization', ':portal'), (c) => show(c, freshForm(c.get('ctx'))))
  .post(paths.messages(':organization', ':portal'), async (c) => {
    const ctx = c.get('ctx')
    const { id, body = '' } = await formValues(c.req.raw)
    const values = { id: id ?? newId(ctx.now), body }
    const input = parse(sendMessageInput, values)
    if (!input.ok) return show(c, { values, errors: input.errors }, 422)
    const sent = await sendMessage(ctx, { ...input.value, portal: portalOf(c) })
    if (sent.ok) return backTo(c, '#write')
    if (sent.failure.kind !== 'conflict') return refuse(c, sent.failure)
    const again = { ...values, id: newId(ctx.now) }
    const { detail } = wordsFor(sent.failure)
    return show(c, { values: again, errors: [{ path: 'body', message: detail }] }, 409)
  })
  .post(paths.readMessages(':organization', ':portal'), async (c) => {
    const { thread } = await formValues(c.req.raw)
    const upTo = versionIn(thread)
    const read = await markThreadRead(c.get('ctx'), { portal: portalOf(c), upTo })
    return read.ok ? backTo(c) : refuse(c, read.failure)
  })
  .post(action('archive'), change(archiveMessage))
  .post(action('restore'), change(restoreMessage))
  .get(paths.inbox(':organization'), async (c) => {
    const { db, now, organization } = c.get('ctx')
    const input = parse(inboxInput, c.req.query())
    if (!input.ok) return c.notFound()
    const list = await inboxOf(db, organization.id, input.value)
    return c.html(<Inbox {...frameOf(c)} list={list} input={input.value} now={now} />)
  })
