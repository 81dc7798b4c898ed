import { Hono } from 'hono'
import { portalById } from '../../features/portals/queries.ts'
import { paths } from '../../paths.ts'
import { toolsOf } from '../api/tus.ts'
import type { Inside } from '../http.ts'
import { refuseFiles } from '../refuse-files.ts'
import { takeFiles } from '../upload-form.ts'

/** Files that a member sends by the form that needs no script. */
export const fileForms = new Hono<Inside>().post(
  paths.files(':organization', ':portal'),
  async (c) => {
    const { organization, portal } = c.req.param()
    const ctx = c.get('ctx')
    if (!(await portalById(ctx.db, ctx.organization.id, portal))) return c.notFound()
    const taking = takeFiles(toolsOf(c), portal, c.req.raw)
    // The sender may be gone before the end; then what is left of it has to be cleared away.
    c.executionCtx.waitUntil(taking.catch(() => undefined))
    const taken = await taking
    return taken.ok ? c.redirect(paths.files(organization, portal), 303) : refuseFiles(c, taken)
  },
)
