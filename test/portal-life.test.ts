import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { commit } from '../src/db/batch.ts'
import {
  archivePortal,
  changePortal,
  deletePortal,
  restorePortal,
} from '../src/features/portals/actions.ts'
import { rebuild } from '../src/features/portals/derived.ts'
import { duplicatePortal } from '../src/features/portals/duplicate.ts'
import { createLink } from '../src/features/links/actions.ts'
import { objectsOf } from '../src/features/portals/rules.ts'
import { database } from '../src/db/client.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import {
  call,
  create,
  happenings,
  jane,
  key,
  mailsTo,
  open,
  openScene,
  portal,
  studio,
  token,
  world,
} from './harness/link-scene.ts'

interface PortalJson {
  id: string
  project: string
  client: string
  currency: string
  status: string
}

const at = (id = portal) => paths.api.portal(id)
const get = (id = portal) => world.api('GET', at(id), key)
const archive = (id = portal) => world.api('POST', paths.api.portalAction(id, 'archive'), key)
const restore = (id = portal) => world.api('POST', paths.api.portalAction(id, 'restore'), key)
const times = async (kind: string) => (await happenings()).filter((each) => each === kind).length

beforeEach(openScene)

describe('edit', () => {
  const was = { project: 'Website relaunch', client: 'Halcyon Coffee', currency: 'EUR' }
  const form = (values: object, seen: object = was) => ({
    ...was,
    ...values,
    ...Object.fromEntries(
      Object.entries(seen).map(([name, value]) => [`was.${name}`, String(value)]),
    ),
  })

  it('changes what is given, once for two calls, and keeps who did', async () => {
    const change = () => world.api('PATCH', at(), key, { project: ' New name ', currency: 'usd' })
    const both = await Promise.all([change(), change()])
    expect(both.map(({ status }) => status)).toEqual([200, 200])
    expect(await (await get()).json()).toMatchObject({
      project: 'New name',
      client: 'Halcyon Coffee',
      currency: 'USD',
    })
    expect(await times('portal.changed')).toBe(1)
    await world.api('PATCH', at(), key, {})
    expect(await times('portal.changed')).toBe(1)
  })

  it('loses neither of two changes made at once', async () => {
    const [one, two] = await Promise.all([
      changePortal(studio.ctx(), portal, { project: 'A' }),
      changePortal(studio.ctx(), portal, { client: 'B' }),
    ])
    const now = await (await get()).json<PortalJson>()
    expect(one.ok ? now.project : 'Website relaunch').toBe(now.project)
    expect(two.ok ? now.client : 'Halcyon Coffee').toBe(now.client)
    expect(one.ok || two.ok).toBe(true)
  })

  it('tells the second of two people what the first one saved, and keeps what they typed', async () => {
    const { cookie } = await studio.person('member')
    const address = paths.editPortal(studio.slug, portal)
    expect((await world.form(address, form({ project: 'First' }), cookie)).status).toBe(303)
    const late = await world.form(address, form({ project: 'Second' }), cookie)
    expect(late.status).toBe(409)
    const html = await late.text()
    expect(html).toContain('It is now “First” for Halcyon Coffee, in EUR')
    expect(html).toMatch(/name="project"[^>]*value="Second"/)
    expect(html).toMatch(/name="was.project" value="First"/)
    expect((await (await get()).json<PortalJson>()).project).toBe('First')

    const knowing = form({ project: 'Second' }, { ...was, project: 'First' })
    expect((await world.form(address, knowing, cookie)).status).toBe(303)
    // The very same form once more is what it already is.
    expect((await world.form(address, form({ project: 'Second' }), cookie)).status).toBe(303)
    expect((await (await get()).json<PortalJson>()).project).toBe('Second')
  })

  it('comes back with what was typed and what is wrong with it', async () => {
    const { cookie } = await studio.person('member')
    const address = paths.editPortal(studio.slug, portal)
    const wrong = await world.form(address, form({ project: ' ', client: 'Kept' }), cookie)
    expect(wrong.status).toBe(422)
    const html = await wrong.text()
    expect(html).toContain('The project is missing.')
    expect(html).toMatch(/name="client"[^>]*value="Kept"/)
    expect(html).toMatch(/name="was.client" value="Halcyon Coffee"/)
  })
})

