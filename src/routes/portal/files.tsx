import { Hono } from 'hono'
import { FILES_LISTED, filesPlaceIn } from '../../features/files/rules.ts'
import { paths } from '../../paths.ts'
import { accentStyle } from '../../ui/brand.ts'
import type { Client } from '../http.ts'
import { freshForm } from './show.tsx'

/** The files of a portal beside its page, whose own pages are loaded when asked for; behind the link guard. */
export const filePages = new Hono<Client>()
  .get(paths.clientFiles(':token'), async (c) => {
    const { ctx, visit, files } = c.var
    const place = filesPlaceIn(c.req.query(), FILES_LISTED)
    if (!files || !place) return c.notFound()
    c.set('style', accentStyle(visit.organization.accent))
    const { FilesPage } = await import('./files-page.tsx')
    const props = { visit, files, place, token: c.req.param('token'), now: ctx.now }
    return c.html(<FilesPage {...props} form={freshForm(ctx)} />)
  })
  .get(paths.clientFile(':token', ':file'), async (c) => {
    const { ctx, visit, file } = c.var
    if (!file) return c.notFound()
    c.set('style', accentStyle(visit.organization.accent))
    c.set('embeds', true)
    const { FilePage } = await import('./file-page.tsx')
    const props = { visit, found: file, token: c.req.param('token'), now: ctx.now }
    return c.html(<FilePage {...props} />)
  })
