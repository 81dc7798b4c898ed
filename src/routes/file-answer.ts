import type { Context } from 'hono'
import { openContent } from '../features/files/content.ts'
import type { StoredFile } from '../features/files/stored.ts'
import { previewOf } from '../features/files/types.ts'
import { disposition } from '../lib/disposition.ts'
import { problem } from './api/problem.ts'

// A file is whatever somebody sent. Nothing in it may run on our origin, by whatever way it is opened.

/** Opened as a page, should a browser do that with an attachment, it is one of no origin that may do nothing. */
const locked = "default-src 'none'; sandbox"

/**
 * The same for what our own pages show in a frame. The browser draws text and images with a style of
 * its own. Chromium's viewer of PDFs works in here too; what a PDF holds of scripts runs inside of it.
 */
const shown = "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'; sandbox"

type Door =
  /** Its address holds a token: nothing of it stays in a browser's store when the link has ended. */
  | 'token'
  /** Asked for by cookie or key: kept, and asked about each time. */
  | 'credential'

const keeping: Record<Door, string> = {
  token: 'private, no-store, no-transform',
  credential: 'private, no-cache, no-transform',
}

export interface Origin {
  bucket: R2Bucket
  organizationId: string
  portalId: string
  door: Door
}

/** A file's bytes to keep. */
export const sendFile = (c: Context, file: StoredFile, origin: Origin) =>
  answer(c, file, origin, {
    'Content-Type': file.contentType,
    'Content-Disposition': disposition('attachment', file.name),
    'Content-Security-Policy': locked,
  })

/** The same bytes to look at, for types that can't run; undefined for every other. */
export function showFile(c: Context, file: StoredFile, origin: Origin) {
  const preview = previewOf(file.contentType)
  return (
    preview &&
    answer(c, file, origin, {
      'Content-Type': preview === 'text' ? 'text/plain; charset=utf-8' : file.contentType,
      'Content-Disposition': disposition('inline', file.name),
      'Content-Security-Policy': shown,
    })
  )
}

async function answer(
  c: Context,
  file: StoredFile,
  origin: Origin,
  own: Record<string, string>,
): Promise<Response> {
  const content = await openContent(origin.bucket, origin, file, c.req.raw)
  c.header('Accept-Ranges', 'bytes')
  c.header('Cache-Control', keeping[origin.door])
  if (content.kind === 'others') {
    return problem(c, {
      status: 412,
      title: 'The file has changed',
      detail: 'It is no longer the one that the call is about. Fetch it from the beginning.',
    })
  }
  if (content.kind === 'beyond') {
    c.header('Content-Range', `bytes */${file.size}`)
    return problem(c, {
      status: 416,
      title: 'Nothing is there',
      detail: `The file has ${file.size} bytes, and the range begins behind them.`,
    })
  }
  const headers = {
    ...own,
    ETag: content.etag,
    'Last-Modified': new Date(file.at).toUTCString(),
    'Cross-Origin-Resource-Policy': 'same-origin',
  }
  switch (content.kind) {
    case 'same':
      return c.newResponse(null, 304, headers)
    case 'whole':
      return c.newResponse(content.body, 200, { ...headers, 'Content-Length': String(file.size) })
    case 'part': {
      const { offset, length } = content.span
      return c.newResponse(content.body, 206, {
        ...headers,
        'Content-Range': `bytes ${offset}-${offset + length - 1}/${file.size}`,
        'Content-Length': String(length),
      })
    }
  }
}
