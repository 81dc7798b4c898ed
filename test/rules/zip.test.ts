import { describe, expect, it } from 'vitest'
import { wallTimeOf } from '../../src/lib/day.ts'
import { zipPieces, zipSize, type ZipEntry } from '../../src/lib/zip.ts'
import { readZip } from '../harness/zip-reader.ts'

const GIB = 1024 ** 3
const at = { year: 2026, month: 11, day: 24, hour: 10, minute: 30, second: 14 }
const entry = (name: string, size: number, more: Partial<ZipEntry> = {}): ZipEntry => ({
  name,
  size,
  crc32: 0xdeadbeef,
  at,
  ...more,
})

/** The last piece that begins at an offset or before. */
function first(pieces: readonly { offset: number }[], offset: number): number {
  let [low, high] = [0, pieces.length]
  while (high - low > 1) {
    const middle = (low + high) >> 1
    if ((pieces[middle]?.offset ?? 0) > offset) high = middle
    else low = middle
  }
  return low
}

/** The archive without its contents, which may be larger than any memory: they are read as zeros. */
function written(entries: readonly ZipEntry[]) {
  const kept: { offset: number; bytes: Uint8Array }[] = []
  let total = 0
  for (const piece of zipPieces(entries)) {
    if ('bytes' in piece) kept.push({ offset: total, bytes: piece.bytes })
    total += 'bytes' in piece ? piece.bytes.length : piece.content.size
  }
  const read = (offset: number, length: number): Uint8Array => {
    const into = new Uint8Array(length)
    for (let index = first(kept, offset); index < kept.length; index++) {
      const piece = kept[index]
      if (piece === undefined || piece.offset >= offset + length) break
      const from = Math.max(offset, piece.offset)
      const to = Math.min(offset + length, piece.offset + piece.bytes.length)
      if (from < to) {
        into.set(piece.bytes.subarray(from - piece.offset, to - piece.offset), from - offset)
      }
    }
    return into
  }
  return { total, read, found: readZip(read, total) }
}

describe('an archive', () => {
  it('says of each file what is known, before its content and in the directory', () => {
    const entries = [
      entry('a.txt', 3, { crc32: 1 }),
      entry('Ordner/Übersicht 見積.pdf', 1000, { crc32: 0xffffffff }),
      entry('leer', 0, { crc32: 0 }),
    ]
    const { found, total } = written(entries)
    expect(found.map(({ name, size, crc32 }) => ({ name, size, crc32 }))).toEqual(
      entries.map(({ name, size, crc32 }) => ({ name, size, crc32 })),
    )
    expect(found.every(({ time }) => time === '2026-11-24 10:30:14')).toBe(true)
    expect(total).toBe(zipSize(entries))
  })

  it.each([
    [[]],
    [[entry('a', 0xfffffffe)]],
    [[entry('a', 0xffffffff)]],
    [[entry('a', 5 * GIB), entry('b', 1)]],
    [[entry('a', 0xffffffff - 31), entry('b', 1), entry('c', 2)]],
    [[entry('a', 0xffffffff - 32), entry('b', 1), entry('c', 2)]],
    [Array.from({ length: 5 }, (_, index) => entry(`file ${index}`, 2 * GIB))],
    [Array.from({ length: 65_535 }, (_, index) => entry(`${index}`, 1))],
  ])('says its length beforehand, and is one, whatever its size (%#)', (entries) => {
    const { total, found } = written(entries)
    expect(total).toBe(zipSize(entries))
    const listed = (all: readonly { name: string; size: number }[]) =>
      all.map(({ name, size }) => `${name} ${size}`).join()
    expect(listed(found) === listed(entries)).toBe(true)
  })

  it('keeps the old form while the old form holds it', () => {
    const most = 0xffffffff - 1 - 2 * 31
    expect(written([entry('a', most), entry('b', 0)]).total).toBe(most + 2 * (31 + 47) + 22)
    expect(written([entry('a', most + 1), entry('b', 0)]).total).toBe(most + 1 + 2 * (31 + 47) + 98)
  })

  it('shows the earliest time there is for what is older', () => {
    const { found } = written([entry('a', 1, { at: { ...at, year: 1970 } })])
    expect(found[0]?.time).toBe('1980-01-01 00:00:00')
  })
})

it.each([
  ['UTC', '2026-11-24 23:30:00'],
  ['Europe/Oslo', '2026-11-25 00:30:00'],
  ['Asia/Kathmandu', '2026-11-25 05:15:00'],
  ['America/Los_Angeles', '2026-11-24 15:30:00'],
])('shows the time as a clock in %s does', (timeZone, time) => {
  const instant = Date.parse('2026-11-24T23:30:00Z')
  const { found } = written([entry('a', 1, { at: wallTimeOf(instant, timeZone) })])
  expect(found[0]?.time).toBe(time)
})
