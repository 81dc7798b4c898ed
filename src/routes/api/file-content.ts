import { Hono } from 'hono'
import { storedFile } from '../../features/files/stored.ts'
import { paths } from '../../paths.ts'
import { sendFile } from '../file-answer.ts'
import { fileAsked } from '../file-asked.ts'
import type { Admin } from '../http.ts'
import { failed } from './problem.ts'

/** What a file holds. */
export const fileContent = new Hono<Admin>().get(
  paths.api.fileAction(':portal', ':file', 'content'),
  async (c) => {
    const { db, organization } = c.get('ctx')
    const { portal, file } = c.req.param()
    const asked = fileAsked(file, c.req.query('version'))
    const found = asked && (await storedFile(db, organization.id, { ...asked, portal }))
    if (!found) return failed(c, { kind: 'missing' })
    const place = { organizationId: organization.id, portalId: portal }
    return sendFile(c, found, { bucket: c.env.BUCKET, ...place, door: 'credential' })
  },
)
