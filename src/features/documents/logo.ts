import { getObject } from '../../platform/bucket.ts'
import { logoFile, logoKey, logoType } from '../branding/rules.ts'

/** Pixels an image may have: unpacked, one takes four bytes of each, several times over. */
const MOST_PIXELS = 2_000_000

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
  const sound = logoType(bytes) === 'png' ? await isSoundPng(bytes) : isSoundJpeg(bytes)
  return sound ? bytes : null
}

interface PngHead {
  width: number
  height: number
  depth: number
  colour: number
  interlaced: boolean
  packed: Uint8Array[]
}

const channels = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
])

function pngHead(bytes: Uint8Array): PngHead | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  if (bytes.length < 33) return undefined
  const packed: Uint8Array[] = []
  for (let at = 8; at + 12 <= bytes.length;) {
    const length = view.getUint32(at)
    if (at + 12 + length > bytes.length) return undefined
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    if (name === 'IDAT') packed.push(bytes.subarray(at + 8, at + 8 + length))
    if (name === 'IEND') break
    at += 12 + length
  }
  const [depth = 0, colour = 0] = bytes.subarray(24, 26)
  const interlaced = bytes[28] === 1
  return {
    width: view.getUint32(16),
    height: view.getUint32(20),
    depth,
    colour,
    interlaced,
    packed,
  }
}

/** Whether it unpacks to what its head says and to no byte more: it may be made to burst. */
async function isSoundPng(bytes: Uint8Array): Promise<boolean> {
  const head = pngHead(bytes)
  const parts = head && channels.get(head.colour)
  if (!head || parts === undefined || ![1, 2, 4, 8, 16].includes(head.depth)) return false
  const { width, height } = head
  if (width < 1 || height < 1 || width * height > MOST_PIXELS) return false
  // Interlaced, its lines are split and rounded up otherwise; rare, so left out.
  if (head.interlaced) return false
  const wanted = height * (1 + Math.ceil((width * parts * head.depth) / 8))
  return (await unpackedSize(head.packed, wanted)) === wanted
}

async function unpackedSize(packed: readonly Uint8Array[], most: number): Promise<number> {
  const stream = new Blob(packed.map((part) => new Uint8Array(part).buffer))
    .stream()
    .pipeThrough(new DecompressionStream('deflate'))
  let size = 0
  try {
    for await (const chunk of stream) {
      size += chunk.length
      if (size > most) return size
    }
  } catch {
    return -1
  }
  return size
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
