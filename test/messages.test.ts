import { beforeEach, describe, expect, it, vi } from 'vitest'
import { archivePortal, restorePortal } from '../src/features/portals/actions.ts'
import { markThreadRead } from '../src/features/messages/reading.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import {
  create,
  happenings,
  HOUR,
  key,
  MINUTE,
  portal,
  studio,
  token,
  world,
} from './harness/link-scene.ts'
import {
  answer,
  bodies,
  hers,
  jane,
  looks,
  maya,
  mayaWrites,
  openThread,
  teamLooks,
  thread,
  unread,
  value,
  write,
  type MessageJson,
} from './harness/thread-scene.ts'

beforeEach(openThread)

const form = (values: Record<string, string>, by = hers) =>
  world.request(paths.clientMessages(by), { method: 'POST', body: new URLSearchParams(values) })

const page = async (by = hers) => (await world.request(paths.portal(by))).text()

describe('a thread', () => {
  it('holds what both sides write, newest first, and says who', async () => {
    const sent = await write('One question on the allergens table.')
    expect(sent.status).toBe(201)
    await answer('Ask away.')
    const { items } = await thread()
    expect(items.map(({ body, author }) => [body, author.kind, author.name])).toEqual([
      ['Ask away.', 'member', 'owner key'],
      ['One question on the allergens table.', 'contact', 'Jane Cooper'],
    ])
    expect(items[0]?.archivedAt).toBeNull()
    const client = await thread('', hers)
    expect(client.items.map(({ id }) => id)).toEqual(items.map(({ id }) => id))
    expect(client.items[0]).not.toHaveProperty('archivedAt')
    const whole = await world.request(paths.api.client(hers))
    const { messages } = await whole.json<{ messages: MessageJson[] }>()
    expect(messages).toEqual(client.items)
    expect(await happenings()).toContain('message.sent')
  })

  it('keeps the order in which messages arrived, whatever ids and clocks say', async () => {
    const old = newId(Date.now() - HOUR)
    await write('first')
    await answer('second', { id: newId(Date.now() + HOUR) })
    await write('third', hers, { id: old })
    const now = Date.now()
    await mayaWrites('fourth', now)
    await mayaWrites('fifth', now)
    await mayaWrites('sixth', now)
    expect(await bodies()).toEqual(['sixth', 'fifth', 'fourth', 'third', 'second', 'first'])
    expect(await bodies(`?cursor=${old}`)).toEqual(['second', 'first'])
    expect(await bodies(`?cursor=${old}`, hers)).toEqual(['second', 'first'])
  })

  it('makes one message of a double click, and of one that is sent again later', async () => {
    const id = newId(Date.now())
    const all = await Promise.all(Array.from({ length: 5 }, () => form({ id, body: 'Once' })))
    expect(all.map(({ status }) => status)).toEqual([303, 303, 303, 303, 303])
    expect((await form({ id, body: 'Once' })).status).toBe(303)
    expect(await bodies()).toEqual(['Once'])
    expect(await unread()).toBe(1)
    expect((await happenings()).filter((kind) => kind === 'message.sent')).toHaveLength(1)
    const other = await form({ id, body: 'Something else' })
    expect(other.status).toBe(409)
    const html = await other.text()
    expect(html).toContain('Something else')
    expect(html).not.toContain(`value="${id}"`)
  })

  it('pages back through all of it by keyset, on both doors', async () => {
    for (let n = 1; n <= 45; n++) await mayaWrites(`m${n}`)
    for (const by of [undefined, hers]) {
      const seen: string[] = []
      let next: string | null = ''
      while (next !== null) {
        const query: string = `?limit=20${next && `&cursor=${next}`}`
        const page = await thread(query, by)
        seen.push(...page.items.map(({ body }) => body))
        next = page.next
      }
      expect(seen).toEqual(Array.from({ length: 45 }, (_, n) => `m${45 - n}`))
    }
  })

  it('refuses what is no page', async () => {
    for (const query of ['?limit=0', '?limit=x', '?limit=101', '?cursor=x', '?cursor=%00']) {
      expect((await world.api('GET', paths.api.messages(portal) + query, key)).status).toBe(422)
      const client = await world.request(paths.api.clientMessages(hers) + query)
      expect(client.status, query).toBe(422)
      expect(await client.json()).toHaveProperty('errors')
    }
  })
})