describe('archive and restore', () => {
  it('may be asked for twice, by anybody in the team', async () => {
    const member = await studio.key('member')
    const post = (action: 'archive' | 'restore') =>
      world.api('POST', paths.api.portalAction(portal, action), member)
    const both = await Promise.all([post('archive'), post('archive')])
    for (const answer of both) expect(await answer.json()).toMatchObject({ status: 'archived' })
    expect(await (await post('restore')).json()).toMatchObject({ status: 'active' })
    expect(await (await post('restore')).json()).toMatchObject({ status: 'active' })
    expect(await times('portal.archived')).toBe(1)
    expect(await times('portal.restored')).toBe(1)
  })

  it('tell the client plainly, on the page and by the API, while links go on working', async () => {
    const link = await create()
    const client = async () => {
      const page = await (await world.request(paths.portal(token(link.url)))).text()
      const json = await (await world.request(paths.api.client(token(link.url)))).json<PortalJson>()
      return { page, status: json.status }
    }
    expect(await client()).toMatchObject({ status: 'active' })
    expect((await client()).page).not.toContain('archived')
    await archive()
    const archived = await client()
    expect(archived.status).toBe('archived')
    expect(archived.page).toContain('This portal is archived.')
    expect(archived.page).not.toContain('will be here')
    const seen = await world.request(paths.api.seen(token(link.url)), { method: 'POST' })
    expect(seen.status).toBe(204)
    await restore()
    expect((await client()).page).not.toContain('archived')
  })

  it('let nobody new in, and leave the team in charge of who is', async () => {
    const link = await create({ send: false })
    await archive()
    const answer = await world.api('POST', paths.api.links(portal), key, {
      contact: { name: 'Late', email: 'late@client.example' },
    })
    expect(answer.status).toBe(409)
    expect(await answer.json()).toMatchObject({ title: 'This portal is archived' })
    expect(await mailsTo('late@client.example')).toBe(0)
    const { cookie } = await studio.person('owner')
    const page = await world.request(paths.newLink(studio.slug, portal), { headers: { cookie } })
    expect(page.status).toBe(409)

    const of = (action: 'pause' | 'resume' | 'send' | 'replace') =>
      call('POST', paths.api.linkAction(portal, link.id, action))
    expect((await of('pause')).state).toBe('paused')
    expect((await of('resume')).state).toBe('live')
    await of('send')
    expect(await mailsTo(jane.email)).toBe(1)
    const { url } = await of('replace')
    expect(await open(url)).toBe(200)
    expect((await world.api('DELETE', paths.api.link(portal, link.id), key)).status).toBe(204)
  })

  it('offer no invitation in place of one that bounced', async () => {
    await create()
    const [sent] = await world.mails(jane.email)
    if (!sent) throw new Error('Nothing was sent.')
    await world.report(sent, 'bounce')
    const { cookie } = await studio.person('owner')
    const page = async () =>
      (await world.request(paths.portalOf(studio.slug, portal), { headers: { cookie } })).text()
    expect(await page()).toContain('invite them again')
    await archive()
    const archived = await page()
    expect(archived).toContain('bounced')
    expect(archived).not.toContain(paths.newLink(studio.slug, portal))
  })

  it('leave no gap for an invitation that comes at the same time', async () => {
    for (let round = 0; round < 5; round++) {
      await restorePortal(studio.ctx(), portal)
      const contact = { name: 'Racer', email: `racer${round}@client.example` }
      const [made] = await Promise.all([
        createLink(studio.ctx(), { portal, contact, scope: 'all', send: false }),
        archivePortal(studio.ctx(), portal),
      ])
      const { n } =
        (await env.DB.prepare('select count(*) as n from contact where email = ?')
          .bind(contact.email)
          .first<{ n: number }>()) ?? {}
      expect(n).toBe(made.ok ? 1 : 0)
      if (!made.ok) expect(made.failure).toEqual({ kind: 'conflict', reason: 'portal-archived' })
    }
  })
})

