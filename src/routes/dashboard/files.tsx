import { Hono, type Context } from 'hono'
import { deleteFile, restoreFile } from '../../features/files/actions.ts'
import { deletedFilesInput, renameFileInput, showFilesInput } from '../../features/files/input.ts'
import {
  deletedOfPortal,
  fileOfPortal,
  filesOfPortal,
  type FilePath,
} from '../../features/files/queries.ts'
import { renameFile } from '../../features/files/rename.ts'
import { versionNumber } from '../../features/files/rules.ts'
import { portalById } from '../../features/portals/queries.ts'
import { newId } from '../../lib/id.ts'
import { paths, withQuery } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import { toolsOf } from '../api/tus.ts'
import type { Inside } from '../http.ts'
import { formValues, parse } from '../input.ts'
import { refusedFiles } from '../refuse-files.ts'
import { takeFiles } from '../upload-form.ts'
import { DeletedFiles } from './deleted-files.tsx'
import { FilePage } from './file-page.tsx'
import { FilesPage } from './files-page.tsx'
import { frameOf, refuse } from './frame.tsx'

type Here = Context<Inside>

const pathOf = (c: Here): FilePath => ({
  portal: c.req.param('portal') ?? '',
  file: c.req.param('file') ?? '',
})

/** The list as it is now, with an upload that came back where there is one. */
async function showFiles(
  c: Here,
  upload?: FormState,
  status: 200 | 409 | 413 | 422 | 429 = 200,
): Promise<Response> {
  const { db, now, organization, settings } = c.get('ctx')
  const input = parse(showFilesInput, c.req.query())
  if (!input.ok) return c.notFound()
  const { folder, limit, cursor } = input.value
  const found = await filesOfPortal(db, organization.id, pathOf(c).portal, input.value)
  if (!found) return c.notFound()
  const props = {
    found,
    place: { limit, cursor, folder },
    form: upload ?? { values: { id: newId(now), folder: folder ?? '' }, errors: [] },
    storage: settings.storage,
    now,
  }
  return c.html(<FilesPage {...frameOf(c)} {...props} />, status)
}

async function showDeleted(c: Here): Promise<Response> {
  const { db, now, organization } = c.get('ctx')
  const input = parse(deletedFilesInput, c.req.query())
  if (!input.ok) return c.notFound()
  const found = await deletedOfPortal(db, organization.id, pathOf(c).portal, input.value)
  if (!found) return c.notFound()
  const first = input.value.after === undefined
  return c.html(<DeletedFiles {...frameOf(c)} found={found} first={first} now={now} />)
}

/** Files that a member sends by the form that needs no script. */
async function sendFiles(c: Here): Promise<Response> {
  const { portal } = pathOf(c)
  const ctx = c.get('ctx')
  if (!(await portalById(ctx.db, ctx.organization.id, portal))) return c.notFound()
  const taking = takeFiles(toolsOf(c), portal, c.req.raw)
  // The sender may be gone before the end; then what is left of it has to be cleared away.
  c.executionCtx.waitUntil(taking.catch(() => undefined))
  const taken = await taking
  if (taken.ok) return backTo(c, {})
  const refused = refusedFiles(taken, ctx.now)
  if (!refused) return refuse(c, taken.failure)
  return showFiles(c, refused.form, refused.status)
}

/** One file, with a new name that could not be had where there is one. */
async function showFile(c: Here, form?: FormState, status: 200 | 409 | 422 = 200) {
  const { db, now, organization } = c.get('ctx')
  const before = versionNumber(c.req.query('before'))
  const found = await fileOfPortal(db, organization.id, pathOf(c), before)
  if (!found) return c.notFound()
  c.set('embeds', true)
  const props = { found, first: before === undefined, form, now }
  return c.html(<FilePage {...frameOf(c)} {...props} />, status)
}

async function rename(c: Here): Promise<Response> {
  const values = await formValues(c.req.raw)
  const input = parse(renameFileInput, values)
  if (!input.ok) return showFile(c, { values, errors: input.errors }, 422)
  const renamed = await renameFile(c.get('ctx'), pathOf(c), input.value)
  const { portal, file } = pathOf(c)
  if (renamed.ok) return c.redirect(paths.file(c.get('ctx').organization.slug, portal, file), 303)
  const { failure } = renamed
  const taken = failure.kind === 'conflict' && failure.reason === 'file-name-taken'
  if (!taken) return refuse(c, failure)
  const message = 'Another file has this name there. Choose another name, or delete that one first.'
  return showFile(c, { values, errors: [{ path: 'name', message }] }, 409)
}

/** Back to the list, in the view that the form was sent from. */
function backTo(c: Here, query: Record<string, string | undefined>, hash = '') {
  const list = paths.files(c.get('ctx').organization.slug, pathOf(c).portal)
  return c.redirect(withQuery(list, { folder: c.req.query('folder'), ...query }) + hash, 303)
}

export const filePages = new Hono<Inside>()
  .get(paths.files(':organization', ':portal'), (c) =>
    c.req.query('deleted') === undefined ? showFiles(c) : showDeleted(c),
  )
  .post(paths.files(':organization', ':portal'), (c) => sendFiles(c))
  .get(paths.file(':organization', ':portal', ':file'), (c) => showFile(c))
  .post(paths.fileAction(':organization', ':portal', ':file', 'rename'), (c) => rename(c))
  .post(paths.fileAction(':organization', ':portal', ':file', 'delete'), async (c) => {
    const gone = await deleteFile(c.get('ctx'), pathOf(c))
    return gone.ok ? backTo(c, { undo: gone.value.id }) : refuse(c, gone.failure)
  })
  .post(paths.fileAction(':organization', ':portal', ':file', 'restore'), async (c) => {
    const back = await restoreFile(c.get('ctx'), pathOf(c))
    if (!back.ok) return refuse(c, back.failure)
    const deleted = c.req.query('deleted')
    return deleted === undefined ? backTo(c, {}, `#file-${back.value.id}`) : backTo(c, { deleted })
  })