describe('what may be written', () => {
  it('is text of 1 to 10,000 characters, without what nobody can see', async () => {
    for (const body of ['', '  \n ', undefined, 7, 'x'.repeat(10_001), '\u202e\u0007']) {
      expect((await write(body)).status, String(body).slice(0, 9)).toBe(422)
      expect((await answer(body)).status).toBe(422)
    }
    expect((await write('x'.repeat(10_000))).status).toBe(201)
    await write('  line\r\nbreak \u202etxt.exe\u0000 \ud800 שלום\u200f  ')
    expect((await bodies())[0]).toBe('line\nbreak txt.exe \ufffd שלום\u200f')
  })

  it('comes back in the form with the words kept and why', async () => {
    const long = `${'long '.repeat(2001)}end`
    const answered = await form({ id: newId(Date.now()), body: long })
    expect(answered.status).toBe(422)
    const html = await answered.text()
    expect(html).toContain(long)
    expect(html).toContain('A message holds 10,000 characters')
    expect(html).toContain('aria-describedby="message-error"')
    const empty = await form({ id: 'no id', body: ' ' })
    expect(empty.status).toBe(422)
    expect(await empty.text()).toContain('Write something before you send it.')
  })

  it('is drawn harmless on both sides, in JSON as it is', async () => {
    const hostile = '<script>alert(1)</script>"\'& javascript:alert(1) https://ok.example/"onx'
    await write(hostile)
    await answer(hostile)
    expect(await bodies()).toEqual([hostile, hostile])
    const team = await world.request(paths.messages(studio.slug, portal), {
      headers: { cookie: maya.cookie },
    })
    for (const html of [await page(), await team.text()]) {
      expect(html).not.toContain('<script>alert')
      expect(html).not.toMatch(/href="javascript/i)
      expect(html.match(/href="https:\/\/ok\.example\/"/g)).toHaveLength(2)
    }
  })

  it('is shown to 600 characters, the rest behind "more"', async () => {
    const body = `${'word '.repeat(300)}end`
    await answer(body)
    const html = await page()
    expect(html).toMatch(/<summary><span>(?:word ){100,120}word…<\/span>/)
    expect(html).toContain(body)
  })

  it('is at most 30 an hour and link, also of those that come at once', async () => {
    const all = await Promise.all(Array.from({ length: 40 }, (_, n) => write(`m${n}`)))
    const refused = all.filter(({ status }) => status === 429)
    expect(all.filter(({ status }) => status === 201)).toHaveLength(30)
    expect(refused).toHaveLength(10)
    const wait = Number(refused[0]?.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(3500)
    expect(wait).toBeLessThanOrEqual(3600)

    const answered = await form({ id: newId(Date.now()), body: 'Kept words' })
    expect(answered.status).toBe(429)
    expect(answered.headers.get('retry-after')).not.toBeNull()
    expect(await answered.text()).toContain('Kept words')

    // Another link, and the team, go on; after an hour so does this one.
    const second = await create({
      contact: { name: 'Bo', email: 'bo@client.example' },
      send: false,
    })
    expect((await write('x', token(second.url))).status).toBe(201)
    expect((await answer('x')).status).toBe(201)
    vi.setSystemTime(Date.now() + wait * 1000 + 1000)
    expect((await form({ id: newId(Date.now()), body: 'Kept words' })).status).toBe(303)
  })

  it('is nothing in an archived portal, and the words come back', async () => {
    await archivePortal(studio.ctx(), portal)
    expect((await write('Too late')).status).toBe(409)
    expect((await answer('Too late')).status).toBe(409)
    const client = await form({ id: newId(Date.now()), body: 'Too late' })
    expect(client.status).toBe(409)
    expect(await client.text()).toMatch(/Too late<\/textarea>.*has been archived/s)
    const team = await world.form(
      paths.messages(studio.slug, portal),
      { id: newId(Date.now()), body: 'Too late' },
      maya.cookie,
    )
    expect(team.status).toBe(409)
    expect(await team.text()).toMatch(/Too late<\/textarea>/)
    expect(await bodies()).toEqual([])
  })

  it('is the right of links to everything alone, in their own portal', async () => {
    const billing = await create({ scope: 'billing', send: false })
    const theirs = token(billing.url)
    expect((await write('x', theirs)).status).toBe(404)
    expect((await form({ body: 'x' }, theirs)).status).toBe(404)
    expect((await world.request(paths.clientMessages(theirs))).status).toBe(404)
    expect((await world.request(paths.api.clientMessages(theirs))).status).toBe(404)
    expect((await looks(theirs)).status).toBe(204)
    const whole = await (await world.request(paths.api.client(theirs))).json()
    expect(whole).not.toHaveProperty('messages')
    expect(whole).not.toHaveProperty('unread')
    expect(await value('select count(*) from reading')).toBe(0)
  })
})

describe('reading', () => {
  it('is counted on both sides, and ends by looking, writing, or pressing the button', async () => {
    await write('one')
    await write('two')
    expect(await unread()).toBe(2)
    await teamLooks()
    expect(await unread()).toBe(0)
    await write('three')
    await answer('four')
    expect(await unread()).toBe(0)
    await write('five')
    const read = await world.form(paths.readMessages(studio.slug, portal), {}, maya.cookie)
    expect(read.status).toBe(303)
    expect(await unread()).toBe(0)
    const client = async () =>
      (await (await world.request(paths.api.client(hers))).json<{ unread: number }>()).unread
    expect(await client()).toBe(0)
    await answer('six')
    await answer('seven')
    expect(await client()).toBe(2)
    expect(await page()).toContain('2 new')
    expect(await client()).toBe(2)
    await looks()
    expect(await client()).toBe(0)
    expect(await page()).not.toContain('2 new')
  })

  it('never happens by a GET, nor by looking through a client’s eyes', async () => {
    await write('one')
    await answer('two')
    await write('three')
    const { cookie } = maya
    const gets: [string, RequestInit][] = [
      [paths.portal(hers), {}],
      [paths.clientMessages(hers), {}],
      [paths.api.client(hers), {}],
      [paths.api.clientMessages(hers), {}],
      [paths.messages(studio.slug, portal), { headers: { cookie } }],
      [paths.inbox(studio.slug), { headers: { cookie } }],
      [paths.linkAction(studio.slug, portal, jane.id, 'view'), { headers: { cookie } }],
      [paths.api.messages(portal), { headers: { authorization: `Bearer ${key}` } }],
    ]
    const state = () =>
      value<string>(
        'select json_group_array(thread || unread) || (select json_group_array(seq || at) from reading) from portal',
      )
    const before = await state()
    for (const [path, init] of gets) expect((await world.request(path, init)).status).toBe(200)
    expect(await state()).toBe(before)
  })

  it('says who has seen the newest message, and when', async () => {
    vi.setSystemTime(new Date('2026-11-24T13:02:00Z'))
    await write('Seen?')
    expect(await page()).not.toContain('Seen by')
    await world.form(paths.readMessages(studio.slug, portal), {}, maya.cookie)
    expect(await page()).toMatch(/Seen by <bdi>owner of studio<\/bdi> 14:02/)
    const [item] = (await thread('', hers)).items
    expect(item?.seen).toEqual([
      { name: 'owner of studio', at: expect.stringMatching(/^2026-11-24T13:02:\d\d\.\d{3}Z$/) },
    ])
    // A day later it says which day that was.
    vi.setSystemTime(new Date('2026-11-26T13:02:00Z'))
    expect(await page()).toMatch(/Seen by <bdi>owner of studio<\/bdi> 24 Nov 2026, 14:02/)
  })

  it('goes as far as the page showed, not further', async () => {
    await answer('shown')
    const shown = /data-thread="([^"]+)"/.exec(await page())?.[1]
    await answer('came while they looked')
    await looks(hers, `?thread=${shown}`)
    const client = await (await world.request(paths.api.client(hers))).json<{ unread: number }>()
    expect(client.unread).toBe(1)
    const { items } = await thread()
    expect(items.map(({ seen }) => seen.length)).toEqual([0, 1])
    // A page that shows no thread sees none of it, and a mark never goes back.
    await looks(hers, '?thread=0')
    await looks(hers)
    await looks(hers, `?thread=${shown}`)
    expect((await thread()).items.map(({ seen }) => seen.length)).toEqual([1, 1])

    await write('to the team')
    const html = await (
      await world.request(paths.messages(studio.slug, portal), { headers: { cookie: maya.cookie } })
    ).text()
    const thread_ = /name="thread" value="([^"]+)"/.exec(html)?.[1] ?? ''
    await write('later')
    await world.form(paths.readMessages(studio.slug, portal), { thread: thread_ }, maya.cookie)
    expect(await unread()).toBe(1)
  })

  it('writes nothing where it says nothing new, and tells clients apart', async () => {
    await answer('one')
    await looks()
    const version = await value('select thread from portal where id = ?', portal)
    await looks()
    await looks()
    await teamLooks()
    expect(await value('select thread from portal where id = ?', portal)).toBe(version)
    // A contact has no way to read for the team.
    const actor = {
      kind: 'contact',
      id: 'x',
      linkId: jane.id,
      portalId: portal,
      name: 'X',
      scope: 'all',
    } as const
    await write('two')
    const done = await markThreadRead({ ...studio.ctx(), actor }, { portal })
    expect(done).toMatchObject({ ok: false, failure: { kind: 'forbidden' } })
    expect(await unread()).toBe(1)
  })

  it('names a reader even where many others have looked', async () => {
    const others = await Promise.all(
      Array.from({ length: 8 }, (_, n) =>
        create({ contact: { name: `C${n}`, email: `c${n}@client.example` }, send: false }),
      ),
    )
    await answer('hello')
    for (const { url } of others) await looks(token(url))
    await write('and?')
    await teamLooks()
    expect(await page()).toContain('Seen by <bdi>owner key</bdi>')
  })
})

