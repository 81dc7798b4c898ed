import { Hono, type Context } from 'hono'
import { newestTemplates, TEMPLATES_OFFERED } from '../../features/milestones/queries.ts'
import { createPortal } from '../../features/portals/actions.ts'
import { createPortalInput, listPortalsInput } from '../../features/portals/input.ts'
import { firstPage, portalPage } from '../../features/portals/first-page.ts'
import { portalWithLinks } from '../../features/portals/queries.ts'
import { overviewOf } from '../../features/portals/overview.ts'
import { dayOf } from '../../lib/day.ts'
import { newId } from '../../lib/id.ts'
import { pageInput } from '../../lib/page.ts'
import { paths } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import type { Inside } from '../http.ts'
import { formValues, nested, parse } from '../input.ts'
import { frameOf, refuse } from './frame.tsx'
import { NewPortalPage } from './portal-form.tsx'
import { PortalList } from './portal-list.tsx'
import { AccessPage } from './portal-access.tsx'
import { OverviewPage } from './portal-overview.tsx'

/** The page shows active portals unless it is asked for others, and sorts no search. */
const asked = ({ sort, ...query }: Record<string, string>): Record<string, string> => ({
  status: 'active',
  ...query,
  ...(sort === undefined || query['q']?.trim() ? {} : { sort }),
})

/** The form with the templates that a plan may start from. */
async function newPortalPage(c: Context<Inside>, form: FormState, status: 200 | 422 = 200) {
  const { db, organization } = c.get('ctx')
  const templates = await newestTemplates(db, organization.id, { limit: TEMPLATES_OFFERED - 1 })
  return c.html(<NewPortalPage {...frameOf(c)} templates={templates} form={form} />, status)
}

export const portalPages = new Hono<Inside>()
  .get(paths.organization(':organization'), (c) =>
    c.redirect(paths.portals(c.req.param('organization')), 303),
  )
  .get(paths.portals(':organization'), async (c) => {
    const { db, now, organization } = c.get('ctx')
    const input = parse(listPortalsInput, asked(c.req.query()))
    if (!input.ok) return c.notFound()
    const { q, sort, status = 'active', after } = input.value
    const first = after === undefined
    const money = { today: dayOf(now, organization.timeZone), own: organization.currency }
    const list =
      first && q === undefined && status === 'active'
        ? await firstPage(db, organization.id, input.value, money)
        : { ...(await portalPage(db, organization.id, input.value)), glance: undefined }
    const props = { list, view: { q, sort, status }, first, now }
    return c.html(<PortalList {...frameOf(c)} {...props} />)
  })
  .get(paths.newPortal(':organization'), (c) => {
    const { now, organization } = c.get('ctx')
    const values = { id: newId(now), currency: organization.currency, send: 'yes' }
    return newPortalPage(c, { values, errors: [] })
  })
  .post(paths.portals(':organization'), async (c) => {
    const ctx = c.get('ctx')
    const values = await formValues(c.req.raw)
    const again = (form: FormState) => newPortalPage(c, form, 422)
    const input = parse(createPortalInput, {
      ...nested(values),
      template: values['template'] || undefined,
      send: values['send'] === 'yes',
    })
    if (!input.ok) return again({ values, errors: input.errors })
    const made = await createPortal(ctx, input.value)
    if (made.ok) return c.redirect(paths.portalOf(ctx.organization.slug, made.value.portal.id), 303)
    if (made.failure.kind === 'invalid') return again({ values, errors: made.failure.errors })
    return refuse(c, made.failure)
  })
  .get(paths.portalOf(':organization', ':portal'), async (c) => {
    const { db, now, organization } = c.get('ctx')
    const overview = await overviewOf(db, organization.id, c.req.param('portal'))
    if (!overview) return c.notFound()
    return c.html(<OverviewPage {...frameOf(c)} overview={overview} now={now} />)
  })
  .get(paths.links(':organization', ':portal'), async (c) => {
    const { db, now, organization } = c.get('ctx')
    const page = parse(pageInput, c.req.query())
    if (!page.ok) return c.notFound()
    const found = await portalWithLinks(db, organization.id, c.req.param('portal'), page.value)
    if (!found) return c.notFound()
    const first = page.value.cursor === undefined
    return c.html(<AccessPage {...frameOf(c)} portal={found} first={first} now={now} />)
  })
