import { Hono, type Context } from 'hono'
import type { TenantCtx } from '../../ctx.ts'
import { closeRequest, openRequest, reopenRequest } from '../../features/requests/actions.ts'
import { listRequestsInput, openRequestInput } from '../../features/requests/input.ts'
import { portalRequests, type RequestPath } from '../../features/requests/queries.ts'
import type { Failure } from '../../lib/failure.ts'
import { newId } from '../../lib/id.ts'
import type { Result } from '../../lib/result.ts'
import { paths, type RequestAction } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import type { Inside } from '../http.ts'
import { formValues, parse } from '../input.ts'
import { frameOf, refuse } from './frame.tsx'
import { RequestsPage } from './requests-page.tsx'

type Here = Context<Inside>

const pathOf = (c: Here): RequestPath => ({
  portal: c.req.param('portal') ?? '',
  request: c.req.param('request') ?? '',
})

const freshForm = ({ now }: TenantCtx): FormState => ({ values: { id: newId(now) }, errors: [] })

async function show(c: Here, form: FormState, status: 200 | 422 = 200) {
  const { db, now, organization } = c.get('ctx')
  const input = parse(listRequestsInput, c.req.query())
  if (!input.ok) return c.notFound()
  const found = await portalRequests(db, organization.id, pathOf(c).portal, input.value)
  if (!found) return c.notFound()
  const first = input.value.cursor === undefined
  return c.html(
    <RequestsPage {...frameOf(c)} found={found} first={first} form={form} now={now} />,
    status,
  )
}

function back(c: Here) {
  const { portal, request } = pathOf(c)
  const page = paths.fileRequests(c.get('ctx').organization.slug, portal)
  return c.redirect(request === '' ? page : `${page}#request-${request}`, 303)
}

type Verb = (ctx: TenantCtx, path: RequestPath) => Promise<Result<unknown, Failure>>

const change = (name: RequestAction, verb: Verb) =>
  [
    paths.fileRequestAction(':organization', ':portal', ':request', name),
    async (c: Here) => {
      const done = await verb(c.get('ctx'), pathOf(c))
      return done.ok ? back(c) : refuse(c, done.failure)
    },
  ] as const

export const requestPages = new Hono<Inside>()
  .get(paths.fileRequests(':organization', ':portal'), (c) => show(c, freshForm(c.get('ctx'))))
  .post(paths.fileRequests(':organization', ':portal'), async (c) => {
    const values = await formValues(c.req.raw)
    const { id, title, note, dueOn } = values
    const input = parse(openRequestInput, { id, title, note, dueOn: dueOn || null })
    if (!input.ok) return show(c, { values, errors: input.errors }, 422)
    const made = await openRequest(c.get('ctx'), { ...input.value, portal: pathOf(c).portal })
    return made.ok ? back(c) : refuse(c, made.failure)
  })
  .post(...change('close', closeRequest))
  .post(...change('reopen', reopenRequest))