describe('archived messages', () => {
  const put = (action: 'archive' | 'restore', id = '') =>
    world.api('POST', paths.api.messageAction(portal, id, action), key)

  it('are the team’s alone, and come back', async () => {
    await answer('keep')
    const { id } = await (await answer('put away')).json<MessageJson>()
    const away = await put('archive', id)
    expect(await away.json()).toMatchObject({ id, archivedAt: expect.any(String) })
    expect(await bodies()).toEqual(['keep'])
    expect(await bodies('?archived=1')).toEqual(['put away', 'keep'])
    expect(await bodies('?archived=1', hers)).toEqual(['keep'])
    expect(await page()).not.toContain('put away')
    await put('archive', id)
    expect((await happenings()).filter((kind) => kind === 'message.archived')).toHaveLength(1)
    expect(await (await put('restore', id)).json()).toMatchObject({ archivedAt: null })
    expect(await bodies('', hers)).toEqual(['put away', 'keep'])
  })

  it('count as unread for nobody', async () => {
    await create({ contact: { name: 'Bo', email: 'bo@client.example' }, send: false })
    const sent = await write('from the client')
    const { id } = await sent.json<MessageJson>()
    const mine = await (await answer('from the team')).json<MessageJson>()
    await write('again from the client')
    await put('archive', mine.id)
    expect(await value('select sum(unread) from contact')).toBe(2)
    expect(await unread()).toBe(1)
    await put('archive', id)
    expect(await unread()).toBe(1)
  })

  it('of another portal or tenant are missing', async () => {
    const { id } = await (await answer('mine')).json<MessageJson>()
    const elsewhere = await world.organization('elsewhere')
    const foreign = await elsewhere.key('owner')
    const path = paths.api.messageAction(portal, id, 'archive')
    expect((await world.api('POST', path, foreign)).status).toBe(404)
    const other = paths.api.messageAction(newId(Date.now()), id, 'archive')
    expect((await world.api('POST', other, key)).status).toBe(404)
    expect(
      (await world.api('POST', paths.api.messages(portal), foreign, { body: 'x' })).status,
    ).toBe(404)
    expect((await world.api('GET', paths.api.messages(portal), foreign)).status).toBe(404)
    expect((await world.api('POST', paths.api.portalSeen(portal), foreign)).status).toBe(404)
    expect(await bodies()).toEqual(['mine'])
  })
})