describe('delete', () => {
  const remove = (as = key, id = portal) => world.api('DELETE', at(id), as)
  const objects = async () => (await env.BUCKET.list()).objects.map(({ key }) => key).sort()

  it('is for archived portals, and for owners and admins', async () => {
    expect((await remove()).status).toBe(409)
    await archive()
    expect((await remove(await studio.key('member'))).status).toBe(403)
    expect((await remove(await (await world.organization('other')).key('owner'))).status).toBe(404)
    expect((await get()).status).toBe(200)
    expect((await remove(await studio.key('admin'))).status).toBe(204)
    expect((await get()).status).toBe(404)
    expect((await remove()).status).toBe(404)
  })

  it('is asked about on a page, and only of who may and where it can be', async () => {
    const page = paths.portalAction(studio.slug, portal, 'delete')
    const ask = async (who: { cookie: string }) =>
      world.request(page, { headers: { cookie: who.cookie } })
    const admin = await studio.person('admin')
    expect((await ask(admin)).status).toBe(409)
    await archive()
    expect((await ask(await studio.person('member'))).status).toBe(403)
    const elsewhere = await world.organization('elsewhere')
    expect((await ask(await elsewhere.person('owner'))).status).toBe(404)
    const answer = await ask(admin)
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('Website relaunch')
    expect((await get()).status).toBe(200)
    expect((await world.form(page, {}, admin.cookie)).status).toBe(303)
    expect((await get()).status).toBe(404)
  })

  it('happens once for two calls, and never to what was restored meanwhile', async () => {
    await archive()
    const both = await Promise.all([remove(), remove()])
    expect(both.map(({ status }) => status).sort()).toEqual([204, 404])
    expect(await times('portal.deleted')).toBe(1)

    for (let round = 0; round < 5; round++) {
      const { id } = await call('POST', paths.api.portals, {
        project: 'Raced',
        client: 'C',
        currency: 'EUR',
        contact: jane,
        send: false,
      })
      await archivePortal(studio.ctx(), id)
      const [gone, back] = await Promise.all([
        deletePortal(studio.ctx(), id),
        restorePortal(studio.ctx(), id),
      ])
      // Either it is gone, or it is back and was kept.
      expect((await get(id)).status).toBe(gone.ok ? 404 : 200)
      expect(gone.ok || back.ok).toBe(true)
    }
  })

  it('takes everything in the portal, and leaves its mails and who deleted it', async () => {
    const link = await create()
    await archive()
    await remove()
    expect(await open(link.url)).toBe(404)
    for (const table of ['portal', 'contact', 'link', 'link_token', 'portal_search']) {
      const { results } = await env.DB.prepare(`select 1 from ${table}`).all()
      expect(results, table).toEqual([])
    }
    const { items } = await (
      await world.api('GET', paths.api.emails, key)
    ).json<{ items: { to: string; portal: string | null }[] }>()
    expect(items).toEqual([expect.objectContaining({ to: jane.email, portal: null })])
    const row = await env.DB.prepare("select * from activity where kind = 'portal.deleted'").first()
    expect(row).toMatchObject({ portal_id: null, actor_name: 'owner key' })
    expect(row?.['data']).toContain('Website relaunch')
    const { cookie } = await studio.person('member')
    const page = await world.request(paths.emails(studio.slug), { headers: { cookie } })
    expect(await page.text()).not.toContain(portal)
  })

  it('takes its files and nobody else’s', async () => {
    const own = objectsOf(studio.facts.id, portal)
    const kept = [
      `${studio.facts.id}/${newId(Date.now())}/file/1`,
      `${newId(Date.now())}/${portal}/file/1`,
      `${studio.facts.id}/${portal}x/file/1`,
      `logo/${studio.facts.id}/a.png`,
    ].sort()
    for (const name of [...kept, `${own}a/1`, `${own}a/2`, `${own}b/1`])
      await env.BUCKET.put(name, 'x')
    await archive()
    await remove()
    expect(await objects()).toEqual(kept)
    expect(await env.DB.prepare('select * from job').first()).toBeNull()
  })

  it('goes on with its files after a crash, and with more than one run takes', async () => {
    const own = objectsOf(studio.facts.id, portal)
    for (const n of [1, 2, 3]) await env.BUCKET.put(`${own}file/${n}`, 'x')
    const { BUCKET } = world.env
    let broken = 1
    // One object a listing; the first deletion is done and its answer lost.
    const bucket = new Proxy(BUCKET, {
      get(target, name) {
        if (name === 'list') return (o: R2ListOptions) => target.list({ ...o, limit: 1 })
        if (name === 'delete')
          return async (keys: string[]) => {
            await target.delete(keys)
            if (broken-- > 0) throw new Error('The connection broke.')
          }
        return Reflect.get(target, name)
      },
    })
    world.env = { ...world.env, BUCKET: bucket }
    await archive()
    await remove()
    expect(await objects()).toHaveLength(2)
    expect(await env.DB.prepare('select error from job').first('error')).toBe(
      'The connection broke.',
    )
    await world.minute(10 * 60_000)
    expect(await objects()).toEqual([])
    expect(await env.DB.prepare('select * from job').first()).toBeNull()
  })

  it('deletes nothing by a prefix that is not one portal’s', async () => {
    await env.BUCKET.put('a/b/c', 'x')
    const job =
      "insert into job (id, kind, key, data, next_at, created_at) values (?, 'objects.delete', ?, ?, 0, 0)"
    for (const prefix of ['', '/', 'a/', 'a', '//']) {
      const data = JSON.stringify({ prefix })
      await env.DB.prepare(job).bind(newId(Date.now()), `objects:${prefix}`, data).run()
    }
    await world.minute()
    expect(await objects()).toEqual(['a/b/c'])
  })
})

