import { Hono, type Context } from 'hono'
import { deleteFile, restoreFile } from '../../features/files/actions.ts'
import { listFilesInput, renameFileInput } from '../../features/files/input.ts'
import { fileById, listFiles, type FilePath } from '../../features/files/queries.ts'
import { renameFile } from '../../features/files/rename.ts'
import { ok } from '../../lib/result.ts'
import { paths } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { jsonBody } from './json.ts'
import { noInput, post } from './post.ts'
import { failed } from './problem.ts'
import { fileView } from './views.ts'

const pathOf = (c: Context<Admin>): FilePath => ({
  portal: c.req.param('portal') ?? '',
  file: c.req.param('file') ?? '',
})

export const files = new Hono<Admin>()
  .get(paths.api.files(':portal'), async (c) => {
    const { db, organization } = c.get('ctx')
    const input = parse(listFilesInput, c.req.query())
    if (!input.ok) return failed(c, { kind: 'invalid', errors: input.errors })
    const page = await listFiles(db, organization.id, c.req.param('portal'), input.value)
    if (!page) return failed(c, { kind: 'missing' })
    return c.json({ items: page.items.map(fileView), next: page.next })
  })
  .patch(paths.api.file(':portal', ':file'), async (c) => {
    const input = await jsonBody(c, renameFileInput)
    if (!input.ok) return input.response
    const renamed = await renameFile(c.get('ctx'), pathOf(c), input.value)
    return renamed.ok ? c.json(fileView(renamed.value)) : failed(c, renamed.failure)
  })
  .delete(paths.api.file(':portal', ':file'), async (c) => {
    const gone = await deleteFile(c.get('ctx'), pathOf(c))
    return gone.ok ? c.body(null, 204) : failed(c, gone.failure)
  })
  .post(
    paths.api.fileAction(':portal', ':file', 'restore'),
    post({
      status: 200,
      input: noInput,
      async act(c) {
        const restored = await restoreFile(c.get('ctx'), pathOf(c))
        return restored.ok ? ok(fileView(restored.value)) : restored
      },
      async show(c) {
        const { db, organization } = c.get('ctx')
        const found = await fileById(db, organization.id, pathOf(c))
        return found?.deletedAt === null ? fileView(found) : undefined
      },
    }),
  )