describe('earlier messages', () => {
  it('are pages of their own, both ways, within the link', async () => {
    for (let n = 1; n <= 45; n++) await mayaWrites(`message ${n}.`)
    const shown = (html: string) => [...html.matchAll(/message (\d+)\./g)].map(([, n]) => Number(n))
    const way = (html: string, words: string) =>
      new RegExp(`href="([^"]+)"[^>]*>${words}`).exec(html)?.[1]?.replaceAll('&amp;', '&')
    const range = (from: number, to: number) =>
      Array.from({ length: to - from + 1 }, (_, n) => from + n)
    const get = async (path = '') => (await world.request(path)).text()
    const first = await page()
    expect(shown(first)).toEqual(range(26, 45))
    const second = await get(way(first, 'Earlier messages'))
    expect(shown(second)).toEqual(range(6, 25))
    const third = await get(way(second, 'Earlier messages'))
    expect(shown(third)).toEqual(range(1, 5))
    expect(way(third, 'Earlier messages')).toBeUndefined()
    const back = await get(way(third, 'Newer messages'))
    expect(shown(back)).toEqual(range(6, 25))
    expect(shown(await get(way(back, 'Newer messages')))).toEqual(range(26, 45))
    expect((await world.request(`${paths.clientMessages(hers)}?cursor=x`)).status).toBe(404)
    const foreign = await value('select id from message limit 1')
    const other = await create({ scope: 'all', send: false })
    expect(
      (await world.request(`${paths.clientMessages(token(other.url))}?cursor=${foreign}`)).status,
    ).toBe(200)
  })
})

