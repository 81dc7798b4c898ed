import type { Context } from 'hono'
import { MOST_FILE } from '../../features/files/rules.ts'
import { createUploadInput, metadataOf, type CreateUpload } from '../../features/uploads/input.ts'
import type { UploadItem } from '../../features/uploads/queries.ts'
import type { NewUpload } from '../../features/uploads/create.ts'
import { beginUpload, receive, terminateUpload } from '../../features/uploads/receive.ts'
import type { UploadPath } from '../../features/uploads/sender.ts'
import type { Tools } from '../../features/uploads/writer.ts'
import type { TenantCtx } from '../../ctx.ts'
import type { Env } from '../../env.ts'
import type { Failure } from '../../lib/failure.ts'
import type { Result } from '../../lib/result.ts'
import { parse } from '../input.ts'
import { isPart, OFFSET_TYPE } from '../large-bodies.ts'
import type { Body } from './json.ts'
import { failed, problem } from './problem.ts'

// tus 1.0 (https://tus.io/protocols/resumable-upload), the same on both doors.

const VERSION = '1.0.0'
const EXTENSIONS = 'creation,creation-with-upload,termination,expiration'

export const toolsOf = (c: { var: { ctx: TenantCtx }; env: Env }): Tools => ({
  ctx: c.var.ctx,
  bucket: c.env.BUCKET,
  clock: Date.now,
})

/** The answer to a caller that speaks another version, or none. */
function otherVersion(c: Context): Response | undefined {
  c.header('Tus-Resumable', VERSION)
  if (c.req.header('tus-resumable') === VERSION) return undefined
  c.header('Tus-Version', VERSION)
  return problem(c, {
    status: 412,
    title: 'Another version of tus',
    detail: `Send Tus-Resumable: ${VERSION}.`,
  })
}

/** What this server can do. */
export function capabilities(c: Context): Response {
  c.header('Tus-Resumable', VERSION)
  c.header('Tus-Version', VERSION)
  c.header('Tus-Extension', EXTENSIONS)
  c.header('Tus-Max-Size', String(MOST_FILE))
  return c.body(null, 204)
}

export const uploadView = (upload: UploadItem) => ({
  id: upload.id,
  name: upload.name,
  folder: upload.folder,
  size: upload.size,
  offset: upload.offset,
  /** Of the bytes up to there, for whoever wants to compare. */
  crc32: upload.crc32.toString(16).padStart(8, '0'),
  state: upload.state,
  expiresAt: new Date(upload.expiresAt).toISOString(),
})

/** Where it stands, in tus' headers. */
export function tell(c: Context, upload: UploadItem): void {
  c.header('Upload-Offset', String(upload.offset))
  if (upload.state === 'receiving') {
    c.header('Upload-Expires', new Date(upload.expiresAt).toUTCString())
  }
}

export function tellPlace(c: Context, { ctx }: Tools, path: string): void {
  c.header('Location', ctx.settings.appUrl + path)
}

const invalid = (c: Context, path: string, message: string) => ({
  ok: false as const,
  response: failed(c, { kind: 'invalid', errors: [{ path, message }] }),
})

/** What a creation announces in its headers. */
export function announced(c: Context): Body<CreateUpload> {
  const refused = otherVersion(c)
  if (refused) return { ok: false, response: refused }
  const metadata = metadataOf(c.req.header('upload-metadata') ?? '')
  if (!metadata) {
    return invalid(c, 'Upload-Metadata', 'Upload-Metadata is no list of keys with base64 values.')
  }
  const size = wholeIn(c.req.header('upload-length'))
  const { filename, folder, request } = metadata
  const input = parse(createUploadInput, { filename, folder, request: request || undefined, size })
  return input.ok
    ? input
    : { ok: false, response: failed(c, { kind: 'invalid', errors: input.errors }) }
}

/** What a request carries of a file, and how much it says that is. */
const carried = ({ req }: Context) => ({
  length: req.raw.body === null ? 0 : wholeIn(req.header('content-length')),
  body: req.raw.body,
})

/** Begins what was announced, with the bytes that came along; a body of another type is none of it. */
export async function begin(
  c: Context,
  tools: Tools,
  input: NewUpload,
): Promise<Result<UploadItem, Failure>> {
  const begun = beginUpload(tools, input, isPart(c.req.raw) ? carried(c) : undefined)
  // As in `append`.
  c.executionCtx.waitUntil(begun.catch(() => undefined))
  return begun
}

/** A header's number of bytes. */
const wholeIn = (text: string | undefined): number | undefined =>
  text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : undefined

/** HEAD and, with a body that people can read, GET. */
export function status(c: Context, found: UploadItem | undefined): Response {
  const refused = c.req.method === 'HEAD' ? otherVersion(c) : undefined
  if (refused) return refused
  if (!found) return failed(c, { kind: 'missing' })
  tell(c, found)
  c.header('Upload-Length', String(found.size))
  return c.json(uploadView(found))
}

const wrongType = {
  status: 415,
  title: 'Not a part of an upload',
  detail: `Send the bytes as they are, with Content-Type: ${OFFSET_TYPE}.`,
} as const

export async function append(c: Context, tools: Tools, path: UploadPath): Promise<Response> {
  const refused = otherVersion(c)
  if (refused) return refused
  if (!isPart(c.req.raw)) return problem(c, wrongType)
  const offset = wholeIn(c.req.header('upload-offset'))
  if (offset === undefined) {
    return invalid(c, 'Upload-Offset', 'Upload-Offset is how many bytes were sent before these.')
      .response
  }
  const received = receive(tools, path, { offset, ...carried(c) })
  // The sender may be gone before the end; what came until then is kept all the same.
  c.executionCtx.waitUntil(received.catch(() => undefined))
  const done = await received
  if (!done.ok) return failed(c, done.failure)
  tell(c, done.value)
  return c.body(null, 204)
}

export async function terminate(c: Context, tools: Tools, path: UploadPath): Promise<Response> {
  const refused = otherVersion(c)
  if (refused) return refused
  const done = await terminateUpload(tools, path)
  return done.ok ? c.body(null, 204) : failed(c, done.failure)
}
