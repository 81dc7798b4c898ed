import { Hono } from 'hono'
import { listActivityInput, portalActivityInput } from '../../features/activity/input.ts'
import { activityPage } from '../../features/activity/queries.ts'
import { portalLog } from '../../features/portals/log.ts'
import { paths } from '../../paths.ts'
import type { Inside } from '../http.ts'
import { parse } from '../input.ts'
import { OrganizationActivity } from './activity-page.tsx'
import { frameOf } from './frame.tsx'
import { PortalActivityPage } from './portal-activity.tsx'

/** What a GET form sends for "all" counts as not asked for. */
const asked = (query: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(query).filter(([, value]) => value !== ''))

export const activityPages = new Hono<Inside>()
  .get(paths.activity(':organization'), async (c) => {
    const { db, now, organization } = c.get('ctx')
    const input = parse(listActivityInput, asked(c.req.query()))
    if (!input.ok) return c.notFound()
    const page = await activityPage(db, organization.id, input.value)
    if (!page) return c.notFound()
    return c.html(
      <OrganizationActivity {...frameOf(c)} page={page} input={input.value} now={now} />,
    )
  })
  .get(paths.portalActivity(':organization', ':portal'), async (c) => {
    const { db, now, organization } = c.get('ctx')
    const input = parse(portalActivityInput, asked(c.req.query()))
    if (!input.ok) return c.notFound()
    const log = await portalLog(db, organization.id, c.req.param('portal'), input.value)
    if (!log) return c.notFound()
    return c.html(<PortalActivityPage {...frameOf(c)} log={log} input={input.value} now={now} />)
  })
