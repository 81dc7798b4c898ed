import { getObject } from '../../platform/bucket.ts'
import { logoFile, logoKey, logoType } from '../branding/logo.ts'
import { opaquePng } from './png.ts'

/** The organisation's logo where a PDF can hold it: a sound PNG or a JPEG. WebP it can't. */
export async function printableLogo(
  bucket: R2Bucket,
  organizationId: string,
  file: string | null,
): Promise<Uint8Array | null> {
  const type = file === null ? undefined : logoFile(file)?.type
  if (file === null || type === undefined || type === 'webp') return null
  const found = await getObject(bucket, logoKey(organizationId, file), new Headers())
  if (!found?.body) return null
  const bytes = new Uint8Array(await new Response(found.body).arrayBuffer())
  if (logoType(bytes) === 'png') return opaquePng(bytes)
  return isSoundJpeg(bytes) ? bytes : null
}

/** It goes into the PDF as it is, so only its form has to be one. */
function isSoundJpeg(bytes: Uint8Array): boolean {
  for (let at = 2; at + 9 < bytes.length;) {
    if (bytes[at] !== 0xff) return false
    const marker = bytes[at + 1] ?? 0
    // The start of a frame, baseline or progressive.
    if (marker >= 0xc0 && marker <= 0xc2) return true
    const length = ((bytes[at + 2] ?? 0) << 8) | (bytes[at + 3] ?? 0)
    if (length < 2) return false
    at += 2 + length
  }
  return false
}
