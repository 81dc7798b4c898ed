import { Hono } from 'hono'
import { listTemplates } from '../../features/milestones/queries.ts'
import { deleteTemplate } from '../../features/milestones/templates.ts'
import { pageInput } from '../../lib/page.ts'
import { paths } from '../../paths.ts'
import type { Inside } from '../http.ts'
import { parse } from '../input.ts'
import { frameOf, refuse } from './frame.tsx'
import { TemplateList } from './template-list.tsx'

export const templatePages = new Hono<Inside>()
  .get(paths.templates(':organization'), async (c) => {
    const { db, now, organization } = c.get('ctx')
    const { saved, ...query } = c.req.query()
    const page = parse(pageInput, query)
    if (!page.ok) return c.notFound()
    const list = await listTemplates(db, organization.id, page.value)
    const props = { list, first: page.value.cursor === undefined, saved, now }
    return c.html(<TemplateList {...frameOf(c)} {...props} />)
  })
  .post(paths.deleteTemplate(':organization', ':template'), async (c) => {
    const ctx = c.get('ctx')
    const gone = await deleteTemplate(ctx, { template: c.req.param('template') })
    return gone.ok
      ? c.redirect(paths.templates(ctx.organization.slug), 303)
      : refuse(c, gone.failure)
  })
