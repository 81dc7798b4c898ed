import { Hono } from 'hono'
import { createPortal } from '../../features/portals/actions.ts'
import { createPortalInput } from '../../features/portals/input.ts'
import {
  listPortals,
  portalById,
  portalWithLinks,
  type PortalDetail,
} from '../../features/portals/queries.ts'
import { pageInput } from '../../lib/page.ts'
import { ok } from '../../lib/result.ts'
import { paths } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { jsonBody } from './json.ts'
import { post } from './post.ts'
import { failed } from './problem.ts'
import { linkView, portalView } from './views.ts'

/** A portal with its first links; the address of the link that was made with it only once. */
const opened = (portal: PortalDetail, now: number, url: { url?: string } = {}) => ({
  ...portalView(portal),
  links: portal.links.items.map((link) => ({ ...linkView(link, now), ...url })),
})

export const portals = new Hono<Admin>()
  .get(paths.api.portals, async (c) => {
    const { db, organization } = c.get('ctx')
    const page = parse(pageInput, c.req.query())
    if (!page.ok) return failed(c, { kind: 'invalid', errors: page.errors })
    const { items, next } = await listPortals(db, organization.id, page.value)
    return c.json({ items: items.map(portalView), next })
  })
  .post(
    paths.api.portals,
    post({
      status: 201,
      input: (c) => jsonBody(c, createPortalInput),
      async act(c, input, id) {
        const ctx = c.get('ctx')
        const made = await createPortal(ctx, { ...input, id })
        if (!made.ok) return made
        const { portal, token } = made.value
        const url = token === undefined ? {} : { url: ctx.settings.appUrl + paths.portal(token) }
        return ok(opened(portal, ctx.now, url))
      },
      async show(c, id) {
        const { db, now, organization } = c.get('ctx')
        const found = await portalWithLinks(db, organization.id, id, { limit: 50 })
        return found && opened(found, now)
      },
    }),
  )
  .get(paths.api.portal(':portal'), async (c) => {
    const { db, organization } = c.get('ctx')
    const found = await portalById(db, organization.id, c.req.param('portal'))
    return found ? c.json(portalView(found)) : failed(c, { kind: 'missing' })
  })
