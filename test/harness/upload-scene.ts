import { expect } from 'vitest'
import { PART } from '../../src/features/files/rules.ts'
import { paths } from '../../src/paths.ts'
import { create, openScene, portal, studio, token, world, type LinkJson } from './link-scene.ts'

export { key, portal, studio, world } from './link-scene.ts'
export { PART } from '../../src/features/files/rules.ts'

export const MIB = 1024 ** 2
export const TUS = { 'tus-resumable': '1.0.0' }
export const OCTETS = { ...TUS, 'content-type': 'application/offset+octet-stream' }

/** Jane's link to everything. */
export let jane: LinkJson
/** Jane's token. */
export let hers: string

export async function openUploads(): Promise<void> {
  await openScene()
  jane = await create({ send: false })
  hers = token(jane.url)
}

const base64 = (text: string) => btoa(String.fromCharCode(...new TextEncoder().encode(text)))

/** As `Upload-Metadata` says it. */
const metadata = (facts: Record<string, string>): string =>
  Object.entries(facts)
    .map(([name, value]) => `${name} ${base64(value)}`)
    .join(',')

export interface Announced {
  size: number | string
  name?: string
  folder?: string
  request?: string
  filetype?: string
}

/** By Jane, unless an API key is named. */
export interface By {
  token?: string
  key?: string
}

const who = ({ key: by }: By): Record<string, string> =>
  by === undefined ? {} : { authorization: `Bearer ${by}` }

export const begin = (
  { size, name = 'a.bin', ...more }: Announced,
  by: By = {},
  headers: Record<string, string> = {},
  body?: BodyInit,
): Promise<Response> =>
  world.request(by.key ? paths.api.uploads(portal) : paths.api.clientUploads(by.token ?? hers), {
    method: 'POST',
    headers: {
      ...TUS,
      'upload-length': String(size),
      'upload-metadata': metadata({ filename: name, ...more }),
      ...who(by),
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  })

/** The path of an upload that has begun. */
export async function begun(announced: Announced, by: By = {}): Promise<string> {
  const made = await begin(announced, by)
  expect(made.status).toBe(201)
  return placeOf(made)
}

const placeOf = (made: Response): string => new URL(made.headers.get('location') ?? '').pathname

export const idOf = (path: string): string => path.slice(-36)

export const patch = (
  path: string,
  offset: number,
  body: BodyInit,
  by: By = {},
  headers: Record<string, string> = {},
): Promise<Response> =>
  world.request(path, {
    method: 'PATCH',
    headers: { ...OCTETS, 'upload-offset': String(offset), ...who(by), ...headers },
    body,
  })

export const ask = (path: string, by: By = {}): Promise<Response> =>
  world.request(path, { method: 'HEAD', headers: { ...TUS, ...who(by) } })

export const remove = (path: string, by: By = {}): Promise<Response> =>
  world.request(path, { method: 'DELETE', headers: { ...TUS, ...who(by) } })

export const offsetOf = (answer: Response): number => Number(answer.headers.get('upload-offset'))

/** Bytes that differ from place to place, the same every time. */
export function bytes(size: number, seed = 1): Uint8Array<ArrayBuffer> {
  const made = new Uint8Array(size)
  let state = seed * 2_654_435_761 || 1
  for (let index = 0; index < size; index++) {
    state = (state * 1_664_525 + 1_013_904_223) >>> 0
    made[index] = state >>> 24
  }
  return made
}

/** A body that breaks off behind these bytes, as when a connection is cut. */
export function cut(...chunks: Uint8Array[]): ReadableStream<Uint8Array> {
  const left = [...chunks]
  return new ReadableStream({
    pull(controller) {
      const next = left.shift()
      if (next) controller.enqueue(next)
      else controller.error(new Error('Network connection lost.'))
    },
  })
}

export interface FileRow {
  id: string
  folder: string
  name: string
  version: number
  latest: string
  size: number
  content_type: string
  source: string
  by: string
}

export interface VersionRow {
  id: string
  file_id: string
  version: number
  object: string
  size: number
  crc32: number
  content_type: string
  request_id: string | null
}

export async function all<T>(sql: string, ...params: unknown[]): Promise<T[]> {
  const { results } = await world.env.DB.prepare(sql)
    .bind(...params)
    .all<T>()
  return results
}

export const files = () => all<FileRow>('select * from file order by id')
export const versions = () => all<VersionRow>('select * from file_version order by id')

export const keysInBucket = async (): Promise<string[]> =>
  (await world.env.BUCKET.list()).objects.map(({ key: at }) => at)

/** The bytes that the bucket has of a version. */
export async function stored(version: VersionRow | undefined): Promise<Uint8Array> {
  const at = `${studio.facts.id}/${portal}/${version?.object}`
  const found = await world.env.BUCKET.get(at)
  if (!found) throw new Error('The bucket has no such object.')
  return new Uint8Array(await found.arrayBuffer())
}

/** Whether they are the same, said in one word: of megabytes nobody wants to see the difference. */
export const same = (one: Uint8Array, other: Uint8Array): boolean =>
  one.length === other.length && Buffer.from(one.buffer, one.byteOffset, one.length).equals(other)

/** What triggers keep, and what it is when it is counted anew. */
export async function expectSums(): Promise<void> {
  const [sums] = await all<Record<string, number>>(`
    select o.storage,
      (select coalesce(sum(size), 0) from upload where state in ('receiving', 'completing'))
        + (select coalesce(sum(size), 0) from file_version) as storage_anew,
      p.files, (select count(*) from file where deleted_at is null) as files_anew,
      p.files_size, (select coalesce(sum(size), 0) from file where deleted_at is null) as files_size_anew
    from organization o join portal p on p.organization_id = o.id`)
  expect(sums?.['storage']).toBe(sums?.['storage_anew'])
  expect(sums?.['files']).toBe(sums?.['files_anew'])
  expect(sums?.['files_size']).toBe(sums?.['files_size_anew'])
}

/** Sends all of it, in requests of at most so many bytes. */
export async function send(
  name: string,
  content: Uint8Array<ArrayBuffer>,
  { by = {}, most = 4 * PART, folder = '' }: { by?: By; most?: number; folder?: string } = {},
): Promise<string> {
  const path = await begun({ size: content.length, name, folder }, by)
  for (let offset = 0; offset < content.length; offset += most) {
    const answer = await patch(path, offset, content.subarray(offset, offset + most), by)
    expect(answer.status).toBe(204)
  }
  return path
}