describe('duplicate', () => {
  const contacts = async (id = portal) =>
    (
      await env.DB.prepare(
        'select contact.id, contact.name, email, scope, link.id as link from contact join link on contact_id = contact.id where contact.portal_id = ? order by contact.id, link.id',
      )
        .bind(id)
        .all<{ id: string; name: string; email: string; scope: string; link: string }>()
    ).results
  const facts = { project: 'Website relaunch (copy)', client: 'Halcyon Coffee', currency: 'EUR' }
  const duplicate = (over: object = {}) =>
    duplicatePortal(studio.ctx(), portal, { ...facts, contacts: [], send: false, ...over })
  const idOf = async (made: ReturnType<typeof duplicate>) => {
    const result = await made
    if (!result.ok) throw new Error(JSON.stringify(result.failure))
    return result.value.id
  }

  it('takes nobody, or some of them, along with a link of the same scope', async () => {
    await create({ send: false, scope: 'billing' })
    await create({
      send: false,
      contact: { name: 'Both', email: 'both@client.example' },
      scope: 'billing',
    })
    await create({ send: false, contact: { name: 'Both', email: 'both@client.example' } })
    expect(await contacts(await idOf(duplicate()))).toEqual([])
    const people = await contacts()
    const all = [...new Set(people.map(({ id }) => id))]
    const made = await contacts(await idOf(duplicate({ contacts: all })))
    expect(made.map(({ name, scope }) => [name, scope]).sort()).toEqual([
      ['Both', 'all'],
      ['First', 'all'],
      [jane.name, 'billing'],
    ])
    const before = new Set(people.flatMap(({ id, link }) => [id, link]))
    for (const { id, link } of made) expect(before.has(id) || before.has(link)).toBe(false)
  })

  it('leaves the original as it was, archived or not', async () => {
    const link = await create({ send: false })
    await archive()
    const id = await idOf(duplicate({ project: 'Second season' }))
    expect(await (await get(id)).json()).toMatchObject({
      project: 'Second season',
      status: 'active',
    })
    expect(await (await get()).json()).toMatchObject({
      project: 'Website relaunch',
      status: 'archived',
    })
    expect(await open(link.url)).toBe(200)
    expect(await times('portal.duplicated')).toBe(1)
  })

  it('makes one portal and one mail for each of two clicks on one form', async () => {
    await create({ send: false })
    const { cookie } = await studio.person('member')
    const address = paths.portalAction(studio.slug, portal, 'duplicate')
    const html = await (await world.request(address, { headers: { cookie } })).text()
    expect(html).toContain('Website relaunch (copy)')
    const id = /name="id" value="([0-9a-f-]{36})"/.exec(html)?.[1] ?? ''
    const boxes = [...html.matchAll(/name="(take\.[0-9a-f-]{36})"/g)].map(([, name = '']) => name)
    expect(boxes).toHaveLength(2)
    const values = {
      id,
      ...facts,
      send: 'yes',
      ...Object.fromEntries(boxes.map((box) => [box, 'yes'])),
    }
    const twice = await Promise.all([1, 2].map(() => world.form(address, values, cookie)))
    expect(twice.map((answer) => answer.headers.get('location'))).toEqual([
      paths.portalOf(studio.slug, id),
      paths.portalOf(studio.slug, id),
    ])
    expect(await contacts(id)).toHaveLength(2)
    expect(await mailsTo(jane.email)).toBe(1)
    expect(await mailsTo('first@client.example')).toBe(1)
    expect(await times('portal.duplicated')).toBe(1)
  })

  it('takes nobody of another portal along, and no portal over', async () => {
    const elsewhere = await world.organization('other')
    const foreign = await world.api('POST', paths.api.portals, await elsewhere.key('owner'), {
      project: 'Foreign',
      client: 'C',
      currency: 'EUR',
      contact: { name: 'Spy', email: 'spy@x.example' },
      send: false,
    })
    const { id } = await foreign.json<PortalJson>()
    const [spy] = await contacts(id)
    const stolen = await duplicate({ contacts: [spy?.id ?? ''] })
    expect(stolen).toMatchObject({ ok: false, failure: { kind: 'invalid' } })
    expect(await duplicate({ id })).toMatchObject({ ok: false, failure: { kind: 'conflict' } })
    expect(
      await duplicatePortal(elsewhere.ctx(), portal, { ...facts, contacts: [], send: false }),
    ).toEqual({
      ok: false,
      failure: { kind: 'missing' },
    })
  })

  it('comes back with what was chosen when something is wrong', async () => {
    const { cookie } = await studio.person('member')
    const address = paths.portalAction(studio.slug, portal, 'duplicate')
    const [first] = await contacts()
    const box = `take.${first?.id}`
    const answer = await world.form(address, { ...facts, client: '', [box]: 'yes' }, cookie)
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('The client is missing.')
    expect(html).toMatch(new RegExp(`name="${box}" value="yes" checked`))
    const stale = await world.form(address, { ...facts, [`take.${newId(1)}`]: 'yes' }, cookie)
    expect(stale.status).toBe(422)
    expect(await stale.text()).toContain('no longer in the portal')
  })

  it('takes fifty people along at most', async () => {
    await env.DB.prepare(
      `with recursive n (n) as (select 1 union all select n + 1 from n where n < 60)
       insert into contact (id, organization_id, portal_id, name, email, created_at)
       select printf('%08x-0000-7000-8000-00000000000c', n), ?, ?, 'C' || n, n || '@x.example', 1 from n`,
    )
      .bind(studio.facts.id, portal)
      .run()
    const { cookie } = await studio.person('member')
    const address = paths.portalAction(studio.slug, portal, 'duplicate')
    const html = await (await world.request(address, { headers: { cookie } })).text()
    const boxes = [...html.matchAll(/name="(take\.[0-9a-f-]{36})"/g)].map(([, name = '']) => name)
    expect(boxes).toHaveLength(50)
    const values = { ...facts, ...Object.fromEntries(boxes.map((box) => [box, 'yes'])) }
    expect((await world.form(address, values, cookie)).status).toBe(303)
    const more = { ...values, [`take.${newId(1)}`]: 'yes' }
    expect((await world.form(address, more, cookie)).status).toBe(422)
  })
})

