import { beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../src/paths.ts'
import { putFile } from './harness/file-scene.ts'
import {
  all,
  begun,
  bytes,
  files,
  hers,
  key,
  openUploads,
  patch,
  portal,
  studio,
  versions,
  world,
} from './harness/upload-scene.ts'

let cookie: string

beforeEach(async () => {
  await openUploads()
  cookie = (await studio.person('member')).cookie
})

const put = (name: string, folder = '', over: object = {}) =>
  putFile(studio, { portal, name, folder, ...over })
const change = (id: string, body: object, by = key) =>
  world.api('PATCH', paths.api.file(portal, id), by, body)
const places = async () => (await files()).map(({ folder, name }) => `${folder}/${name}`).sort()
const log = () =>
  all<{ data: string }>(`select data from activity where kind = 'file.renamed' order by id`)

describe('a file', () => {
  it('takes another name and another folder, with all that was sent under it', async () => {
    const { id } = await put('a.bin', 'Drafts', { bytes: bytes(50), earlier: [{ size: 3 }] })
    const renamed = await change(id, { name: ' Brief, final.bin ' })
    expect(renamed.status).toBe(200)
    expect(await renamed.json()).toMatchObject({
      id,
      name: 'Brief, final.bin',
      folder: 'Drafts',
      version: 2,
    })
    expect((await change(id, { folder: '' })).status).toBe(200)
    // The second of two clicks wants what is.
    expect((await change(id, { folder: '', name: 'Brief, final.bin' })).status).toBe(200)
    expect((await log()).map(({ data }) => JSON.parse(data))).toEqual([
      { file: id, was: 'Drafts/a.bin', name: 'Drafts/Brief, final.bin' },
      { file: id, was: 'Drafts/Brief, final.bin', name: 'Brief, final.bin' },
    ])
    const content = await world.request(paths.clientFileAction(hers, id, 'content'))
    expect(content.headers.get('content-disposition')).toContain('Brief')
    expect(new Uint8Array(await content.arrayBuffer())).toEqual(bytes(50))
    const page = await world.request(paths.activity(studio.slug), { headers: { cookie } })
    const words = (await page.text()).replaceAll(/<[^>]+>/g, '')
    expect(words).toContain('renamed the file Drafts/a.bin to Drafts/Brief, final.bin')
    expect(words).toContain('moved the file Drafts/Brief, final.bin to Brief, final.bin')
  })

  it('never takes the place of another one, nor a deleted one its place back', async () => {
    const one = await put('a.pdf')
    const other = await put('b.pdf')
    await put('b.pdf', 'Drafts')
    const refused = await change(one.id, { name: 'b.pdf' })
    expect(refused.status).toBe(409)
    expect(await refused.json()).toMatchObject({ title: 'There is a file of this name' })
    expect((await change(one.id, { name: 'b.pdf', folder: 'Drafts' })).status).toBe(409)
    expect(await log()).toEqual([])
    const { api } = paths
    await world.api('DELETE', api.file(portal, other.id), key)
    expect((await change(one.id, { name: 'b.pdf' })).status).toBe(200)
    const back = api.fileAction(portal, other.id, 'restore')
    expect((await world.api('POST', back, key, {})).status).toBe(409)
    // What is deleted is not there to be renamed.
    expect((await change(other.id, { name: 'c.pdf' })).status).toBe(404)
  })

  it('has one name after several at once, and each caller hears whether it is theirs', async () => {
    const { id } = await put('a.pdf')
    const names = ['x.pdf', 'y.pdf', 'z.pdf']
    const answers = await Promise.all(names.map((name) => change(id, { name })))
    const won = answers.filter(({ status }) => status === 200)
    const [{ name = '' } = {}] = await files()
    expect(names).toContain(name)
    expect((await log()).length).toBeGreaterThanOrEqual(1)
    expect(won.length).toBe((await log()).length)
    expect(answers.every(({ status }) => status === 200 || status === 409)).toBe(true)
  })

  it.each([
    [{ name: '' }, 'The file’s name is missing.'],
    [{ name: '../secret' }, 'can’t have a slash'],
    [{ name: 'invoice\u202efdp.exe' }, 'can’t be shown'],
    [{ folder: 'a/../b' }, 'can’t end with a dot'],
    [{ name: `${'é'.repeat(130)}.pdf` }, 'too long'],
    [{ name: 5 }, 'missing'],
  ])('is not called %o', async (wanted, words) => {
    const { id } = await put('a.pdf')
    const refused = await change(id, wanted)
    expect(refused.status).toBe(422)
    expect(await refused.text()).toContain(words)
    expect(await places()).toEqual(['/a.pdf'])
  })

  it('stays as it is in an archived portal', async () => {
    const { id } = await put('a.pdf')
    await world.api('POST', paths.api.portalAction(portal, 'archive'), key, {})
    expect((await change(id, { name: 'b.pdf' })).status).toBe(409)
    const page = await world.request(paths.file(studio.slug, portal, id), { headers: { cookie } })
    expect(await page.text()).not.toContain('Name and folder')
    expect(await places()).toEqual(['/a.pdf'])
  })

  it('that is renamed while its next version is on its way is not that version’s any more', async () => {
    const { id } = await put('a.bin')
    const path = await begun({ size: 10, name: 'a.bin' })
    await patch(path, 0, bytes(4))
    await change(id, { name: 'b.bin' })
    expect((await patch(path, 4, bytes(10).slice(4))).status).toBe(204)
    expect(await places()).toEqual(['/a.bin', '/b.bin'])
    expect((await versions()).map(({ version }) => version)).toEqual([1, 1])
  })
})

describe('the team’s page of a file', () => {
  const here = (id: string) => paths.file(studio.slug, portal, id)
  const send = (id: string, values: Record<string, string>) =>
    world.form(paths.fileAction(studio.slug, portal, id, 'rename'), values, cookie)

  it('renames and moves it without a script', async () => {
    const { id } = await put('a.pdf', 'Drafts')
    const page = await (await world.request(here(id), { headers: { cookie } })).text()
    expect(page).toMatch(/name="folder"[^>]*value="Drafts"/)
    expect(page).toMatch(/name="name"[^>]*value="a\.pdf"/)
    const sent = await send(id, { folder: 'Final / Round 2', name: 'b.pdf' })
    expect(sent.status).toBe(303)
    expect(sent.headers.get('location')).toBe(here(id))
    expect(await places()).toEqual(['Final/Round 2/b.pdf'])
  })

  it('comes back with what was typed and why not at its field', async () => {
    const { id } = await put('a.pdf')
    await put('b.pdf', 'Drafts')
    const wrong = await send(id, { folder: 'Drafts', name: 'b.pdf.' })
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toMatch(/value="b\.pdf\."[^>]*aria-invalid="true"/)
    const taken = await send(id, { folder: 'Drafts', name: 'b.pdf' })
    expect(taken.status).toBe(409)
    const html = await taken.text()
    expect(html).toContain('Another file has this name there.')
    expect(html).toMatch(/name="folder"[^>]*value="Drafts"/)
    expect(await places()).toEqual(['/a.pdf', 'Drafts/b.pdf'])
  })
})
