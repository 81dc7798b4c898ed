/** A zip by what its directory says, each entry held against the header before its content. */
export interface Found {
  name: string
  size: number
  crc32: number
  /** Where its content begins. */
  at: number
  /** 'YYYY-MM-DD HH:MM:SS'. */
  time: string
}

/** Bytes of the archive, wherever they are kept. */
type Read = (offset: number, length: number) => Uint8Array

const two = (value: number) => String(value).padStart(2, '0')

function timeOf(view: DataView, at: number): string {
  const time = view.getUint16(at, true)
  const date = view.getUint16(at + 2, true)
  const day = [(date >> 9) + 1980, two((date >> 5) & 15), two(date & 31)].join('-')
  return `${day} ${[time >> 11, (time >> 5) & 63, (time & 31) * 2].map(two).join(':')}`
}

const viewOf = (bytes: Uint8Array) => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
const u64 = (view: DataView, at: number) => Number(view.getBigUint64(at, true))
const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true })

function must(holds: boolean, what: string): void {
  if (!holds) throw new Error(`Not a zip as it should be: ${what}.`)
}

/** The values of the zip64 field, for those of the old fields that point to it. */
function widened(view: DataView, extra: { at: number; length: number }, old: number[]): number[] {
  const wanted = old.filter((value) => value === 0xffffffff).length
  must(extra.length === (wanted === 0 ? 0 : 4 + 8 * wanted), 'the extra field')
  if (wanted > 0) {
    must(view.getUint16(extra.at, true) === 1, 'the id of the extra field')
    must(view.getUint16(extra.at + 2, true) === 8 * wanted, 'the length of the extra field')
  }
  let at = extra.at + 4
  return old.map((value) => {
    if (value !== 0xffffffff) return value
    at += 8
    return u64(view, at - 8)
  })
}

function directory(read: Read, total: number): { count: number; size: number; offset: number } {
  const end = viewOf(read(total - 22, 22))
  must(end.getUint32(0, true) === 0x06054b50 && end.getUint16(20, true) === 0, 'the end')
  const short = {
    count: end.getUint16(10, true),
    size: end.getUint32(12, true),
    offset: end.getUint32(16, true),
  }
  if (short.count < 0xffff && short.size < 0xffffffff && short.offset < 0xffffffff) {
    must(short.offset + short.size === total - 22, 'the place of the directory')
    return short
  }
  const locator = viewOf(read(total - 42, 20))
  must(locator.getUint32(0, true) === 0x07064b50, 'the locator')
  must(u64(locator, 8) === total - 98, 'the place of the zip64 end')
  const wide = viewOf(read(total - 98, 56))
  must(wide.getUint32(0, true) === 0x06064b50 && u64(wide, 4) === 44, 'the zip64 end')
  return { count: u64(wide, 32), size: u64(wide, 40), offset: u64(wide, 48) }
}

export function readZip(read: Read, total: number): Found[] {
  const { count, size, offset } = directory(read, total)
  const bytes = read(offset, size)
  const view = viewOf(bytes)
  const found: Found[] = []
  let at = 0
  while (found.length < count) {
    must(view.getUint32(at, true) === 0x02014b50, `entry ${found.length}`)
    must(view.getUint16(at + 8, true) === 0x0800, 'the flags')
    must(view.getUint16(at + 10, true) === 0, 'the method')
    const [nameLength, extraLength] = [view.getUint16(at + 28, true), view.getUint16(at + 30, true)]
    const extra = { at: at + 46 + nameLength, length: extraLength }
    const old = [at + 20, at + 24, at + 42].map((place) => view.getUint32(place, true))
    const [packed = 0, plain = 0, header = 0] = widened(view, extra, old)
    must(packed === plain, 'the sizes')
    const entry = {
      name: text.decode(bytes.subarray(at + 46, at + 46 + nameLength)),
      size: plain,
      crc32: view.getUint32(at + 16, true),
      time: timeOf(view, at + 12),
    }
    found.push({ ...entry, at: local(read, header, entry) })
    at += 46 + nameLength + extraLength
  }
  must(at === size, 'the length of the directory')
  return found
}

/** The header before the content says the same; answers where it ends. */
function local(read: Read, header: number, entry: Omit<Found, 'at'>): number {
  const lengths = viewOf(read(header + 26, 4))
  const [nameLength, extraLength] = [lengths.getUint16(0, true), lengths.getUint16(2, true)]
  const bytes = read(header, 30 + nameLength + extraLength)
  const view = viewOf(bytes)
  must(view.getUint32(0, true) === 0x04034b50, 'a header')
  must(view.getUint16(6, true) === 0x0800 && view.getUint16(8, true) === 0, 'a header’s facts')
  must(view.getUint32(14, true) === entry.crc32, 'a header’s checksum')
  must(timeOf(view, 10) === entry.time, 'a header’s time')
  must(text.decode(bytes.subarray(30, 30 + nameLength)) === entry.name, 'a header’s name')
  const extra = { at: 30 + nameLength, length: extraLength }
  const old = [view.getUint32(18, true), view.getUint32(22, true)]
  must(
    widened(view, extra, old).every((size) => size === entry.size),
    'a header’s sizes',
  )
  return header + bytes.length
}
