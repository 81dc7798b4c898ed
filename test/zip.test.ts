import { crc32 } from 'node:zlib'
import { beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { file, fileVersion } from '../src/db/schema/files.ts'
import { objectKey } from '../src/features/files/object.ts'
import { MOST_ARCHIVED } from '../src/features/files/rules.ts'
import { createPortal } from '../src/features/portals/actions.ts'
import { paths } from '../src/paths.ts'
import { create, openScene, portal, studio, token, world } from './harness/link-scene.ts'
import { logged } from './harness/logged.ts'
import { pretendFiles, storedFile } from './harness/stored-file.ts'
import { readZip } from './harness/zip-reader.ts'

let hers: string
let cookie: string

beforeEach(async () => {
  await openScene()
  hers = token((await create({ send: false })).url)
  cookie = (await studio.person('member')).cookie
})

const byClient = (query = '', init: RequestInit = {}) =>
  world.request(paths.clientArchive(hers) + query, init)
const byTeam = (query = '') =>
  world.request(paths.archive(studio.slug, portal) + query, { headers: { cookie } })
const store = (name: string, more: object = {}) =>
  storedFile(studio, portal, { bytes: `This is ${name}.`, name, ...more })

/** What is in an archive, by path; its bytes have the length it said, and the checksums it says. */
async function unpacked(answer: Response): Promise<Record<string, string>> {
  expect(answer.status).toBe(200)
  expect(answer.headers.get('content-type')).toBe('application/zip')
  const bytes = new Uint8Array(await answer.arrayBuffer())
  expect(answer.headers.get('content-length')).toBe(String(bytes.length))
  const read = (offset: number, length: number) => bytes.subarray(offset, offset + length)
  const content = readZip(read, bytes.length).map(({ name, size, at, crc32: sum }) => {
    const content = read(at, size)
    expect(crc32(content)).toBe(sum)
    return [name, new TextDecoder().decode(content)] as const
  })
  return Object.fromEntries(content)
}

const namesIn = async (answer: Response) => Object.keys(await unpacked(answer))

describe('the archive', () => {
  it('holds the newest version of every file that nobody deleted, for both sides', async () => {
    await store('Übersicht 見積 📄.pdf', { folder: 'Drafts/Round 2' })
    await store('A.txt')
    await store('a.txt')
    await storedFile(studio, portal, { bytes: 'old', name: 'b' }, { bytes: 'new', name: 'b' })
    await store('empty', { bytes: '' })
    const { db } = world.ctx()
    const gone = await store('gone')
    await db.update(file).set({ deletedAt: 1 }).where(eq(file.id, gone))
    const all = {
      'A.txt': 'This is A.txt.',
      'Drafts/Round 2/Übersicht 見積 📄.pdf': 'This is Übersicht 見積 📄.pdf.',
      'a (2).txt': 'This is a.txt.',
      b: 'new',
      empty: '',
    }
    expect(await unpacked(await byClient())).toEqual(all)
    expect(await unpacked(await byTeam())).toEqual(all)
  })

  it('is an attachment, named after the project, that no cache keeps', async () => {
    await store('a.txt')
    const { headers, body } = await byClient()
    expect(headers.get('content-disposition')).toContain(`filename="Website relaunch.zip"`)
    expect(headers.get('cache-control')).toBe('private, no-store, no-transform')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    await body?.cancel()
    const head = await byClient('', { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(Number(head.headers.get('content-length'))).toBeGreaterThan(100)
  })

  it('holds a folder and what is below it, and no folder of a longer name', async () => {
    await store('a', { folder: 'Draft' })
    await store('b', { folder: 'Draft/Deep' })
    await store('c', { folder: 'Drafts' })
    await store('d', { folder: 'Draft!' })
    await store('e', { folder: 'Draft-2' })
    await store('f')
    const folder = await byClient('?folder=Draft')
    expect(folder.headers.get('content-disposition')).toContain('filename="Draft.zip"')
    expect(await namesIn(folder)).toEqual(['Draft/Deep/b', 'Draft/a'])
    expect(await namesIn(await byTeam('?folder=Draft/Deep'))).toEqual(['Draft/Deep/b'])
    expect((await byClient('?folder=Nowhere')).status).toBe(404)
    expect((await byClient('?folder=%25')).status).toBe(404)
  })

  it('holds the files that are named, each once', async () => {
    const [a, , c] = [await store('a'), await store('b'), await store('c')]
    expect(await namesIn(await byClient(`?file=${a}&file=${c}&file=${a}`))).toEqual(['a', 'c'])
    expect(await namesIn(await byTeam(`?file=${c}`))).toEqual(['c'])
  })

  it('does not begin without one of the files that are named', async () => {
    const a = await store('a')
    const other = await createPortal(studio.ctx(), {
      project: 'Other',
      client: 'Other',
      currency: 'EUR',
      contact: { name: 'O', email: 'o@other.example' },
      send: false,
    })
    const theirs = await storedFile(studio, other.ok ? other.value.portal.id : '', { bytes: 'x' })
    for (const other of [theirs, 'made-up']) {
      const answer = await byClient(`?file=${a}&file=${other}`)
      expect(answer.status).toBe(404)
      expect(await answer.text()).toContain('One of these files is gone')
    }
  })

  it('of nothing is words, and no empty zip', async () => {
    for (const answer of [await byClient(), await byTeam()]) {
      expect(answer.status).toBe(404)
      expect(answer.headers.get('content-type')).toMatch(/^text\/html/)
      expect(await answer.text()).toContain('No files yet')
    }
  })

  it('breaks off when a file is missing, and says so in the log', async () => {
    await store('a')
    const b = await store('b', { bytes: 'x'.repeat(100_000) })
    await store('c')
    const { db } = world.ctx()
    const [version] = await db.select().from(fileVersion).where(eq(fileVersion.fileId, b))
    if (!version) throw new Error('No version.')
    await world.env.BUCKET.delete(objectKey(version, version.object))
    const answer = await byClient()
    expect(answer.status).toBe(200)
    await expect(answer.arrayBuffer()).rejects.toThrow()
    expect(logged().some((line) => line.includes('"what":"archive"'))).toBe(true)
  })
})

describe('too much for one archive', () => {
  it('is not yet 500 files', async () => {
    await pretendFiles(studio, portal, MOST_ARCHIVED.files)
    const found = await unpacked(await byClient())
    expect(Object.keys(found)).toHaveLength(500)
    expect(Object.values(found).every((content) => content === 'x')).toBe(true)
  })

  it('are 501: both sides are offered to choose, page by page, and get what they chose', async () => {
    await pretendFiles(studio, portal, MOST_ARCHIVED.files + 1)
    const seen = new Set<string>()
    let query = ''
    for (let page = 0; page < 6; page++) {
      const answer = await byClient(query)
      expect(answer.status).toBe(query === '' ? 413 : 200)
      const html = await answer.text()
      if (page === 0) expect(html).toContain('This portal has 501 files')
      for (const [, id = ''] of html.matchAll(/name="file" value="([^"]+)"/g)) seen.add(id)
      const next = /href="[^"]*files\.zip(\?cursor=[^"]+)"/.exec(html)?.[1]
      if (next === undefined) break
      query = next
    }
    expect(seen.size).toBe(501)
    const team = await byTeam()
    expect(team.status).toBe(413)
    expect(await team.text()).toContain('This portal has 501 files')
    const chosen = [...seen].slice(0, 3).map((id) => `file=${id}`)
    expect(await namesIn(await byTeam(`?${chosen.join('&')}`))).toHaveLength(3)
    const all = [...seen].map((id) => `file=${id}`).join('&')
    expect((await byTeam(`?${all}`)).status).toBe(413)
  })

  it('are more than 2 GB, also when they were chosen', async () => {
    await pretendFiles(studio, portal, 3, 1024 ** 3)
    const answer = await byClient()
    expect(answer.status).toBe(413)
    const html = await answer.text()
    expect(html).toContain('3 files, 3 GB')
    const ids = [...html.matchAll(/name="file" value="([^"]+)"/g)].map(([, id]) => `file=${id}`)
    const again = await byClient(`?${ids.join('&')}`)
    expect(again.status).toBe(413)
    const words = await again.text()
    expect(words).toContain('You chose 3 files, 3 GB')
    expect(words.match(/checked/g)).toHaveLength(3)
    const two = await byClient(`?${ids.slice(1).join('&')}`, { method: 'HEAD' })
    expect(two.status).toBe(200)
    expect(Number(two.headers.get('content-length'))).toBeGreaterThan(2 * 1024 ** 3)
  })

  it('goes on in a folder from where a page ended', async () => {
    await pretendFiles(studio, portal, MOST_ARCHIVED.files + 1)
    await world.env.DB.prepare(`update file set folder = iif(substr(id, -3) % 2, 'F', 'F/x')`).run()
    const html = await (await byClient('?folder=F')).text()
    const next = /href="[^"]*files\.zip(\?folder=F&amp;cursor=[^"]+)"/.exec(html)?.[1] ?? ''
    const further = await (await byClient(next.replace('&amp;', '&'))).text()
    const idsIn = (text: string) =>
      [...text.matchAll(/name="file" value="([^"]+)"/g)].map(([, id]) => id)
    expect(idsIn(further)).toHaveLength(100)
    expect(idsIn(further).filter((id) => idsIn(html).includes(id))).toEqual([])
  })
})