describe('writing by a form', () => {
  it('counts as having been here', async () => {
    await form({ id: newId(Date.now()), body: 'Hello' })
    expect(await value('select seen_count from link where id = ?', jane.id)).toBe(1)
  })

  it('leads the team back to the view it came from', async () => {
    const sent = await world.form(
      `${paths.messages(studio.slug, portal)}?archived=1`,
      { id: newId(Date.now()), body: 'Hello' },
      maya.cookie,
    )
    expect(sent.status).toBe(303)
    expect(sent.headers.get('location')).toBe(
      `${paths.messages(studio.slug, portal)}?archived=1#write`,
    )
    expect((await thread()).items[0]?.author).toEqual({ kind: 'member', name: 'owner of studio' })
    const empty = await world.form(
      paths.messages(studio.slug, portal),
      { id: newId(Date.now()), body: ' ' },
      maya.cookie,
    )
    expect(empty.status).toBe(422)
  })
})

it('keeps the portal’s thread out of the way while it is archived', async () => {
  await write('unread')
  const counted = () => value('select unread_portals from organization where slug = ?', studio.slug)
  expect(await counted()).toBe(1)
  await archivePortal(studio.ctx(), portal)
  expect(await counted()).toBe(0)
  await restorePortal(studio.ctx(), portal)
  expect(await counted()).toBe(1)
  vi.setSystemTime(Date.now() + MINUTE)
  await teamLooks()
  expect(await counted()).toBe(0)
})
