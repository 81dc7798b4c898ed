/** Pixels an image may have: unpacked, one takes up to eight bytes. */
const MOST_PIXELS = 2_000_000

interface Chunk {
  name: string
  data: Uint8Array
}

/** What a PNG is made of, by its kind of colour. */
const channels = new Map([
  [0, 1],
  [2, 3],
  [3, 1],
  [4, 2],
  [6, 4],
])

/**
 * The image on white, as paper is, so that the library that draws need not unpack it. Null for what is
 * no sound PNG: it may be made to burst, and has to unpack to what its head says and to no byte more.
 */
export async function opaquePng(bytes: Uint8Array): Promise<Uint8Array | null> {
  const chunks = chunksOf(bytes)
  const head = chunks?.find(({ name }) => name === 'IHDR')?.data
  if (!chunks || head?.length !== 13) return null
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength)
  const [width, height] = [view.getUint32(0), view.getUint32(4)]
  const [depth = 0, colour = 0, , , interlaced] = head.subarray(8)
  const parts = channels.get(colour)
  if (parts === undefined || ![1, 2, 4, 8, 16].includes(depth)) return null
  // Interlaced, its lines are split and rounded up otherwise; rare, so left out.
  if (interlaced !== 0 || width < 1 || height < 1 || width * height > MOST_PIXELS) return null
  const stride = Math.ceil((width * parts * depth) / 8)
  const rows = await unpacked(chunks, height * (1 + stride))
  if (!rows) return null
  if (colour === 3) return onWhitePalette(chunks)
  if (colour < 4) return bytes
  if (depth < 8) return null
  const size = depth / 8
  const plain = onWhite(unfiltered(rows, stride, parts * size), { width, stride, parts, size })
  const newHead = new Uint8Array(head)
  newHead.set([8, parts === 2 ? 0 : 2], 8)
  return written([
    { name: 'IHDR', data: newHead },
    { name: 'IDAT', data: await packed(plain) },
    { name: 'IEND', data: new Uint8Array() },
  ])
}

function chunksOf(bytes: Uint8Array): Chunk[] | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const chunks: Chunk[] = []
  for (let at = 8; at + 12 <= bytes.length;) {
    const end = at + 8 + view.getUint32(at)
    if (end + 4 > bytes.length) return undefined
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8))
    chunks.push({ name, data: bytes.subarray(at + 8, end) })
    at = end + 4
  }
  return chunks
}

/** The lines of pixels; undefined unless they are exactly as many bytes. */
async function unpacked(chunks: readonly Chunk[], size: number): Promise<Uint8Array | undefined> {
  const parts = chunks.flatMap(({ name, data }) =>
    name === 'IDAT' ? [new Uint8Array(data).buffer] : [],
  )
  const stream = new Blob(parts).stream().pipeThrough(new DecompressionStream('deflate'))
  const whole = new Uint8Array(size)
  let at = 0
  try {
    for await (const chunk of stream) {
      if (at + chunk.length > size) return undefined
      whole.set(chunk, at)
      at += chunk.length
    }
  } catch {
    return undefined
  }
  return at === size ? whole : undefined
}

async function packed(bytes: Uint8Array): Promise<Uint8Array> {
  const stream = new Blob([new Uint8Array(bytes).buffer]).stream()
  const deflated = stream.pipeThrough(new CompressionStream('deflate'))
  return new Uint8Array(await new Response(deflated).arrayBuffer())
}

/** Takes the filters of the lines off: https://www.w3.org/TR/png-3/#9Filters */
function unfiltered(rows: Uint8Array, stride: number, pixel: number): Uint8Array {
  const plain = new Uint8Array((rows.length / (stride + 1)) * stride)
  for (let from = 0, to = 0; to < plain.length; from += stride + 1, to += stride) {
    const filter = rows[from] ?? 0
    for (let x = 0; x < stride; x++) {
      const left = x < pixel ? 0 : (plain[to + x - pixel] ?? 0)
      const up = to === 0 ? 0 : (plain[to + x - stride] ?? 0)
      const corner = x < pixel || to === 0 ? 0 : (plain[to + x - stride - pixel] ?? 0)
      plain[to + x] = (rows[from + 1 + x] ?? 0) + guess(filter, left, up, corner)
    }
  }
  return plain
}

function guess(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left
  if (filter === 2) return up
  if (filter === 3) return (left + up) >> 1
  if (filter !== 4) return 0
  const [a, b, c] = [
    Math.abs(up - corner),
    Math.abs(left - corner),
    Math.abs(left + up - 2 * corner),
  ]
  if (a <= b && a <= c) return left
  return b <= c ? up : corner
}

const over = (value: number, alpha: number) =>
  Math.round((value * alpha + 255 * (255 - alpha)) / 255)

interface Shape {
  width: number
  stride: number
  parts: number
  /** Bytes of one part. */
  size: number
}

/** Lines without filters and without alpha, of one byte a part. */
function onWhite(plain: Uint8Array, { width, stride, parts, size }: Shape): Uint8Array {
  const height = plain.length / stride
  const line = 1 + width * (parts - 1)
  const lines = new Uint8Array(height * line)
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const from = y * stride + x * parts * size
      const alpha = plain[from + (parts - 1) * size] ?? 255
      for (let part = 0; part < parts - 1; part++) {
        const to = y * line + 1 + x * (parts - 1) + part
        lines[to] = over(plain[from + part * size] ?? 0, alpha)
      }
    }
  }
  return lines
}

/** Its colours are on white; which pixel has which stays as it is packed. */
function onWhitePalette(chunks: readonly Chunk[]): Uint8Array | null {
  const palette = chunks.find(({ name }) => name === 'PLTE')?.data
  if (!palette || palette.length === 0 || palette.length % 3 !== 0) return null
  const alphas = chunks.find(({ name }) => name === 'tRNS')?.data ?? new Uint8Array()
  const colours = palette.map((value, at) => over(value, alphas[Math.floor(at / 3)] ?? 255))
  return written(
    chunks.flatMap((chunk) => {
      if (chunk.name === 'tRNS') return []
      return [chunk.name === 'PLTE' ? { name: 'PLTE', data: colours } : chunk]
    }),
  )
}

/** Without check sums: nobody but the library that draws reads it, and it looks at none. */
function written(chunks: readonly Chunk[]): Uint8Array {
  const size = chunks.reduce((sum, { data }) => sum + 12 + data.length, 8)
  const bytes = new Uint8Array(size)
  const view = new DataView(bytes.buffer)
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  let at = 8
  for (const { name, data } of chunks) {
    view.setUint32(at, data.length)
    bytes.set(new TextEncoder().encode(name), at + 4)
    bytes.set(data, at + 8)
    at += 12 + data.length
  }
  return bytes
}
