import { beforeEach, describe, expect, it } from 'vitest'
import type { TenantCtx } from '../src/ctx.ts'
import { commit } from '../src/db/batch.ts'
import { deleteFile, restoreFile } from '../src/features/files/actions.ts'
import { rebuild } from '../src/features/files/counts.ts'
import { filesOfPortal, listFiles } from '../src/features/files/queries.ts'
import { DELETED_KEPT } from '../src/features/files/rules.ts'
import { runJobs } from '../src/jobs.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { scheduled } from '../src/scheduled.ts'
import { fillFiles, putFile } from './harness/file-scene.ts'
import { value } from './harness/thread-scene.ts'
import { key, newPortal, openStudio, studio, world } from './harness/studio-scene.ts'

const bytes = new TextEncoder().encode('Hello')
const DAY = 86_400_000

let portal: string

async function openPortal(as = key): Promise<string> {
  const made = await world.api('POST', paths.api.portals, as, { ...newPortal, send: false })
  return (await made.json<{ id: string }>()).id
}

beforeEach(async () => {
  await openStudio()
  portal = await openPortal()
})

const counts = () =>
  world.env.DB.prepare(
    `select files, files_size as size, (select storage from organization where id = organization_id) as storage
    from portal where id = ?`,
  )
    .bind(portal)
    .first<{ files: number; size: number; storage: number }>()

const count = (table: string) => value<number>(`select count(*) from ${table}`)
const owner = (now = Date.now()): TenantCtx => studio.ctx('owner', now)

describe('the list', () => {
  it('goes through every file once, newest first, whole or by folder', async () => {
    await fillFiles(studio, portal, { count: 45, folders: ['', 'Drafts', 'Drafts/Round 2'] })
    await putFile(studio, { portal, name: 'gone.pdf', deletedAt: Date.now() })
    for (const [query, expected] of [
      ['', 45],
      ['&folder=Drafts', 15],
      ['&folder=', 15],
      ['&folder=Nowhere', 0],
    ] as const) {
      const seen: string[] = []
      let cursor = ''
      for (;;) {
        const answer = await world.api(
          'GET',
          `${paths.api.files(portal)}?limit=20${query}${cursor}`,
          key,
        )
        expect(answer.status).toBe(200)
        const page = await answer.json<{ items: { name: string; at: string }[]; next: string }>()
        seen.push(...page.items.map(({ name }) => name))
        if (page.next === null) break
        cursor = `&cursor=${page.next}`
      }
      expect(new Set(seen).size).toBe(expected)
      expect(seen).toHaveLength(expected)
      const numbers = seen.map((name) => Number(/\d+/.exec(name)?.[0]))
      expect(numbers).toEqual([...numbers].sort((a, b) => b - a))
    }
  })

  it('says of a file what the contract says', async () => {
    const stored = await putFile(studio, {
      portal,
      folder: 'Drafts',
      name: 'homepage.pdf',
      contentType: 'application/pdf',
      size: 4_300_000,
      source: 'client',
      by: 'Jane Cooper',
      at: Date.UTC(2026, 10, 20, 9),
      earlier: [{ size: 100 }, { size: 200 }],
    })
    const answer = await world.api('GET', paths.api.files(portal), key)
    expect(await answer.json()).toEqual({
      items: [
        {
          id: stored.id,
          name: 'homepage.pdf',
          folder: 'Drafts',
          size: 4_300_000,
          contentType: 'application/pdf',
          version: 3,
          source: 'client',
          by: 'Jane Cooper',
          createdAt: '2026-11-20T09:00:00.000Z',
        },
      ],
      next: null,
    })
    expect(await counts()).toEqual({ files: 1, size: 4_300_000, storage: 4_300_300 })
  })

  it('knows the folders by name, and leaves emptied ones out', async () => {
    await fillFiles(studio, portal, { count: 30, folders: ['Ö', '', 'b', 'a/z', 'a'] })
    await putFile(studio, { portal, folder: 'gone', name: 'x', deletedAt: 1 })
    const page = { limit: 10 }
    const shown = await filesOfPortal(world.ctx().db, studio.facts.id, portal, page)
    expect(shown?.folders).toEqual(['a', 'a/z', 'b', 'Ö'])
    const none = await filesOfPortal(world.ctx().db, studio.facts.id, await openPortal(), page)
    expect(none?.folders).toEqual([])
  })

  it('refuses what is no page', async () => {
    for (const query of ['limit=0', 'limit=101', 'cursor=1', `folder=${'x'.repeat(1001)}`]) {
      const answer = await world.api('GET', `${paths.api.files(portal)}?${query}`, key)
      expect(answer.status, query).toBe(422)
    }
  })

  it('is nobody else’s', async () => {
    await putFile(studio, { portal, name: 'secret.pdf' })
    const other = await world.organization('other')
    const theirs = await other.key('owner')
    expect((await world.api('GET', paths.api.files(portal), theirs)).status).toBe(404)
    expect(await listFiles(world.ctx().db, other.facts.id, portal, { limit: 10 })).toBeUndefined()
  })
})

