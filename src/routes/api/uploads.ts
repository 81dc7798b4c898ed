import { Hono, type Context } from 'hono'
import { findUpload } from '../../features/uploads/queries.ts'
import type { UploadPath } from '../../features/uploads/sender.ts'
import { ok } from '../../lib/result.ts'
import { paths } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { isPart } from '../large-bodies.ts'
import { post } from './post.ts'
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

type Here = Context<Admin>

const portalOf = (c: Here): string => c.req.param('portal') ?? ''
const pathOf = (c: Here): UploadPath => ({
  portal: portalOf(c),
  upload: c.req.param('upload') ?? '',
})

export const uploads = new Hono<Admin>()
  .options(paths.api.uploads(':portal'), capabilities)
  .post(
    paths.api.uploads(':portal'),
    post({
      status: 201,
      input: async (c) => announced(c),
      // What it announces stands in its headers, and bytes that come along are too many to compare.
      streams: ({ req }) => isPart(req.raw),
      said: ({ req }) => [req.header('upload-length'), req.header('upload-metadata')].join('\n'),
      async act(c, input, id) {
        const made = await begin(c, toolsOf(c), { ...input, id, portal: portalOf(c) })
        if (!made.ok) return made
        tell(c, made.value)
        tellPlace(c, toolsOf(c), paths.api.upload(portalOf(c), id))
        return ok(uploadView(made.value))
      },
      async show(c, id) {
        const found = await findUpload(c.get('ctx'), { portal: portalOf(c), upload: id })
        if (!found) return undefined
        tell(c, found)
        tellPlace(c, toolsOf(c), paths.api.upload(portalOf(c), id))
        return uploadView(found)
      },
    }),
  )
  .get(paths.api.upload(':portal', ':upload'), async (c) =>
    status(c, await findUpload(c.get('ctx'), pathOf(c))),
  )
  .patch(paths.api.upload(':portal', ':upload'), (c) => append(c, toolsOf(c), pathOf(c)))
  .delete(paths.api.upload(':portal', ':upload'), (c) => terminate(c, toolsOf(c), pathOf(c)))
