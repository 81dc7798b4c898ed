import { beforeEach, describe, expect, it } from 'vitest'
import { deleteFile } from '../src/features/files/actions.ts'
import { archivePortal } from '../src/features/portals/actions.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { fillFiles, putFile } from './harness/file-scene.ts'
import { create, key, openScene, portal, studio, token, world } from './harness/link-scene.ts'

let hers: string
let contactId: string
let cookie: string

beforeEach(async () => {
  await openScene()
  const link = await create({ send: false })
  hers = token(link.url)
  const row = await world.env.DB.prepare('select contact_id as id from link where id = ?')
    .bind(link.id)
    .first<{ id: string }>()
  contactId = row?.id ?? ''
  cookie = (await studio.person('owner')).cookie
})

const get = async (path: string, status = 200): Promise<string> => {
  const answer = await world.request(path)
  expect(answer.status, path).toBe(status)
  return answer.text()
}
const teamGet = async (path: string, status = 200): Promise<string> => {
  const answer = await world.request(path, { headers: { cookie } })
  expect(answer.status, path).toBe(status)
  return answer.text()
}

/** The panel on the client's page. */
const panel = async (by = hers) =>
  /<section class="panel" id="files">.*?<\/section>/s.exec(await get(paths.portal(by)))?.[0] ?? ''

const hostile = [
  '<script>alert(1)</script>.html',
  '"><img src=x onerror=alert(1)>.svg',
  "'-alert(1)-'.pdf",
  'invoice\u202efdp.exe',
  '../../etc/passwd',
  '&lt;b&gt;.txt',
]

