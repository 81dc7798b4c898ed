import { beforeEach, describe, expect, it } from 'vitest'
import { eq } from 'drizzle-orm'
import { file } from '../src/db/schema/files.ts'
import { paths } from '../src/paths.ts'
import { create, key, openScene, portal, studio, token, world } from './harness/link-scene.ts'
import { storedFile } from './harness/stored-file.ts'

let hers: string
let cookie: string

beforeEach(async () => {
  await openScene()
  hers = token((await create({ send: false })).url)
  cookie = (await studio.person('member')).cookie
})

type Door = 'client' | 'clientApi' | 'team' | 'api'

/** The four addresses of a file's bytes, each with the credential it takes. */
function door(id: string, which: Door): { path: string; headers: Record<string, string> } {
  switch (which) {
    case 'client':
      return { path: paths.clientFileAction(hers, id, 'content'), headers: {} }
    case 'clientApi':
      return { path: paths.api.clientFile(hers, id), headers: {} }
    case 'team':
      return { path: paths.fileAction(studio.slug, portal, id, 'content'), headers: { cookie } }
    case 'api':
      return {
        path: paths.api.fileAction(portal, id, 'content'),
        headers: { authorization: `Bearer ${key}` },
      }
  }
}

const doors: readonly Door[] = ['client', 'clientApi', 'team', 'api']

interface Asked {
  headers?: Record<string, string>
  method?: string
  query?: string
}

function get(id: string, which: Door, { headers = {}, method = 'GET', query = '' }: Asked = {}) {
  const at = door(id, which)
  return world.request(at.path + query, { method, headers: { ...at.headers, ...headers } })
}

const preview = (id: string, query = '') =>
  world.request(paths.clientFileAction(hers, id, 'preview') + query)

