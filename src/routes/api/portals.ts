import { Hono } from 'hono'
import { createPortal } from '../../features/portals/actions.ts'
import { createPortalInput } from '../../features/portals/input.ts'
import { listPortals, portalById } from '../../features/portals/queries.ts'
import { pageInput } from '../../lib/page.ts'
import { paths } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { jsonBody } from './json.ts'
import { failed } from './problem.ts'
import { linkView, portalView } from './views.ts'

export const portals = new Hono<Admin>()
  .get(paths.api.portals, async (c) => {
    const { db, organization } = c.get('ctx')
    const page = parse(pageInput, c.req.query())
    if (!page.ok) return failed(c, { kind: 'invalid', errors: page.errors })
    const { items, next } = await listPortals(db, organization.id, page.value)
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
