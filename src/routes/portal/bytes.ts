import { Hono, type Context } from 'hono'
import { paths } from '../../paths.ts'
import { sendFile, showFile, type Origin } from '../file-answer.ts'
import type { Client } from '../http.ts'

const archiving = () => import('./archive.tsx')

/** Where a client's files come from. */
export const bytesOf = ({ env, var: { visit } }: Context<Client>): Origin => ({
  bucket: env.BUCKET,
  organizationId: visit.organization.id,
  portalId: visit.portalId,
  door: 'token',
})

/** What files hold, one by one and all at once; behind the link guard, which reads what is asked for. */
export const clientBytes = new Hono<Client>()
  .get(paths.clientFileAction(':token', ':file', 'content'), (c) => {
    const { file } = c.var
    if (!file) return c.notFound()
    return sendFile(c, file, bytesOf(c))
  })
  .get(paths.clientFileAction(':token', ':file', 'preview'), (c) => {
    const { file } = c.var
    const shown = file && showFile(c, file, bytesOf(c))
    return shown ?? c.notFound()
  })
  .get(paths.clientArchive(':token'), async (c) => (await archiving()).sendArchive(c))
