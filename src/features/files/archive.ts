import { wallTimeOf } from '../../lib/day.ts'
import { zipPieces, zipSize, type ZipEntry } from '../../lib/zip.ts'
import { openObject } from '../../platform/bucket.ts'
import type { ArchiveRow } from './archive-rows.ts'
import { objectKey } from './object.ts'
import { zipNames } from './zip-names.ts'

interface Place {
  organizationId: string
  portalId: string
  timeZone: string
}

export interface Archive {
  /** Bytes. */
  size: number
  /** Begins to read the files; `broken` is told when it breaks off, as whoever reads it sees. */
  open: (broken: (error: unknown) => void) => ReadableStream
}

interface Entry extends ZipEntry {
  key: string
}

const pathOf = ({ folder, name }: ArchiveRow): string =>
  folder === '' ? name : `${folder}/${name}`

/** In the order of their paths, so that the same files make the same archive. */
function entriesOf(place: Place, rows: readonly ArchiveRow[]): Entry[] {
  const sorted = [...rows].sort((one, other) => (pathOf(one) < pathOf(other) ? -1 : 1))
  const names = zipNames(sorted)
  return sorted.map(({ object, size, crc32, at }, index) => ({
    name: names[index] ?? '',
    key: objectKey(place, object),
    size,
    crc32,
    at: wallTimeOf(at, place.timeZone),
  }))
}

/** The files as one zip, written while it is read, with one object open at a time. */
export function archiveOf(bucket: R2Bucket, place: Place, rows: readonly ArchiveRow[]): Archive {
  const entries = entriesOf(place, rows)
  const size = zipSize(entries)
  return {
    size,
    open(broken) {
      const { readable, writable } = new FixedLengthStream(size)
      void write(bucket, entries, writable).catch(broken)
      return readable
    },
  }
}

/** Whatever goes wrong ends the stream with an error: an archive is never short without a word. */
async function write(
  bucket: R2Bucket,
  entries: readonly Entry[],
  to: WritableStream<Uint8Array>,
): Promise<void> {
  try {
    for (const piece of zipPieces(entries)) {
      if ('bytes' in piece) await put(piece.bytes, to)
      else if (piece.content.size > 0) await copy(bucket, piece.content, to)
    }
    await to.close()
  } catch (error) {
    await to.abort(error)
    throw error
  }
}

async function put(bytes: Uint8Array, to: WritableStream<Uint8Array>): Promise<void> {
  const writer = to.getWriter()
  await writer.write(bytes)
  writer.releaseLock()
}

async function copy(
  bucket: R2Bucket,
  { key, size }: Entry,
  to: WritableStream<Uint8Array>,
): Promise<void> {
  const found = await openObject(bucket, key)
  if (found?.size !== size) throw new Error('A stored file is not whole in the bucket.')
  await found.body.pipeTo(to, { preventClose: true, preventAbort: true })
}