describe('the panel on a client’s page', () => {
  it('shows the latest twenty with who sent them, and a form that works without a script', async () => {
    await fillFiles(studio, portal, { count: 25, now: Date.now() - 86_400_000 })
    const mine = { source: 'client', byId: contactId, by: 'Jane Cooper' } as const
    await putFile(studio, { portal, name: 'mine.xlsx', size: 38_900, ...mine })
    await putFile(studio, {
      portal,
      name: 'hers.png',
      contentType: 'image/png',
      source: 'client',
      by: 'Ann Other',
    })
    const pdf = await putFile(studio, {
      portal,
      name: 'homepage.pdf',
      folder: 'Drafts',
      contentType: 'application/pdf',
      size: 4_300_000,
      earlier: [{}, {}],
    })
    const html = await panel()
    expect(html.match(/<li>/g)).toHaveLength(20)
    expect(html).toContain('28 · 4.2 MB')
    expect(html).toMatch(/homepage\.pdf.*?Team.*?Drafts · v3 · 4\.1 MB · today · <bdi>Maya Ortiz/s)
    expect(html).toMatch(/mine\.xlsx.*?<b class="tag teal">You<\/b>.*?38 KB · today</s)
    expect(html).toMatch(/hers\.png.*?<b class="tag teal"><bdi>Ann Other<\/bdi>/s)
    for (const path of [
      paths.clientFile(hers, pdf.id),
      paths.clientFileAction(hers, pdf.id, 'preview'),
      paths.clientFileAction(hers, pdf.id, 'content'),
      paths.clientFiles(hers),
      paths.clientArchive(hers),
    ]) {
      expect(html).toContain(`href="${path}"`)
    }
    // Only what can be looked at offers to be.
    expect(/mine\.xlsx.*?<\/li>/s.exec(html)?.[0]).not.toContain('Preview')
    const form = /<form.*?<\/form>/s.exec(html)?.[0] ?? ''
    expect(form).toContain(`method="post" action="${paths.clientFiles(hers)}"`)
    expect(form).toContain('enctype="multipart/form-data"')
    expect(form).toMatch(/<input type="hidden" name="id" value="[0-9a-f-]{36}"\/>/)
    expect(form).toMatch(/<input type="file" name="file" multiple=""/)
    expect(form).toContain('90 MB')
  })

  it('is empty at first, and says so', async () => {
    const html = await panel()
    expect(html).toContain('No files yet')
    expect(html).toContain('<form')
    expect(html).not.toContain('Download')
  })

  it('only reads in an archived portal', async () => {
    await putFile(studio, { portal, name: 'a.pdf' })
    await archivePortal(studio.ctx(), portal)
    for (const html of [await panel(), await get(paths.clientFiles(hers))]) {
      expect(html).toContain('a.pdf')
      expect(html).not.toContain('type="file"')
    }
  })

  it('is not there for a link to invoices alone', async () => {
    const file = await putFile(studio, { portal, name: 'secret.pdf', contentType: 'image/png' })
    const billing = token((await create({ scope: 'billing', send: false })).url)
    const page = await get(paths.portal(billing))
    expect(page).not.toMatch(/secret|id="files"|type="file"/)
    for (const path of [
      paths.clientFiles(billing),
      paths.clientFile(billing, file.id),
      paths.api.clientFiles(billing),
    ]) {
      expect(await get(path, 404)).not.toContain('secret')
    }
    expect(await (await world.request(paths.api.client(billing))).json()).not.toHaveProperty(
      'files',
    )
  })

  it('is seen by the team without a token and without a form', async () => {
    const file = await putFile(studio, { portal, name: 'a.png', contentType: 'image/png' })
    const links = await world.api('GET', paths.api.links(portal), key)
    const { items } = await links.json<{ items: { id: string; contact: { name: string } }[] }>()
    const id = items.find(({ contact }) => contact.name === 'Jane Cooper')?.id ?? ''
    const html = await teamGet(paths.linkAction(studio.slug, portal, id, 'view'))
    expect(html).toContain('a.png')
    expect(html).not.toMatch(/[0-9a-f]{64}"|\/portal\/|type="file"|<form/)
    expect(html).toContain(paths.file(studio.slug, portal, file.id))
    expect(html).toContain(paths.fileAction(studio.slug, portal, file.id, 'content'))
  })
})

describe('a client’s list of all files', () => {
  it('goes through them page by page, whole and by folder', async () => {
    await fillFiles(studio, portal, { count: 60, folders: ['', 'Brand & logo'] })
    const first = await get(paths.clientFiles(hers))
    expect(first.match(/<li>/g)).toHaveLength(50)
    expect(first).toContain('60 files')
    const next = /href="([^"]+)">Older files/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const second = await get(next)
    expect(second.match(/<li>/g)).toHaveLength(10)
    expect(second).toContain('Newest files')
    const folder = /href="([^"]+folder=[^"]+)"/.exec(first)?.[1]?.replaceAll('&amp;', '&') ?? ''
    const inside = await get(folder)
    expect(inside.match(/<li>/g)).toHaveLength(30)
    expect(inside).toMatch(/aria-current="page"[^>]*><bdi>Brand &amp; logo/)
  })

  it('knows no other portal, no foreign cursor and no nonsense', async () => {
    for (const query of ['limit=0', 'limit=x', 'cursor=1', `folder=${'x'.repeat(1001)}`]) {
      await get(`${paths.clientFiles(hers)}?${query}`, 404)
      const answer = await world.request(`${paths.api.clientFiles(hers)}?${query}`)
      expect(answer.status, query).toBe(422)
      expect(answer.headers.get('content-type')).toBe('application/problem+json')
    }
  })

  it('answers by JSON with what the page’s own JSON says', async () => {
    await fillFiles(studio, portal, { count: 21 })
    const list = await world.request(`${paths.api.clientFiles(hers)}?limit=20`)
    const { items, next } = await list.json<{ items: object[]; next: string }>()
    expect(items).toHaveLength(20)
    const more = await world.request(`${paths.api.clientFiles(hers)}?cursor=${next}`)
    expect(await more.json()).toMatchObject({ items: [{ name: 'file 0.pdf' }], next: null })
    const whole = await (await world.request(paths.api.client(hers))).json<{ files: object[] }>()
    expect(whole.files).toEqual(items)
    const facts = [
      'by',
      'contentType',
      'createdAt',
      'folder',
      'id',
      'name',
      'size',
      'source',
      'version',
    ]
    expect(Object.keys(items[0] ?? {}).sort()).toEqual(facts)
  })
})

