import type { Context } from 'hono'
import { FILES_LISTED, filesPlaceIn } from '../../features/files/rules.ts'
import { accentStyle } from '../../ui/brand.ts'
import type { Client } from '../http.ts'
import { FilePage } from './file-page.tsx'
import { FilesPage } from './files-page.tsx'
import { freshForm } from './show.tsx'

// The files of a portal beside its page, loaded when asked for.

export async function showFiles(c: Context<Client>): Promise<Response> {
  const { ctx, visit, files } = c.var
  const place = filesPlaceIn(c.req.query(), FILES_LISTED)
  if (!files || !place) return c.notFound()
  c.set('style', accentStyle(visit.organization.accent))
  const props = { visit, files, place, token: c.req.param('token') ?? '', now: ctx.now }
  return c.html(<FilesPage {...props} form={freshForm(ctx)} />)
}

export async function showFile(c: Context<Client>): Promise<Response> {
  const { ctx, visit, file } = c.var
  if (!file) return c.notFound()
  c.set('style', accentStyle(visit.organization.accent))
  c.set('embeds', true)
  const props = { visit, found: file, token: c.req.param('token') ?? '', now: ctx.now }
  return c.html(<FilePage {...props} />)
}
