/** A file as an archive names it; everything about it is known before its first byte. */
export interface ZipEntry {
  /** Relative, with slashes; at most 65,535 bytes of UTF-8. */
  name: string
  /** Bytes. */
  size: number
  /** Unsigned. */
  crc32: number
  /** The calendar's fields as a clock on the wall shows them: a zip knows no zone. */
  at: WallTime
}

interface WallTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  second: number
}

// What fits into the old fields; the value itself says "look into the zip64 field".
const MOST_32 = 0xffffffff
const MOST_16 = 0xffff

const LOCAL = 0x04034b50
const CENTRAL = 0x02014b50
const END = 0x06054b50
const END_64 = 0x06064b50
const LOCATOR_64 = 0x07064b50
const EXTRA_64 = 0x0001

// Names are UTF-8.
const FLAGS = 1 << 11
const STORED = 0
const UNIX = 3
const REGULAR_FILE = 0o100644

const encoder = new TextEncoder()

/** Writes little-endian fields one behind the other. */
class Fields {
  readonly bytes: Uint8Array
  readonly #view: DataView
  #at = 0

  constructor(length: number) {
    this.bytes = new Uint8Array(length)
    this.#view = new DataView(this.bytes.buffer)
  }

  u16(...values: number[]): this {
    for (const value of values) {
      this.#view.setUint16(this.#at, value, true)
      this.#at += 2
    }
    return this
  }

  u32(...values: number[]): this {
    for (const value of values) {
      this.#view.setUint32(this.#at, value, true)
      this.#at += 4
    }
    return this
  }

  u64(...values: number[]): this {
    for (const value of values) {
      this.#view.setBigUint64(this.#at, BigInt(value), true)
      this.#at += 8
    }
    return this
  }

  text(bytes: Uint8Array): this {
    this.bytes.set(bytes, this.#at)
    this.#at += bytes.length
    return this
  }
}

/** Time and date as DOS kept them: two-second steps, from 1980 to 2107. */
function dosTime({ year, month, day, hour, minute, second }: WallTime): [number, number] {
  if (year < 1980) return [0, (1 << 5) | 1]
  const years = Math.min(year, 2107) - 1980
  return [(hour << 11) | (minute << 5) | (second >> 1), (years << 9) | (month << 5) | day]
}

/** What the field of 32 bits says: the value, or that it stands in the zip64 field. */
const short = (value: number): number => (value >= MOST_32 ? MOST_32 : value)

/** Version needed, flags, method, time and date, checksum and sizes: the same in both headers. */
function facts({ size, crc32, at }: ZipEntry, wide: boolean, fields: Fields): Fields {
  return fields
    .u16(wide ? 45 : 20, FLAGS, STORED, ...dosTime(at))
    .u32(crc32, short(size), short(size))
}

function localHeader(entry: ZipEntry): Uint8Array {
  const name = encoder.encode(entry.name)
  const wide = entry.size >= MOST_32
  const extra = wide ? 20 : 0
  const fields = facts(entry, wide, new Fields(30 + name.length + extra).u32(LOCAL))
  fields.u16(name.length, extra).text(name)
  if (wide) fields.u16(EXTRA_64, 16).u64(entry.size, entry.size)
  return fields.bytes
}

/** In the directory the zip64 field holds only what did not fit, sizes before the offset. */
function centralHeader(entry: ZipEntry, offset: number): Uint8Array {
  const name = encoder.encode(entry.name)
  const beyond = [
    ...(entry.size >= MOST_32 ? [entry.size, entry.size] : []),
    ...(offset >= MOST_32 ? [offset] : []),
  ]
  const wide = beyond.length > 0
  const extra = wide ? 4 + 8 * beyond.length : 0
  const fields = new Fields(46 + name.length + extra)
  fields.u32(CENTRAL).u16((UNIX << 8) | (wide ? 45 : 20))
  facts(entry, wide, fields)
    .u16(name.length, extra, 0, 0, 0)
    .u32(REGULAR_FILE * 0x10000, short(offset))
    .text(name)
  if (wide) fields.u16(EXTRA_64, 8 * beyond.length).u64(...beyond)
  return fields.bytes
}

interface Directory {
  count: number
  size: number
  offset: number
}

function end({ count, size, offset }: Directory): Uint8Array {
  const wide = count >= MOST_16 || size >= MOST_32 || offset >= MOST_32
  const fields = new Fields(wide ? 98 : 22)
  if (wide) {
    fields
      .u32(END_64)
      .u64(44)
      .u16((UNIX << 8) | 45, 45)
    fields.u32(0, 0).u64(count, count, size, offset)
    fields
      .u32(LOCATOR_64, 0)
      .u64(offset + size)
      .u32(1)
  }
  const shortCount = Math.min(count, MOST_16)
  fields.u32(END).u16(0, 0, shortCount, shortCount).u32(short(size), short(offset)).u16(0)
  return fields.bytes
}

/** A stretch of the archive: bytes of its own, or the whole content of an entry. */
export type ZipPiece<E extends ZipEntry> = { bytes: Uint8Array } | { content: E }

/** The archive from its first byte to its last. Nothing is compressed: most files are already. */
export function* zipPieces<E extends ZipEntry>(entries: readonly E[]): Generator<ZipPiece<E>> {
  let offset = 0
  const offsets: number[] = []
  for (const entry of entries) {
    offsets.push(offset)
    const header = localHeader(entry)
    yield { bytes: header }
    yield { content: entry }
    offset += header.length + entry.size
  }
  let size = 0
  for (const [index, entry] of entries.entries()) {
    const header = centralHeader(entry, offsets[index] ?? 0)
    yield { bytes: header }
    size += header.length
  }
  yield { bytes: end({ count: entries.length, size, offset }) }
}

/** How long the archive is, to the byte. */
export function zipSize(entries: readonly ZipEntry[]): number {
  let size = 0
  for (const piece of zipPieces(entries)) {
    size += 'bytes' in piece ? piece.bytes.length : piece.content.size
  }
  return size
}
