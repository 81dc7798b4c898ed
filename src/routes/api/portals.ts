import { Hono, type Context } from 'hono'
import type { TenantCtx } from '../../ctx.ts'
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
import { pausePortalReminders, resumePortalReminders } from '../../features/reminders/pause.ts'
import { ok } from '../../lib/result.ts'
import { paths } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { jsonBody } from './json.ts'
import { noInput, post } from './post.ts'
import { failed } from './problem.ts'
import { todayIn } from './today.ts'
import { linkView, portalView } from './views.ts'

/** A portal with its first links; the address of the link that was made with it only once. */
const opened = (ctx: TenantCtx, portal: PortalDetail, url: { url?: string } = {}) => ({
  ...portalView(portal, todayIn(ctx)),
  links: portal.links.items.map((link) => ({ ...linkView(link, ctx.now), ...url })),
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
      return done.ok ? ok(portalView(done.value, todayIn(c.get('ctx')))) : done
    },
    async show(c) {
      const found = await shown(c)
      return found && portalView(found, todayIn(c.get('ctx')))
    },
  })

export const portals = new Hono<Admin>()
  .get(paths.api.portals, async (c) => {
    const ctx = c.get('ctx')
    const input = parse(listPortalsInput, c.req.query())
    if (!input.ok) return failed(c, { kind: 'invalid', errors: input.errors })
    const { items, next } = await listPortals(ctx.db, ctx.organization.id, input.value)
    const today = todayIn(ctx)
    return c.json({ items: items.map((portal) => portalView(portal, today)), next })
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
        return ok(opened(ctx, portal, url))
      },
      async show(c, id) {
        const ctx = c.get('ctx')
        const found = await portalWithLinks(ctx.db, ctx.organization.id, id, { limit: 50 })
        return found && opened(ctx, found)
      },
    }),
  )
  .get(paths.api.portal(':portal'), async (c) => {
    const found = await shown(c)
    if (!found) return failed(c, { kind: 'missing' })
    return c.json(portalView(found, todayIn(c.get('ctx'))))
  })
  .patch(paths.api.portal(':portal'), async (c) => {
    const input = await jsonBody(c, changePortalInput)
    if (!input.ok) return input.response
    const changed = await changePortal(c.get('ctx'), c.req.param('portal'), input.value)
    if (!changed.ok) return failed(c, changed.failure)
    return c.json(portalView(changed.value, todayIn(c.get('ctx'))))
  })
  .delete(paths.api.portal(':portal'), async (c) => {
    const gone = await deletePortal(c.get('ctx'), c.req.param('portal'))
    return gone.ok ? c.body(null, 204) : failed(c, gone.failure)
  })
  .post(paths.api.portalAction(':portal', 'archive'), moved(archivePortal))
  .post(paths.api.portalAction(':portal', 'restore'), moved(restorePortal))
  .post(paths.api.portalAction(':portal', 'pause-reminders'), moved(pausePortalReminders))
  .post(paths.api.portalAction(':portal', 'resume-reminders'), moved(resumePortalReminders))