describe('what is stored beside its sources', () => {
  const stored = async () => {
    const { results: portals } = await env.DB.prepare(
      'select id, last_activity_at from portal order by id',
    ).all()
    const { results: words } = await env.DB.prepare(
      'select rowid, * from portal_search order by rowid',
    ).all<{ contacts: string }>()
    // In which order contacts stand is nothing a search could tell.
    const sorted = words.map(({ contacts, ...row }) => [row, contacts.trim().split(' ').sort()])
    return { portals, words: sorted }
  }

  it('is what a rebuild makes, after any series of verbs', async () => {
    let state = 20261124
    const random = (below: number) => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      return Math.floor((state / 2_147_483_648) * below)
    }
    const ids = [portal]
    let now = Date.now()
    const facts = () => ({ project: `P${random(9)}`, client: `C${random(9)}`, currency: 'EUR' })
    const person = () => ({ name: `N${random(5)}`, email: `e${random(5)}@x.example` })
    const verbs = [
      (id: string) => changePortal(studio.ctx('owner', now), id, facts()),
      (id: string) => archivePortal(studio.ctx('owner', now), id),
      (id: string) => restorePortal(studio.ctx('owner', now), id),
      (id: string) => deletePortal(studio.ctx('owner', now), id),
      (id: string) =>
        createLink(studio.ctx('owner', now), {
          portal: id,
          contact: person(),
          scope: 'all',
          send: false,
        }),
      async (id: string) => {
        const { results } = await env.DB.prepare('select id from link where portal_id = ?')
          .bind(id)
          .all<{ id: string }>()
        await world.api(
          'DELETE',
          paths.api.link(id, results[random(results.length)]?.id ?? ''),
          key,
        )
      },
      async (id: string) => {
        const found = await env.DB.prepare('select id from contact where portal_id = ?')
          .bind(id)
          .all<{ id: string }>()
        const contacts = found.results.map((each) => each.id)
        const made = await duplicatePortal(studio.ctx('owner', now), id, {
          ...facts(),
          contacts,
          send: false,
        })
        if (made.ok) ids.push(made.value.id)
      },
    ]
    for (let step = 0; step < 120; step++) {
      now += random(60_000)
      await verbs[random(verbs.length)]?.(ids[random(ids.length)] ?? '')
    }
    const kept = await stored()
    expect(kept.portals.length).toBeGreaterThan(1)
    await commit({ db: database(env.DB) }, rebuild)
    expect(await stored()).toEqual(kept)
  })
})
