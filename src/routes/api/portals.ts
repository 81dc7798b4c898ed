import { Hono, type Context } from 'hono'
import {
  archivePortal,
  changePortal,
  createPortal,
  deletePortal,
  restorePortal,
} from '../../features/portals/actions.ts'
import {
  changePortalInput,
  createPortalInput,
  listPortalsInput,
} from '../../features/portals/input.ts'
import { listPortals, portalById, type PortalItem } from '../../features/portals/queries.ts'
import type { Failure } from '../../lib/failure.ts'
import type { Result } from '../../lib/result.ts'
import { paths } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { jsonBody } from './json.ts'
import { failed } from './problem.ts'
import { linkView, portalView } from './views.ts'

const answer = (c: Context<Admin>, result: Result<PortalItem, Failure>) =>
  result.ok ? c.json(portalView(result.value)) : failed(c, result.failure)

export const portals = new Hono<Admin>()
  .get(paths.api.portals, async (c) => {
    const { db, organization } = c.get('ctx')
    const input = parse(listPortalsInput, c.req.query())
    if (!input.ok) return failed(c, { kind: 'invalid', errors: input.errors })
    const { items, next } = await listPortals(db, organization.id, input.value)
    return c.json({ items: items.map(portalView), next })
  })
  .post(paths.api.portals, async (c) => {
    const ctx = c.get('ctx')
    const input = await jsonBody(c, createPortalInput)
    if (!input.ok) return input.response
    const made = await createPortal(ctx, input.value)
    if (!made.ok) return failed(c, made.failure)
    const { portal, token } = made.value
    const url = token === undefined ? {} : { url: ctx.settings.appUrl + paths.portal(token) }
    const links = portal.links.items.map((link) => ({ ...linkView(link, ctx.now), ...url }))
    return c.json({ ...portalView(portal), links }, 201)
  })
  .get(paths.api.portal(':portal'), async (c) => {
    const { db, organization } = c.get('ctx')
    const found = await portalById(db, organization.id, c.req.param('portal'))
    return found ? c.json(portalView(found)) : failed(c, { kind: 'missing' })
  })
  .patch(paths.api.portal(':portal'), async (c) => {
    const input = await jsonBody(c, changePortalInput)
    if (!input.ok) return input.response
    return answer(c, await changePortal(c.get('ctx'), c.req.param('portal'), input.value))
  })
  .delete(paths.api.portal(':portal'), async (c) => {
    const gone = await deletePortal(c.get('ctx'), c.req.param('portal'))
    return gone.ok ? c.body(null, 204) : failed(c, gone.failure)
  })
  .post(paths.api.portalAction(':portal', 'archive'), async (c) =>
    answer(c, await archivePortal(c.get('ctx'), c.req.param('portal'))),
  )
  .post(paths.api.portalAction(':portal', 'restore'), async (c) =>
    answer(c, await restorePortal(c.get('ctx'), c.req.param('portal'))),
  )
