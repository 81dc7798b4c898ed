import { crc32, deflateSync } from 'node:zlib'

type Rgb = readonly [number, number, number]

const size = 128
/** Points looked at along each side of a pixel, so that slopes come out smooth. */
const fine = 4

const sky: Rgb = [0xff, 0xf4, 0xe4]
const sun: Rgb = [0xf0, 0x8a, 0x4b]
const ridge: Rgb = [0x2f, 0x5d, 0x50]
const slope: Rgb = [0x1d, 0x3f, 0x38]
const water: Rgb = [0x7f, 0xb5, 0xb5]

/** A sun between two ridges above a fjord; the point is given in 0 to 1. */
function colourAt(x: number, y: number): Rgb {
  if (y > 0.76) return Math.abs(y - 0.86) < 0.022 && Math.abs(x - 0.56) < 0.26 ? sky : water
  if (y > 0.3 + Math.abs(x - 0.26) * 1.25) return slope
  if (y > 0.42 + Math.abs(x - 0.78) * 1.1) return ridge
  return Math.hypot(x - 0.56, y - 0.36) < 0.15 ? sun : sky
}

function pixel(column: number, row: number): number[] {
  const sum = [0, 0, 0]
  for (let point = 0; point < fine * fine; point++) {
    const x = (column + ((point % fine) + 0.5) / fine) / size
    const y = (row + (Math.floor(point / fine) + 0.5) / fine) / size
    colourAt(x, y).forEach((channel, index) => (sum[index] = (sum[index] ?? 0) + channel))
  }
  return sum.map((channel) => Math.round(channel / (fine * fine)))
}

/** https://www.w3.org/TR/png-3/#5Chunk-layout */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const edge = Buffer.alloc(8)
  edge.writeUInt32BE(data.length, 0)
  edge.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([edge.subarray(0, 4), body, edge.subarray(4)])
}

/** The logo of the second demo organisation, as a PNG. */
export function fjordLogo(): ArrayBuffer {
  const header = Buffer.alloc(13)
  header.writeUInt32BE(size, 0)
  header.writeUInt32BE(size, 4)
  // Eight bits a channel, three channels.
  header.set([8, 2], 8)
  const rows = Array.from({ length: size }, (_, row) => [
    // No filter.
    0,
    ...Array.from({ length: size }, (_, column) => pixel(column, row)).flat(),
  ])
  const png = Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
  return new Uint8Array(png).buffer
}
