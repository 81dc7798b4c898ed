import { crc32, deflateSync } from 'node:zlib'

export type Rgb = readonly [number, number, number]

/** https://www.w3.org/TR/png-3/#5Chunk-layout */
function chunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const edge = Buffer.alloc(8)
  edge.writeUInt32BE(data.length, 0)
  edge.writeUInt32BE(crc32(body), 4)
  return Buffer.concat([edge.subarray(0, 4), body, edge.subarray(4)])
}

interface Picture {
  width: number
  height: number
  /** The colour of a point, given in 0 to 1. */
  colourAt: (x: number, y: number) => Rgb
  /** Points looked at along each side of a pixel, so that slopes come out smooth. */
  fine: number
}

function pixel({ width, height, colourAt, fine }: Picture, column: number, row: number): number[] {
  const sum = [0, 0, 0]
  for (let point = 0; point < fine * fine; point++) {
    const x = (column + ((point % fine) + 0.5) / fine) / width
    const y = (row + (Math.floor(point / fine) + 0.5) / fine) / height
    colourAt(x, y).forEach((channel, index) => (sum[index] = (sum[index] ?? 0) + channel))
  }
  return sum.map((channel) => Math.round(channel / (fine * fine)))
}

/** Draws a picture as a PNG. */
export function pngOf(picture: Picture): Buffer {
  const { width, height } = picture
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  // Eight bits a channel, three channels.
  header.set([8, 2], 8)
  const rows = Array.from({ length: height }, (_, row) => [
    // No filter.
    0,
    ...Array.from({ length: width }, (_, column) => pixel(picture, column, row)).flat(),
  ])
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(Buffer.from(rows.flat()), { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ])
}
