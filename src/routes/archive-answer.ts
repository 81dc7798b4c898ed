import type { Context } from 'hono'
import type { TenantCtx } from '../ctx.ts'
import { archiveOf } from '../features/files/archive.ts'
import type { ArchiveRow, Selection } from '../features/files/archive-rows.ts'
import { archiveTrouble } from '../features/files/rules.ts'
import { safeName } from '../features/files/zip-names.ts'
import { disposition } from '../lib/disposition.ts'
import { errorFields, log } from '../lib/log.ts'
import { noArchive } from './archive-choice.tsx'
import { problemPage } from './problems.tsx'

interface What {
  bucket: R2Bucket
  ctx: TenantCtx
  /** Of the request: how a line in the log is found again. */
  requestId: string
  portalId: string
  /** After what it is named; a folder goes by its own name. */
  project: string
  selection: Selection
  rows: readonly ArchiveRow[]
}

/** The archive itself. A HEAD is told how long it would be. */
function zipAnswer(c: Context, what: What) {
  const { bucket, requestId, portalId, project, selection, rows } = what
  const { organization } = what.ctx
  const name = safeName(selection.folder?.split('/').at(-1) ?? project)
  const place = { organizationId: organization.id, portalId, timeZone: organization.timeZone }
  const broken = (error: unknown) =>
    log('error', 'archive', {
      requestId,
      organization: organization.id,
      portal: portalId,
      ...errorFields(error),
    })
  const archive = archiveOf(bucket, place, rows)
  const body = c.req.method === 'HEAD' ? null : archive.open(broken)
  return c.newResponse(body, 200, {
    'Content-Type': 'application/zip',
    'Content-Length': String(archive.size),
    'Content-Disposition': disposition('attachment', `${name}.zip`),
    'Content-Security-Policy': "default-src 'none'; sandbox",
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Cache-Control': 'private, no-store, no-transform',
  })
}

/** The archive, or the page that says why there is none; nothing where choosing from its files would help. */
export function archiveOrWhy(c: Context, what: What) {
  const { selection, rows } = what
  const trouble = archiveTrouble(rows, selection.files?.length)
  if (trouble === undefined && selection.cursor === undefined) return zipAnswer(c, what)
  return trouble === 'empty' || trouble === 'gone' ? problemPage(c, noArchive(trouble)) : undefined
}