it('counts what a rebuild counts, whatever was done', async () => {
  const sums = async () => {
    const { results } = await world.env.DB.prepare(
      'select p.id, files, files_size, storage from portal p join organization o on o.id = organization_id order by p.id',
    ).all()
    return results
  }
  const there = await openPortal()
  await fillFiles(studio, portal, { count: 7 })
  await fillFiles(studio, there, { count: 5 })
  const gone = await putFile(studio, { portal, name: 'gone', size: 11, earlier: [{ size: 7 }] })
  const back = await putFile(studio, { portal: there, name: 'back', size: 13 })
  await deleteFile(owner(), { portal, file: gone.id })
  await deleteFile(owner(), { portal: there, file: back.id })
  await restoreFile(owner(), { portal: there, file: back.id })
  await world.env.DB.prepare('update file set size = size + 3 where id = ?').bind(back.id).run()
  await scheduled('17 3 * * *', Date.now() + DELETED_KEPT + 1000, world.env)
  const kept = await sums()
  expect(kept).toMatchObject([{ files: 7 }, { files: 6, files_size: 5016, storage: 12_013 }])
  await commit(owner(), rebuild)
  expect(await sums()).toEqual(kept)
})

describe('deleting', () => {
  it('takes a file from the list and gives it back, however often it is asked', async () => {
    const stored = await putFile(studio, { portal, name: 'a.pdf', bytes })
    const path = paths.api.file(portal, stored.id)
    const answers = await Promise.all([1, 2, 3].map(() => world.api('DELETE', path, key)))
    expect(answers.map(({ status }) => status)).toEqual([204, 204, 204])
    expect(await counts()).toEqual({ files: 0, size: 0, storage: 5 })
    const list = await world.api('GET', paths.api.files(portal), key)
    expect(await list.json()).toEqual({ items: [], next: null })

    const restore = paths.api.fileAction(portal, stored.id, 'restore')
    const back = await Promise.all([1, 2].map(() => world.api('POST', restore, key)))
    for (const answer of back) {
      expect(answer.status).toBe(200)
      expect(await answer.json()).toMatchObject({ id: stored.id, name: 'a.pdf' })
    }
    expect(await counts()).toEqual({ files: 1, size: 5, storage: 5 })
    const { results } = await world.env.DB.prepare(
      `select kind, data from activity where kind like 'file.%' order by at, id`,
    ).all<{ kind: string; data: string }>()
    expect(results.map(({ kind, data }) => [kind, JSON.parse(data)])).toEqual([
      ['file.deleted', { file: stored.id, name: 'a.pdf' }],
      ['file.restored', { file: stored.id, name: 'a.pdf' }],
    ])
  })

  it('restores nothing over a newer file of the name', async () => {
    const old = await putFile(studio, { portal, name: 'a.pdf', deletedAt: Date.now() })
    await putFile(studio, { portal, name: 'a.pdf' })
    const answer = await world.api('POST', paths.api.fileAction(portal, old.id, 'restore'), key)
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ title: 'There is a file of this name' })
    expect(await value('select count(*) from file where deleted_at is null')).toBe(1)
    expect(await count("activity where kind = 'file.restored'")).toBe(0)
  })

  it('is for the team, of this organisation, of this portal', async () => {
    const stored = await putFile(studio, { portal, name: 'a.pdf' })
    const path = { portal, file: stored.id }
    const ids = { id: newId(1), linkId: newId(1), portalId: portal }
    const contact = { kind: 'contact', ...ids, name: 'Jane', scope: 'all' } as const
    for (const actor of [contact, { kind: 'stranger' }, { kind: 'cron' }] as const) {
      expect(await deleteFile({ ...owner(), actor }, path)).toEqual({
        ok: false,
        failure: { kind: 'forbidden' },
      })
    }
    const missing = { ok: false, failure: { kind: 'missing' } }
    const other = await world.organization('other')
    for (const verb of [deleteFile, restoreFile]) {
      expect(await verb(other.ctx(), path)).toEqual(missing)
      expect(await verb(owner(), { ...path, portal: await openPortal() })).toEqual(missing)
      expect(await verb(owner(), { ...path, file: newId(1) })).toEqual(missing)
    }
    expect(await value('select count(*) from file where deleted_at is null')).toBe(1)
  })
})