describe.each(doors)('by the %s door', (which) => {
  it('sends the bytes as an attachment that can do nothing', async () => {
    const at = Date.parse('2026-11-20T10:00:00.900Z')
    const html = { bytes: '<script>1</script>', name: 'x.html', contentType: 'text/html', at }
    const answer = await get(await storedFile(studio, portal, html), which)
    expect(answer.status).toBe(200)
    const { headers } = answer
    expect(headers.get('content-type')).toBe('text/html')
    expect(headers.get('content-disposition')).toBe(
      `attachment; filename="x.html"; filename*=UTF-8''x.html`,
    )
    expect(headers.get('x-content-type-options')).toBe('nosniff')
    expect(headers.get('content-security-policy')).toBe("default-src 'none'; sandbox")
    expect(headers.get('cross-origin-resource-policy')).toBe('same-origin')
    expect(headers.get('accept-ranges')).toBe('bytes')
    expect(headers.get('content-length')).toBe('18')
    expect(headers.get('last-modified')).toBe('Fri, 20 Nov 2026 10:00:00 GMT')
    expect(headers.get('etag')).toMatch(/^"[^"]+"$/)
    const token = which === 'client' || which === 'clientApi'
    expect(headers.get('cache-control')).toBe(
      `private, ${token ? 'no-store' : 'no-cache'}, no-transform`,
    )
    expect(await answer.text()).toBe('<script>1</script>')
  })

  it('answers a range, a condition and a HEAD', async () => {
    const id = await storedFile(studio, portal, { bytes: '0123456789' })
    const whole = await get(id, which)
    const etag = whole.headers.get('etag') ?? ''
    await whole.body?.cancel()
    const part = await get(id, which, { headers: { range: 'bytes=3-5', 'if-range': etag } })
    expect([part.status, await part.text()]).toEqual([206, '345'])
    expect(part.headers.get('content-range')).toBe('bytes 3-5/10')
    const same = await get(id, which, { headers: { 'if-none-match': etag } })
    expect([same.status, await same.text()]).toEqual([304, ''])
    expect(same.headers.get('etag')).toBe(etag)
    const head = await get(id, which, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    expect(head.headers.get('content-length')).toBe('10')
    expect(head.headers.get('etag')).toBe(etag)
  })

  it('gives the newest version, or the one asked for', async () => {
    const id = await storedFile(studio, portal, { bytes: 'first' }, { bytes: 'second' })
    const text = async (query?: string) => (await get(id, which, query ? { query } : {})).text()
    expect(await text()).toBe('second')
    expect(await text('?version=2')).toBe('second')
    expect(await text('?version=1')).toBe('first')
    for (const version of ['0', '3', '-1', '1.0', 'x', '', '99999999999999999999']) {
      expect((await get(id, which, { query: `?version=${version}` })).status, version).toBe(404)
    }
  })

  it('knows no file that was deleted, lies in another portal, or never was', async () => {
    const { db } = world.ctx()
    const id = await storedFile(studio, portal, { bytes: 'gone' })
    await db.update(file).set({ deletedAt: 1 }).where(eq(file.id, id))
    expect((await get(id, which)).status).toBe(404)
    const made = await world.api('POST', paths.api.portals, key, {
      project: 'Other',
      client: 'Other',
      currency: 'EUR',
      contact: { name: 'O', email: 'o@other.example' },
      send: false,
    })
    const other = await made.json<{ id: string }>()
    expect((await get(await storedFile(studio, other.id, { bytes: 'x' }), which)).status).toBe(404)
    for (const never of ['made-up', '0'.repeat(36), '%00', '..']) {
      expect((await get(never, which)).status, never).toBe(404)
    }
  })
})

it.each<[string, number, string, string | null]>([
  ['bytes=0-', 206, '0123456789', 'bytes 0-9/10'],
  ['bytes=0-0', 206, '0', 'bytes 0-0/10'],
  ['bytes=9-9', 206, '9', 'bytes 9-9/10'],
  ['bytes=9-', 206, '9', 'bytes 9-9/10'],
  ['bytes=4-1000', 206, '456789', 'bytes 4-9/10'],
  ['bytes=-3', 206, '789', 'bytes 7-9/10'],
  ['bytes=-1000', 206, '0123456789', 'bytes 0-9/10'],
  ['bytes=0-1,4-5', 200, '0123456789', null],
  ['bytes=5-4', 200, '0123456789', null],
  ['lines=1-2', 200, '0123456789', null],
])('%s is answered with %i', async (range, status, text, contentRange) => {
  const id = await storedFile(studio, portal, { bytes: '0123456789' })
  const answer = await get(id, 'client', { headers: { range } })
  expect(answer.status).toBe(status)
  expect(answer.headers.get('content-range')).toBe(contentRange)
  expect(answer.headers.get('content-length')).toBe(String(text.length))
  expect(await answer.text()).toBe(text)
})

it.each(['bytes=10-', 'bytes=10-20', 'bytes=-0'])('%s is beyond the file', async (range) => {
  const id = await storedFile(studio, portal, { bytes: '0123456789' })
  const answer = await get(id, 'api', { headers: { range } })
  expect(answer.status).toBe(416)
  expect(answer.headers.get('content-range')).toBe('bytes */10')
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
})

it('sends everything when the range is of bytes that are no longer the file’s', async () => {
  const id = await storedFile(studio, portal, { bytes: 'old bytes' })
  const old = (await get(id, 'client')).headers.get('etag') ?? ''
  const now = await storedFile(studio, portal, { bytes: 'new bytes', name: 'other.txt' })
  const headers = { range: 'bytes=4-', 'if-range': old }
  const answer = await get(now, 'client', { headers })
  expect([answer.status, await answer.text()]).toEqual([200, 'new bytes'])
  expect((await get(now, 'client', { headers: { 'if-match': old } })).status).toBe(412)
})

it('sends an empty file', async () => {
  const id = await storedFile(studio, portal, { bytes: '' })
  const answer = await get(id, 'client')
  expect([answer.status, await answer.text()]).toEqual([200, ''])
  expect(answer.headers.get('content-length')).toBe('0')
  expect((await get(id, 'client', { headers: { range: 'bytes=0-' } })).status).toBe(416)
})

it('carries any name in one header', async () => {
  const name = 'Angebot "final"\r\nX-Evil: 1 – 見積 📄.pdf'
  const id = await storedFile(studio, portal, { bytes: 'x', name })
  const { headers } = await get(id, 'client')
  expect(headers.get('x-evil')).toBeNull()
  const value = headers.get('content-disposition') ?? ''
  expect(decodeURIComponent(value.split("UTF-8''")[1] ?? '')).toBe(name)
})

it('opens no file to a link that sees invoices alone, or is over', async () => {
  const id = await storedFile(studio, portal, { bytes: 'x', contentType: 'image/png' })
  const billing = token((await create({ scope: 'billing', send: false })).url)
  const link = await create({ send: false })
  await world.api('POST', paths.api.linkAction(portal, link.id, 'pause'), key)
  for (const closed of [billing, token(link.url), 'f'.repeat(64)]) {
    for (const path of [
      paths.clientFileAction(closed, id, 'content'),
      paths.clientFileAction(closed, id, 'preview'),
      paths.api.clientFile(closed, id),
      paths.clientArchive(closed),
    ]) {
      expect((await world.request(path)).status, path).toBe(404)
    }
  }
})

it('opens no file to another tenant, by any address', async () => {
  const elsewhere = await world.organization('elsewhere')
  const id = await storedFile(studio, portal, { bytes: 'secret', contentType: 'image/png' })
  const foreign = await elsewhere.person('owner')
  const foreignKey = await elsewhere.key('owner')
  const asForeigner = (path: string) => world.request(path, { headers: { cookie: foreign.cookie } })
  for (const slug of [studio.slug, elsewhere.slug]) {
    for (const action of ['content', 'preview'] as const) {
      expect((await asForeigner(paths.fileAction(slug, portal, id, action))).status).toBe(404)
    }
    expect((await asForeigner(paths.archive(slug, portal))).status).toBe(404)
  }
  const path = paths.api.fileAction(portal, id, 'content')
  expect((await world.api('GET', path, foreignKey)).status).toBe(404)
})

describe('a preview', () => {
  it.each([
    ['image/png', 'image/png'],
    ['video/mp4', 'video/mp4'],
    ['application/pdf', 'application/pdf'],
    ['text/plain', 'text/plain; charset=utf-8'],
  ])('of %s is inline, in a sandbox that our own pages may show', async (contentType, type) => {
    const id = await storedFile(studio, portal, { bytes: 'x', contentType, name: 'a b' })
    const answer = await preview(id)
    expect(answer.status).toBe(200)
    expect(answer.headers.get('content-type')).toBe(type)
    expect(answer.headers.get('content-disposition')).toMatch(/^inline; /)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    const policy = answer.headers.get('content-security-policy') ?? ''
    expect(policy).toContain("default-src 'none'")
    expect(policy).toContain("frame-ancestors 'self'")
    expect(policy).toMatch(/; sandbox$/)
    expect(policy).not.toMatch(/script|allow/)
  })

  it.each(['text/html', 'image/svg+xml', 'application/xml', 'application/octet-stream', ''])(
    'of %s there is none',
    async (contentType) => {
      const id = await storedFile(studio, portal, { bytes: '<svg/>', contentType })
      expect((await preview(id)).status).toBe(404)
      const team = paths.fileAction(studio.slug, portal, id, 'preview')
      expect((await world.request(team, { headers: { cookie } })).status).toBe(404)
    },
  )

  it('goes by the type of the version that is asked for', async () => {
    const png = { bytes: 'png', contentType: 'image/png' }
    const id = await storedFile(studio, portal, { bytes: '<p>', contentType: 'text/html' }, png)
    expect((await preview(id)).status).toBe(200)
    expect((await preview(id, '?version=1')).status).toBe(404)
  })

  it('gives a player the stretch it asks for', async () => {
    const id = await storedFile(studio, portal, { bytes: '0123456789', contentType: 'audio/mpeg' })
    const path = paths.clientFileAction(hers, id, 'preview')
    const answer = await world.request(path, { headers: { range: 'bytes=8-' } })
    expect([answer.status, await answer.text()]).toEqual([206, '89'])
  })
})

it('says that something broke when the bucket has not what the database says', async () => {
  const id = await storedFile(studio, portal, { bytes: 'short', size: 100 })
  expect((await get(id, 'client')).status).toBe(500)
})
