import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { member } from '../src/db/schema/members.ts'
import { rebuild } from '../src/features/messages/counts.ts'
import { commit } from '../src/db/batch.ts'
import {
  archivePortal,
  createPortal,
  deletePortal,
  restorePortal,
} from '../src/features/portals/actions.ts'
import { paths } from '../src/paths.ts'
import { act, create, key, MINUTE, portal, studio, token, world } from './harness/link-scene.ts'
import {
  answer,
  hers,
  looks,
  maya,
  openThread,
  thread,
  value,
  write,
} from './harness/thread-scene.ts'

beforeEach(openThread)

const get = async (path: string, cookie = maya.cookie) => {
  const got = await world.request(path, { headers: { cookie } })
  expect(got.status).toBe(200)
  return got.text()
}

const inbox = (query = '') => get(paths.inbox(studio.slug) + query)

/** A further portal with a client who can write. */
async function further(project: string): Promise<{ id: string; token: string }> {
  const made = await createPortal(studio.ctx(), {
    project,
    client: `Client of ${project}`,
    currency: 'EUR',
    contact: { name: 'Bo', email: 'bo@client.example' },
    send: false,
  })
  if (!made.ok) throw new Error('The portal was not made.')
  return { id: made.value.portal.id, token: made.value.token ?? '' }
}

const projects = (html: string) =>
  [...html.matchAll(/class="cover"[^>]*><b>([^<]+)<\/b>/g)].map(([, project]) => project)

describe('the inbox', () => {
  it('shows threads with the newest first, their last words and what is unread', async () => {
    const second = await further('Second')
    await further('Silent')
    await write('Hello from Jane')
    vi.setSystemTime(Date.now() + MINUTE)
    await write('Hello\n  from Bo <b>', second.token)
    const html = await inbox()
    expect(projects(html)).toEqual(['Second', 'Website relaunch'])
    expect(html).toContain('Hello from Bo &lt;b&gt;')
    expect(html).toMatch(/Inbox<span data-part="area-inbox"><i>2/)
    expect(html.match(/class="pill"/g)).toHaveLength(2)
    vi.setSystemTime(Date.now() + MINUTE)
    await answer('Hello Jane')
    const after = await inbox()
    expect(projects(after)).toEqual(['Website relaunch', 'Second'])
    expect(after).toMatch(/Inbox<span data-part="area-inbox"><i>1/)
    expect(projects(await inbox('?unread=1'))).toEqual(['Second'])
  })

  it('leaves archived portals out, and says when there is nothing', async () => {
    expect(await inbox()).toContain('No messages yet')
    await write('Hello')
    expect(await inbox('?unread=1')).toContain('Hello')
    await archivePortal(studio.ctx(), portal)
    expect(await inbox()).toContain('No messages yet')
    expect(await inbox('?unread=1')).toContain('All read')
    expect(await inbox()).not.toContain('<i>')
  })

  it('is another one in another organisation', async () => {
    await write('Hello')
    const elsewhere = await world.organization('elsewhere')
    const { cookie } = await elsewhere.person('owner')
    expect(await get(paths.inbox(elsewhere.slug), cookie)).toContain('No messages yet')
    for (const path of [paths.inbox(studio.slug), paths.messages(studio.slug, portal)]) {
      expect((await world.request(path, { headers: { cookie } })).status).toBe(404)
    }
    const own = paths.messages(elsewhere.slug, portal)
    expect((await world.request(own, { headers: { cookie } })).status).toBe(404)
    expect((await world.form(own, { body: 'x' }, cookie)).status).toBe(404)
    const read = paths.readMessages(elsewhere.slug, portal)
    expect((await world.form(read, {}, cookie)).status).toBe(404)
  })

  it('refuses what is no page of it', async () => {
    for (const query of ['?cursor=x', '?unread=2', '?limit=0']) {
      const path = paths.inbox(studio.slug) + query
      const got = await world.request(path, { headers: { cookie: maya.cookie } })
      expect(got.status).toBe(404)
    }
  })
})

describe('the portal’s own pages', () => {
  it('show what is unread on the tab and in the list of portals', async () => {
    expect(await get(paths.portals(studio.slug))).not.toContain('class="pill"')
    await write('Hello')
    expect(await get(paths.portals(studio.slug))).toMatch(/class="pill">1</)
    expect(await get(paths.portalOf(studio.slug, portal))).toMatch(
      /Messages<span data-part="tab-messages"><i>1/,
    )
  })

  it('show a thread with both sides told apart, and a button to say that it is read', async () => {
    await write('From Jane')
    await answer('From the team')
    await write('And again')
    const html = await get(paths.messages(studio.slug, portal))
    expect(html).toMatch(/class="msg theirs".*From Jane.*class="msg ours".*From the team/s)
    expect(html).toContain('Mark as read')
    await world.form(paths.readMessages(studio.slug, portal), {}, maya.cookie)
    expect(await get(paths.messages(studio.slug, portal))).not.toContain('Mark as read')
    await answer('Seen?')
    await looks()
    expect(await get(paths.messages(studio.slug, portal))).toMatch(
      /Seen by <bdi>Jane Cooper<\/bdi> \d\d:\d\d/,
    )
  })

  it('show what is archived when they are asked', async () => {
    const { id } = await (await answer('Put away')).json<{ id: string }>()
    const action = paths.messageAction(studio.slug, portal, id, 'archive')
    const done = await world.form(action, {}, maya.cookie)
    expect(done.headers.get('location')).toBe(paths.messages(studio.slug, portal))
    const here = paths.messages(studio.slug, portal)
    expect(await get(here)).not.toContain('Put away')
    const all = await get(`${here}?archived=1`)
    expect(all).toMatch(/class="msg ours away".*Put away/s)
    const back = paths.messageAction(studio.slug, portal, id, 'restore')
    const restored = await world.form(`${back}?archived=1`, {}, maya.cookie)
    expect(restored.headers.get('location')).toBe(`${here}?archived=1`)
    expect(await get(here)).toContain('Put away')
  })

  it('take a form from our own pages alone', async () => {
    const { cookie } = maya
    for (const path of [
      paths.messages(studio.slug, portal),
      paths.readMessages(studio.slug, portal),
    ]) {
      const init = { method: 'POST', headers: { cookie, origin: 'https://evil.example' } }
      const body = new URLSearchParams({ body: 'x' })
      expect((await world.request(path, { ...init, body })).status).toBe(403)
    }
    expect((await thread()).items).toEqual([])
  })
})

