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
import {
  listPortals,
  portalById,
  portalWithLinks,
  type PortalDetail,
  type PortalItem,
} from '../../features/portals/queries.ts'
import { ok } from '../../lib/result.ts'
import { paths } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { jsonBody } from './json.ts'
import { noInput, post } from './post.ts'
import { failed } from './problem.ts'
import { linkView, portalView } from './views.ts'

/** A portal with its first links; the address of the link that was made with it only once. */
const opened = (portal: PortalDetail, now: number, url: { url?: string } = {}) => ({
  ...portalView(portal),
  links: portal.links.items.map((link) => ({ ...linkView(link, now), ...url })),
})

const shown = async (c: Context<Admin>): Promise<PortalItem | undefined> => {
  const { db, organization } = c.get('ctx')
  return portalById(db, organization.id, c.req.param('portal') ?? '')
}

/** A POST that moves a portal from one state to another. */
const moved = (verb: typeof archivePortal) =>
  post({
    status: 200,
    input: noInput,
    async act(c) {
      const done = await verb(c.get('ctx'), c.req.param('portal') ?? '')
      return done.ok ? ok(portalView(done.value)) : done
    },
    async show(c) {
      const found = await shown(c)
      return found && portalView(found)
    },
  })

export const portals = new Hono<Admin>()
  .get(paths.api.portals, async (c) => {
    const { db, organization } = c.get('ctx')
    const input = parse(listPortalsInput, c.req.query())
    if (!input.ok) return failed(c, { kind: 'invalid', errors: input.errors })
    const { items, next } = await listPortals(db, organization.id, input.value)
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
    const found = await shown(c)
    return found ? c.json(portalView(found)) : failed(c, { kind: 'missing' })
  })
  .patch(paths.api.portal(':portal'), async (c) => {
    const input = await jsonBody(c, changePortalInput)
    if (!input.ok) return input.response
    const changed = await changePortal(c.get('ctx'), c.req.param('portal'), input.value)
    return changed.ok ? c.json(portalView(changed.value)) : failed(c, changed.failure)
  })
  .delete(paths.api.portal(':portal'), async (c) => {
    const gone = await deletePortal(c.get('ctx'), c.req.param('portal'))
    return gone.ok ? c.body(null, 204) : failed(c, gone.failure)
  })
  .post(paths.api.portalAction(':portal', 'archive'), moved(archivePortal))
  .post(paths.api.portalAction(':portal', 'restore'), moved(restorePortal))
