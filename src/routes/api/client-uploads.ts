import { Hono, type Context } from 'hono'
import { isToken, mayOpen } from '../../features/links/rules.ts'
import { markSeen } from '../../features/links/visitor.ts'
import { visitByHash, type Visit } from '../../features/links/visits.ts'
import { visitWithUpload } from '../../features/uploads/of-link.ts'
import { isKnown, type UploadItem } from '../../features/uploads/queries.ts'
import type { UploadPath } from '../../features/uploads/sender.ts'
import { sha256 } from '../../lib/hash.ts'
import { newId } from '../../lib/id.ts'
import { paths } from '../../paths.ts'
import { door } from '../door.tsx'
import type { Client } from '../http.ts'
import { changesNothing } from '../origin.ts'
import { enter } from '../portal/guard.ts'
import { shedLinks } from '../shed.ts'
import { failed } from './problem.ts'
import {
  announced,
  append,
  begin,
  capabilities,
  status,
  tell,
  tellPlace,
  terminate,
  toolsOf,
  uploadView,
} from './tus.ts'

// A door of its own, so that no page evaluates what takes uploads; the token in the path is the
// credential, as at the rest of the client's door.

interface Uploading {
  Bindings: Client['Bindings']
  Variables: Client['Variables'] & { upload: UploadItem | null }
}

type Here = Context<Uploading>

const pathOf = (c: Here): UploadPath => ({
  portal: c.get('visit').portalId,
  upload: c.req.param('upload') ?? '',
})

/** What a token opens; with an upload that is asked about in the same statement. */
async function found(
  c: Here,
  hash: string,
): Promise<(Visit & { upload?: UploadItem | null }) | undefined> {
  const { db } = c.get('ctx')
  const upload = changesNothing(c.req.raw) ? c.req.param('upload') : undefined
  return upload === undefined ? visitByHash(db, hash) : visitWithUpload(db, hash, upload)
}

async function start(c: Here): Promise<Response> {
  const input = announced(c)
  if (!input.ok) return input.response
  const { ctx, visit } = c.var
  const id = newId(ctx.now)
  const made = await begin(c, toolsOf(c), { ...input.value, id, portal: visit.portalId })
  if (!made.ok) return failed(c, made.failure)
  // Whoever sends files was here, whether or not their page could say so.
  c.set('unseen', markSeen(ctx, visit))
  tell(c, made.value)
  tellPlace(c, toolsOf(c), paths.api.clientUpload(c.req.param('token') ?? '', id))
  return c.json(uploadView(made.value), 201)
}

const routes = new Hono<Uploading>()
  .use('/api/portal/:token/*', shedLinks)
  .use('/api/portal/:token/uploads/:upload?', async (c, next) => {
    const token = c.req.param('token')
    const visit = isToken(token) ? await found(c, await sha256(token)) : undefined
    const ctx = visit && enter(c.get('ctx'), visit)
    if (!ctx) return failed(c, { kind: 'missing' })
    c.set('ctx', ctx)
    c.set('visit', visit)
    c.set('upload', visit.upload ?? null)
    return next()
  })
  .options(paths.api.clientUploads(':token'), capabilities)
  .post(paths.api.clientUploads(':token'), (c) => start(c))
  .get(paths.api.clientUpload(':token', ':upload'), (c) => {
    const { ctx, upload, visit } = c.var
    const seen = upload && mayOpen(visit.scope, 'files') && isKnown(upload, ctx.now)
    return status(c, seen ? upload : undefined)
  })
  .patch(paths.api.clientUpload(':token', ':upload'), (c) => append(c, toolsOf(c), pathOf(c)))
  .delete(paths.api.clientUpload(':token', ':upload'), (c) => terminate(c, toolsOf(c), pathOf(c)))

export const clientUploads = door().route('/', routes)
