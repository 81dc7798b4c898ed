import { Hono, type Context } from 'hono'
import type { TenantCtx } from '../../ctx.ts'
import { archiveMessage, restoreMessage, sendMessage } from '../../features/messages/actions.ts'
import { listMessagesInput, sendMessageInput } from '../../features/messages/input.ts'
import {
  messageWithReadings,
  threadOf,
  type MessageItem,
  type MessagePath,
} from '../../features/messages/queries.ts'
import { markThreadRead } from '../../features/messages/reading.ts'
import { etagOf } from '../../features/messages/rules.ts'
import { portalById } from '../../features/portals/queries.ts'
import type { Failure } from '../../lib/failure.ts'
import { fail, ok, type Result } from '../../lib/result.ts'
import { paths, type MessageAction } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { jsonBody } from './json.ts'
import { noInput, post } from './post.ts'
import { failed } from './problem.ts'
import { todayIn } from './today.ts'
import { portalView, teamMessageView } from './views.ts'

type Here = Context<Admin>

const pathOf = (c: Here): MessagePath => ({
  portal: c.req.param('portal') ?? '',
  message: c.req.param('message') ?? '',
})

async function show(c: Here, message: string) {
  const { db, organization } = c.get('ctx')
  const path = { portal: pathOf(c).portal, message }
  const found = await messageWithReadings(db, organization.id, path)
  return found && teamMessageView(found.message, found.readings)
}

async function portalOf(c: Here) {
  const ctx = c.get('ctx')
  const found = await portalById(ctx.db, ctx.organization.id, pathOf(c).portal)
  return found && portalView(found, todayIn(ctx))
}

type Verb = (ctx: TenantCtx, path: MessagePath) => Promise<Result<MessageItem, Failure>>

/** What is done to a message that is there. */
const change = (action: MessageAction, verb: Verb) =>
  [
    paths.api.messageAction(':portal', ':message', action),
    post({
      status: 200,
      input: noInput,
      async act(c) {
        const done = await verb(c.get('ctx'), pathOf(c))
        if (!done.ok) return done
        return ok((await show(c, done.value.id)) ?? teamMessageView(done.value, []))
      },
      show: (c) => show(c, pathOf(c).message),
    }),
  ] as const

export const messages = new Hono<Admin>()
  .get(paths.api.messages(':portal'), async (c) => {
    const { db, organization } = c.get('ctx')
    const input = parse(listMessagesInput, c.req.query())
    if (!input.ok) return failed(c, { kind: 'invalid', errors: input.errors })
    const { limit, cursor, archived } = input.value
    const place = { limit, cursor, archived: archived !== undefined }
    const thread = await threadOf(db, organization.id, c.req.param('portal'), place)
    if (!thread) return failed(c, { kind: 'missing' })
    const { page, readings, version } = thread
    c.header('ETag', etagOf(version))
    return c.json({
      items: page.items.map((message) => teamMessageView(message, readings)),
      next: page.earlier,
    })
  })
  .post(
    paths.api.messages(':portal'),
    post({
      status: 201,
      input: (c) => jsonBody(c, sendMessageInput),
      async act(c, input, id) {
        const { portal } = pathOf(c)
        const sent = await sendMessage(c.get('ctx'), { ...input, id, portal })
        return sent.ok ? ok(teamMessageView(sent.value, [])) : sent
      },
      show,
    }),
  )
  .post(...change('archive', archiveMessage))
  .post(...change('restore', restoreMessage))
  .post(
    paths.api.portalSeen(':portal'),
    post({
      status: 200,
      input: noInput,
      async act(c) {
        const { portal } = pathOf(c)
        const read = await markThreadRead(c.get('ctx'), { portal })
        if (!read.ok) return read
        const found = await portalOf(c)
        return found ? ok(found) : fail({ kind: 'missing' })
      },
      show: portalOf,
    }),
  )
