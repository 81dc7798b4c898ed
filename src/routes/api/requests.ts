import { Hono, type Context } from 'hono'
import type { TenantCtx } from '../../ctx.ts'
import { closeRequest, openRequest, reopenRequest } from '../../features/requests/actions.ts'
import { listRequestsInput, openRequestInput } from '../../features/requests/input.ts'
import {
  listRequests,
  requestById,
  type RequestItem,
  type RequestPath,
} from '../../features/requests/queries.ts'
import { requestState } from '../../features/requests/rules.ts'
import type { Failure } from '../../lib/failure.ts'
import { ok, type Result } from '../../lib/result.ts'
import { paths, type RequestAction } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { jsonBody } from './json.ts'
import { noInput, post } from './post.ts'
import { failed } from './problem.ts'

type Here = Context<Admin>

const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString())

const requestView = (request: RequestItem) => ({
  id: request.id,
  title: request.title,
  note: request.note,
  dueOn: request.dueOn,
  state: requestState(request),
  askedBy: request.askedBy,
  createdAt: iso(request.createdAt),
  fulfilledAt: iso(request.fulfilledAt),
  fulfilledBy: request.fulfilledBy,
  closedAt: iso(request.closedAt),
})

const pathOf = (c: Here): RequestPath => ({
  portal: c.req.param('portal') ?? '',
  request: c.req.param('request') ?? '',
})

async function show(c: Here, request: string) {
  const { db, organization } = c.get('ctx')
  const found = await requestById(db, organization.id, { ...pathOf(c), request })
  return found && requestView(found)
}

type Verb = (ctx: TenantCtx, path: RequestPath) => Promise<Result<RequestItem, Failure>>

/** What is done to a request that is there. */
const change = (action: RequestAction, verb: Verb) =>
  [
    paths.api.fileRequestAction(':portal', ':request', action),
    post({
      status: 200,
      input: noInput,
      async act(c) {
        const done = await verb(c.get('ctx'), pathOf(c))
        return done.ok ? ok(requestView(done.value)) : done
      },
      show: (c) => show(c, pathOf(c).request),
    }),
  ] as const

export const requests = new Hono<Admin>()
  .get(paths.api.fileRequests(':portal'), async (c) => {
    const { db, organization } = c.get('ctx')
    const input = parse(listRequestsInput, c.req.query())
    if (!input.ok) return failed(c, { kind: 'invalid', errors: input.errors })
    const page = await listRequests(db, organization.id, c.req.param('portal'), input.value)
    if (!page) return failed(c, { kind: 'missing' })
    return c.json({ items: page.items.map(requestView), next: page.next })
  })
  .post(
    paths.api.fileRequests(':portal'),
    post({
      status: 201,
      input: (c) => jsonBody(c, openRequestInput),
      async act(c, input, id) {
        const { portal } = pathOf(c)
        const made = await openRequest(c.get('ctx'), { ...input, id, portal })
        return made.ok ? ok(requestView(made.value)) : made
      },
      show,
    }),
  )
  .post(...change('close', closeRequest))
  .post(...change('reopen', reopenRequest))
  // What was asked for stays in the log, so that taking it back is closing it.
  .delete(paths.api.fileRequest(':portal', ':request'), async (c) => {
    const closed = await closeRequest(c.get('ctx'), pathOf(c))
    return closed.ok ? c.body(null, 204) : failed(c, closed.failure)
  })