describe('emails with news', () => {
  const choose = (membership: string, notify: string, cookie = maya.cookie) =>
    world.form(paths.notifications, { membership, notify }, cookie)
  const chosen = async (id: string) => {
    const rows = await studio.ctx().db.select().from(member)
    return rows.find((row) => row.id === id)?.notify
  }

  it('are turned off and on for each organisation, by whoever they are for', async () => {
    expect(await get(paths.account)).toContain('Turn off')
    expect((await choose(maya.id, 'no')).status).toBe(303)
    expect(await chosen(maya.id)).toBe(false)
    expect(await get(paths.account)).toContain('Turn on')
    await choose(maya.id, 'yes')
    expect(await chosen(maya.id)).toBe(true)
  })

  it('are nobody else’s to choose', async () => {
    const colleague = await studio.person('member')
    expect((await choose(maya.id, 'no', colleague.cookie)).status).toBe(404)
    expect((await choose('x', 'no')).status).toBe(404)
    expect((await choose(maya.id, 'maybe')).status).toBe(404)
    expect(await chosen(maya.id)).toBe(true)
  })
})

/** A generator of whole numbers below a limit, the same for the same seed. */
const dice = (seed: number) => (below: number) => {
  seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648
  return Math.floor((seed / 2_147_483_648) * below)
}

describe('what is counted', () => {
  const counted = async () => {
    const { results } = await env.DB.prepare(
      `select 'p' || id as id, unread from portal union all select 'c' || id, unread from contact
      union all select 'o' || id, unread_portals from organization order by 1`,
    ).all()
    return results
  }

  it.each([1, 2, 3])('is the same as made anew, after any series of doings (%i)', async (seed) => {
    const roll = dice(seed)
    const second = await further('Second')
    const bo = await create({ contact: { name: 'Bo', email: 'bo@client.example' }, send: false })
    const late: string[] = []
    const clients = () => [hers, token(bo.url), second.token, ...late]
    const portals = [portal, second.id]
    const pick = <T>(list: readonly T[]): T | undefined => list[roll(list.length)]
    const anyMessage = () =>
      value<string>('select id from message order by id limit 1 offset ?', roll(30))
    const doings: (() => Promise<unknown>)[] = [
      () => write('x', pick(clients())),
      () => write('y', pick(clients())),
      () => answer('z', {}, pick(portals)),
      () => looks(pick(clients())),
      () => looks(pick(clients()), `?thread=${roll(40)}`),
      () => world.api('POST', paths.api.portalSeen(pick(portals) ?? ''), key),
      () =>
        world.form(
          paths.readMessages(studio.slug, pick(portals) ?? ''),
          { thread: String(roll(40)) },
          maya.cookie,
        ),
      async () => {
        const [id, which] = [await anyMessage(), pick(portals) ?? '']
        return world.api('POST', paths.api.messageAction(which, id ?? '', 'archive'), key)
      },
      async () => {
        const [id, which] = [await anyMessage(), pick(portals) ?? '']
        return world.api('POST', paths.api.messageAction(which, id ?? '', 'restore'), key)
      },
      () => archivePortal(studio.ctx(), pick(portals) ?? ''),
      () => restorePortal(studio.ctx(), pick(portals) ?? ''),
      async () => {
        if (late.length > 2) return
        vi.setSystemTime(Date.now() + 5)
        const contact = { name: 'Late', email: `late${late.length}@client.example` }
        const made = await world.api('POST', paths.api.links(portal), key, { contact, send: false })
        if (made.ok) late.push(token((await made.json<{ url: string }>()).url))
      },
    ]
    for (let n = 0; n < 120; n++) await pick(doings)?.()
    for (const id of portals) await restorePortal(studio.ctx(), id)
    const kept = await counted()
    expect(kept.some(({ unread }) => Number(unread) > 0)).toBe(true)
    await commit(studio.ctx(), rebuild)
    expect(await counted()).toEqual(kept)

    await write('unread', second.token)
    await archivePortal(studio.ctx(), second.id)
    await deletePortal(studio.ctx(), second.id)
    const without = await counted()
    await commit(studio.ctx(), rebuild)
    expect(await counted()).toEqual(without)
  })

  it('goes with a link that is deleted', async () => {
    const bo = await create({ contact: { name: 'Bo', email: 'bo@client.example' }, send: false })
    await write('from Bo', token(bo.url))
    await act(bo, 'pause')
    await world.api('DELETE', paths.api.link(portal, bo.id), key)
    expect((await thread()).items[0]?.author).toEqual({ kind: 'contact', name: 'Bo' })
    const kept = await counted()
    await commit(studio.ctx(), rebuild)
    expect(await counted()).toEqual(kept)
  })
})