describe('the purge', () => {
  const purge = (now: number) => scheduled('17 3 * * *', now, world.env)
  const later = (more: number) => Date.now() + DELETED_KEPT + more
  const objects = async () =>
    (await world.env.BUCKET.list({ prefix: studio.facts.id })).objects.length

  it('takes rows and objects of what was deleted long ago, and nothing else', async () => {
    const kept = await putFile(studio, { portal, name: 'kept.txt', bytes })
    const gone = await putFile(studio, {
      portal,
      name: 'gone.txt',
      bytes,
      earlier: [{ bytes }, { bytes }],
    })
    const undone = await putFile(studio, { portal, name: 'undone.txt', bytes })
    for (const { id } of [gone, undone]) await deleteFile(owner(), { portal, file: id })
    await restoreFile(owner(), { portal, file: undone.id })
    expect(await objects()).toBe(5)

    await purge(later(-DAY))
    expect([await count('file'), await objects()]).toEqual([3, 5])

    await purge(later(1000))
    expect([await count('file'), await count('file_version'), await count('job')]).toEqual([
      2, 2, 1,
    ])
    expect(await counts()).toEqual({ files: 2, size: 10, storage: 10 })
    expect(await restoreFile(owner(), { portal, file: gone.id })).toMatchObject({ ok: false })

    // The run that has just begun dies before it reached the bucket; the next one finds the job.
    expect(await objects()).toBe(5)
    await purge(later(1000))
    await runJobs(world.env, later(2000), 500, { cron: '* * * * *' })
    expect([await count('job'), await objects()]).toEqual([0, 2])
    for (const { keys } of [kept, undone]) {
      for (const each of keys) expect(await world.env.BUCKET.head(each)).not.toBeNull()
    }
  })

  it('goes on after a run that died between the bucket and the database', async () => {
    const gone = await putFile(studio, { portal, name: 'a', bytes, earlier: [{ bytes }] })
    await deleteFile(owner(), { portal, file: gone.id })
    await purge(later(1000))
    // Half of it went, and nobody lived to write so down.
    await world.env.BUCKET.delete(gone.keys[0] ?? '')
    await runJobs(world.env, later(2000), 500, { cron: '* * * * *' })
    expect([await count('job'), await objects()]).toEqual([0, 0])
  })

  it('is harmless twice at once, and takes many', async () => {
    await fillFiles(studio, portal, { count: 300 })
    await world.env.DB.prepare('update file set deleted_at = 1').run()
    await Promise.all([purge(later(0)), purge(later(0))])
    expect([await count('file'), await count('file_version'), await count('job')]).toEqual([
      0, 0, 300,
    ])
    expect(await counts()).toEqual({ files: 0, size: 0, storage: 0 })
  })

  it('keeps the objects of a version that was sent under a deleted file’s key', async () => {
    const gone = await putFile(studio, { portal, name: 'a', bytes })
    await deleteFile(owner(), { portal, file: gone.id })
    const newer = `${studio.facts.id}/${portal}/${gone.id}/${newId(Date.now())}`
    await world.env.BUCKET.put(newer, bytes)
    await purge(later(1000))
    await runJobs(world.env, later(2000), 500, { cron: '* * * * *' })
    expect(await world.env.BUCKET.head(newer)).not.toBeNull()
    expect(await objects()).toBe(1)
  })
})
