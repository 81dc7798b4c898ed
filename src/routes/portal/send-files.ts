import type { Context } from 'hono'
import { mayOpen } from '../../features/links/rules.ts'
import { markSeen } from '../../features/links/visitor.ts'
import { paths } from '../../paths.ts'
import { toolsOf } from '../api/tus.ts'
import type { Client } from '../http.ts'
import { refusedFiles } from '../refuse-files.ts'
import { takeFiles } from '../upload-form.ts'
import { freshForm, showPage } from './show.tsx'

/** Files that a client sends by the form that needs no script. */
export async function sendFilesByForm(c: Context<Client>): Promise<Response> {
  const { ctx, visit } = c.var
  if (!mayOpen(visit.scope, 'files')) return c.notFound()
  const taking = takeFiles(toolsOf(c), visit.portalId, c.req.raw)
  // The sender may be gone before the end; then what is left of it has to be cleared away.
  c.executionCtx.waitUntil(taking.catch(() => undefined))
  const taken = await taking
  if (!taken.ok) {
    const refused = refusedFiles(taken, ctx.now)
    if (!refused) return c.notFound()
    if (refused.retryAfter) c.header('Retry-After', String(refused.retryAfter))
    return showPage(c, freshForm(ctx), refused.status, refused.form)
  }
  // Whoever sends files was here, whether or not their page could say so.
  c.set('unseen', markSeen(ctx, visit))
  return c.redirect(`${paths.portal(c.req.param('token') ?? '')}#files`, 303)
}