describe('a client’s page of one file', () => {
  it('shows what is in it by its kind, in frames and players of our own origin alone', async () => {
    const kinds = {
      'image/png': '<img',
      'application/pdf': '<iframe',
      'text/plain': '<iframe class="shown" sandbox=""',
      'audio/mpeg': '<audio',
      'video/mp4': '<video',
      'text/html': undefined,
      'image/svg+xml': undefined,
      'application/octet-stream': undefined,
    }
    for (const [contentType, element] of Object.entries(kinds)) {
      const { id } = await putFile(studio, { portal, name: `x ${contentType}`, contentType })
      const shown: [string, Promise<Response>][] = [
        [paths.clientFileAction(hers, id, 'preview'), world.request(paths.clientFile(hers, id))],
        [
          paths.fileAction(studio.slug, portal, id, 'preview'),
          world.request(paths.file(studio.slug, portal, id), { headers: { cookie } }),
        ],
      ]
      for (const [src, answering] of shown) {
        const answer = await answering
        const policy = answer.headers.get('content-security-policy') ?? ''
        expect(policy).toContain("frame-src 'self'")
        expect(policy).toContain("media-src 'self'")
        expect(policy).toContain("frame-ancestors 'none'")
        const html = await answer.text()
        expect(html.includes(`src="${src}"`), contentType).toBe(element !== undefined)
        if (element !== undefined) expect(html).toContain(element)
        expect(html).not.toMatch(/<(?:object|embed)/)
      }
    }
    const page = await world.request(paths.portal(hers))
    expect(page.headers.get('content-security-policy')).not.toMatch(/frame-src|media-src/)
  })

  it('lists every version with who sent it, page by page', async () => {
    const { id } = await putFile(studio, {
      portal,
      name: 'a.pdf',
      earlier: Array.from({ length: 24 }, (_, n) => ({
        size: n,
        source: 'client' as const,
        by: n === 23 ? 'Ann Other' : 'Bo',
      })),
    })
    const html = await get(paths.clientFile(hers, id))
    expect(html.match(/<li>/g)).toHaveLength(20)
    expect(html).toMatch(/v25, the newest.*?v24.*?Ann Other/s)
    expect(html).toContain(`${paths.clientFileAction(hers, id, 'content')}?version=24`)
    const older = await get(`${paths.clientFile(hers, id)}?before=6`)
    expect(older.match(/<li>/g)).toHaveLength(5)
    expect(older).not.toContain('Older versions')
    const team = await teamGet(`${paths.file(studio.slug, portal, id)}?before=6`)
    expect(team.match(/<b class="num">v/g)).toHaveLength(5)
  })

  it('is gone once the file is deleted, everywhere', async () => {
    const { id } = await putFile(studio, { portal, name: 'gone.pdf' })
    await get(paths.clientFile(hers, id))
    await deleteFile(studio.ctx(), { portal, file: id })
    await get(paths.clientFile(hers, id), 404)
    await teamGet(paths.file(studio.slug, portal, id), 404)
    for (const path of [paths.clientFiles(hers), paths.api.clientFiles(hers)]) {
      expect(await get(path)).not.toContain('gone.pdf')
    }
    // The page tells that it was deleted, and no longer where it was.
    expect(await panel()).not.toContain('gone.pdf')
    expect(await get(paths.portal(hers))).not.toContain(id)
    expect(await get(paths.api.client(hers))).not.toMatch(/"name":"gone\.pdf"/)
  })

  it('opens nothing of another portal or another studio', async () => {
    const made = await world.api('POST', paths.api.portals, key, {
      project: 'Other',
      client: 'Other',
      contact: { name: 'Bo', email: 'bo@client.example' },
      currency: 'EUR',
      send: false,
    })
    const there = await made.json<{ id: string }>()
    const { id } = await putFile(studio, { portal: there.id, name: 'theirs.pdf' })
    await get(paths.clientFile(hers, id), 404)
    await teamGet(paths.file(studio.slug, portal, id), 404)
    await get(paths.clientFile(hers, newId(1)), 404)
    await get(paths.clientFile(hers, 'nonsense'), 404)
    const other = await world.organization('other')
    const stranger = await other.person('owner')
    for (const path of [
      paths.files(studio.slug, there.id),
      paths.files(other.slug, there.id),
      `${paths.files(other.slug, there.id)}?deleted=1`,
      paths.file(other.slug, there.id, id),
    ]) {
      const answer = await world.request(path, { headers: { cookie: stranger.cookie } })
      expect(answer.status, path).toBe(404)
    }
  })
})

describe('a hostile name', () => {
  it('is words and nothing else, on every page and in JSON', async () => {
    for (const name of hostile) {
      const contentType = 'image/png'
      const by = '<b>Bo</b>'
      const { id } = await putFile(studio, { portal, name, folder: name, contentType, by })
      const pages = [
        await get(paths.portal(hers)),
        await get(paths.clientFiles(hers)),
        await get(paths.clientFile(hers, id)),
        await teamGet(paths.files(studio.slug, portal)),
        await teamGet(paths.file(studio.slug, portal, id)),
      ]
      await deleteFile(studio.ctx(), { portal, file: id })
      pages.push(
        await teamGet(`${paths.files(studio.slug, portal)}?deleted=1`),
        await teamGet(`${paths.files(studio.slug, portal)}?undo=${id}`),
      )
      for (const html of pages) {
        expect(html).not.toMatch(/<script>|<img src=x|<b>Bo<\/b>|<b>\.txt|onerror=alert\(1\)>/)
        expect(html).not.toContain('\u202e')
      }
      await world.api('POST', paths.api.fileAction(portal, id, 'restore'), key)
      const list = await world.request(paths.api.clientFiles(hers))
      expect(list.headers.get('content-type')).toContain('application/json')
      const { items } = await list.json<{ items: { name: string }[] }>()
      expect(items[0]?.name).toBe(name)
    }
  })
})

