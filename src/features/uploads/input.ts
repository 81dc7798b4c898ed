import * as z from 'zod/mini'
import { id } from '../../lib/schema.ts'
import { fileName, folderPath } from '../files/input.ts'

const length = 'Upload-Length is how many bytes the file has.'

/** What an upload is announced with. `filetype` may come along and says nothing: we look ourselves. */
export const createUploadInput = z.object({
  filename: fileName,
  folder: z._default(folderPath, ''),
  request: z.optional(id),
  size: z.int(length).check(z.gte(0, length)),
})

export type CreateUpload = z.output<typeof createUploadInput>

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function decoded(base64: string): string | undefined {
  try {
    return utf8.decode(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)))
  } catch {
    return undefined
  }
}

/** What stands in `Upload-Metadata`: 'key base64,key base64'; undefined for what is none. */
export function metadataOf(header: string): Record<string, string> | undefined {
  const found: Record<string, string> = Object.create(null)
  for (const pair of header.split(',').map((part) => part.trim())) {
    if (pair === '') continue
    const [key = '', base64 = '', ...more] = pair.split(/ +/)
    const value = decoded(base64)
    if (value === undefined || more.length > 0 || key in found) return undefined
    found[key] = value
  }
  return found
}