describe('the team’s page', () => {
  const list = () => paths.files(studio.slug, portal)
  const act = (id: string, action: 'delete' | 'restore', query = '') =>
    world.form(paths.fileAction(studio.slug, portal, id, action) + query, {}, cookie)

  it('lists files densely with folders, storage and a form', async () => {
    await fillFiles(studio, portal, { count: 55, folders: ['', 'Drafts/Round 2'] })
    const html = await teamGet(list())
    expect(html.match(/<tr id="file-/g)).toHaveLength(50)
    expect(html).toContain('55 · 54 KB')
    expect(html).toMatch(/54 KB<\/b> of 50 GB used/)
    expect(html).toMatch(/data-part="tab-files"><i>55<span class="unseen"> files/)
    expect(html).toContain('Drafts / Round 2')
    // What is read as a stream has to know its folder before the files come.
    expect(html).toMatch(/name="id".*?name="folder".*?type="file"/s)
    const folder = await teamGet(`${list()}?folder=Drafts%2FRound+2`)
    expect(folder.match(/<tr id="file-/g)).toHaveLength(27)
    expect(folder).toMatch(/aria-current="true"><bdi>Drafts \/ Round 2/)
    const next = /href="([^"]+)" rel="next"/.exec(html)?.[1]?.replaceAll('&amp;', '&') ?? ''
    expect((await teamGet(next)).match(/<tr id="file-/g)).toHaveLength(5)
  })

  it('deletes with a way back, twice clicked or not, and stays in its folder', async () => {
    const { id } = await putFile(studio, { portal, name: 'a.pdf', folder: 'Drafts' })
    const clicks = await Promise.all([1, 2].map(() => act(id, 'delete', '?folder=Drafts')))
    const to = clicks.map((answer) => answer.headers.get('location'))
    expect(clicks.map(({ status }) => status)).toEqual([303, 303])
    expect(new Set(to)).toEqual(new Set([`${list()}?folder=Drafts&undo=${id}`]))
    const after = await teamGet(to[0] ?? '')
    expect(after).toMatch(/role="status".*?a\.pdf.*?is deleted.*?Undo/s)
    expect(after).not.toContain(`id="file-${id}"`)

    const undone = await act(id, 'restore', '?folder=Drafts')
    expect(undone.headers.get('location')).toBe(`${list()}?folder=Drafts#file-${id}`)
    // The page that offered it back has nothing to offer any more.
    const back = await teamGet(to[0] ?? '')
    expect(back).toContain(`id="file-${id}"`)
    expect(back).not.toContain('Undo')
  })

  it('keeps deleted files listed until they are purged', async () => {
    const { id } = await putFile(studio, { portal, name: 'a.pdf' })
    expect(await teamGet(`${list()}?deleted=1`)).toContain('Nothing is waiting here')
    await act(id, 'delete')
    const html = await teamGet(`${list()}?deleted=1`)
    expect(html).toContain('a.pdf')
    expect(html).toContain('Restore')
    const restored = await act(id, 'restore', '?deleted=1')
    expect(restored.headers.get('location')).toBe(`${list()}?deleted=1`)
    expect(await teamGet(`${list()}?deleted=1`)).not.toContain('a.pdf')
  })

  it('says why a file can’t be brought back', async () => {
    const { id } = await putFile(studio, { portal, name: 'a.pdf', deletedAt: Date.now() })
    await putFile(studio, { portal, name: 'a.pdf' })
    const answer = await act(id, 'restore')
    expect(answer.status).toBe(409)
    expect(await answer.text()).toContain('There is a file of this name')
  })

  it('reads on in an archived portal, where files can still be deleted', async () => {
    const { id } = await putFile(studio, { portal, name: 'a.pdf' })
    await archivePortal(studio.ctx(), portal)
    const html = await teamGet(list())
    expect(html).toContain('a.pdf')
    expect(html).not.toContain('type="file"')
    expect((await act(id, 'delete')).status).toBe(303)
  })
})
