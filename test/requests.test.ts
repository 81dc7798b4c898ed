import { beforeEach, describe, expect, it } from 'vitest'
import { openRequest } from '../src/features/requests/actions.ts'
import { archivePortal } from '../src/features/portals/actions.ts'
import { addDays, dayOf } from '../src/lib/day.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { create, DAY, key, portal, studio, token, world } from './harness/link-scene.ts'
import { sentFile } from './harness/sent-file.ts'
import { hers, looks, maya, openThread, value } from './harness/thread-scene.ts'

beforeEach(openThread)

interface RequestJson {
  id: string
  title: string
  note: string
  dueOn: string | null
  state: string
  askedBy: string
  fulfilledAt: string | null
  fulfilledBy: string | null
  closedAt: string | null
}

const post = (path: string, body?: object, by = key) => world.api('POST', path, by, body)

async function ask(title = 'Logo, vector format', over: object = {}): Promise<RequestJson> {
  const made = await post(paths.api.fileRequests(portal), { title, ...over })
  expect(made.status).toBe(201)
  return made.json()
}

async function change(id: string, action: 'close' | 'reopen', status = 200): Promise<RequestJson> {
  const done = await post(paths.api.fileRequestAction(portal, id, action))
  expect(done.status).toBe(status)
  return done.json()
}

const list = async (query = '') => {
  const got = await world.api('GET', paths.api.fileRequests(portal) + query, key)
  return got.json<{ items: RequestJson[]; next: string | null }>()
}

const told = async () => {
  const { results } = await world.env.DB.prepare(
    `select kind from activity where kind like 'request.%' order by id`,
  ).all<{ kind: string }>()
  return results.map(({ kind }) => kind)
}

const page = async (by = hers) => (await world.request(paths.portal(by))).text()
const clients = async (by = hers) =>
  (await world.request(paths.api.client(by))).json<{
    fileRequests?: { title: string; dueOn: string | null; fulfilledAt: null }[]
    since: { changes: string[] }
  }>()

const form = (path: string, values: Record<string, string> = {}) =>
  world.form(path, values, maya.cookie)
const here = () => paths.fileRequests(studio.slug, portal)
const act = (id: string, action: 'close' | 'reopen') =>
  paths.fileRequestAction(studio.slug, portal, id, action)

const today = () => dayOf(Date.now(), studio.facts.timeZone)

describe('asking for a file', () => {
  it('makes a request that is open, and says who asks', async () => {
    const made = await ask('Logo, vector format', { note: 'As SVG\nor EPS.', dueOn: '2027-03-05' })
    expect(made).toMatchObject({
      title: 'Logo, vector format',
      note: 'As SVG\nor EPS.',
      dueOn: '2027-03-05',
      state: 'open',
      // A program asks in the name of the organisation.
      askedBy: studio.facts.name,
      fulfilledAt: null,
      closedAt: null,
    })
    expect((await list()).items).toEqual([made])
    expect(await told()).toEqual(['request.opened'])
  })

  it('under one id asks once, double-clicked and by form', async () => {
    const id = newId(Date.now())
    const values = { id, title: 'Menu', note: '', dueOn: '' }
    const answers = await Promise.all([form(here(), values), form(here(), values)])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect((await list()).items).toHaveLength(1)
    expect(await told()).toEqual(['request.opened'])
    expect((await form(here(), { ...values, title: 'Something else' })).status).toBe(409)
  })

  it('says what is wrong at the field and keeps what was typed', async () => {
    const answer = await form(here(), { title: ' ', note: 'For the sign', dueOn: '1026-12-04' })
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('What you need is missing.')
    expect(html).toContain('Give a day between 2000 and 2199.')
    expect(html).toContain('For the sign')
    const long = await post(paths.api.fileRequests(portal), { title: 'x', note: 'n'.repeat(1001) })
    expect(long.status).toBe(422)
    expect((await long.json<{ errors: { path: string }[] }>()).errors[0]?.path).toBe('note')
    expect((await list()).items).toEqual([])
  })

  it('is not for an archived portal, nor a foreign one', async () => {
    const { id } = await ask()
    await archivePortal(studio.ctx(), portal)
    expect((await post(paths.api.fileRequests(portal), { title: 'x' })).status).toBe(409)
    await change(id, 'close', 409)
    expect((await form(act(id, 'close'))).status).toBe(409)
    const elsewhere = await world.organization('elsewhere')
    const theirs = await elsewhere.key('owner')
    expect((await post(paths.api.fileRequests(portal), { title: 'x' }, theirs)).status).toBe(404)
    expect((await post(paths.api.fileRequestAction(portal, id, 'close'), {}, theirs)).status).toBe(
      404,
    )
  })

  it('is refused to whoever has no role here', async () => {
    const actor = {
      kind: 'contact',
      id: 'x',
      linkId: 'x',
      portalId: portal,
      name: 'Jane',
      scope: 'all',
    } as const
    const input = { portal, title: 'x', note: '', dueOn: null }
    const made = await openRequest({ ...studio.ctx(), actor }, input)
    expect(made).toEqual({ ok: false, failure: { kind: 'forbidden' } })
  })
})

describe('closing and reopening', () => {
  it('twice does it once', async () => {
    const { id } = await ask()
    expect(await change(id, 'close')).toMatchObject({ state: 'closed' })
    expect(await change(id, 'close')).toMatchObject({ state: 'closed' })
    expect((await world.api('DELETE', paths.api.fileRequest(portal, id), key)).status).toBe(204)
    expect(await value('select nudge_at from file_request')).toBe(null)
    const clicks = await Promise.all([form(act(id, 'reopen')), form(act(id, 'reopen'))])
    expect(clicks.map(({ status }) => status)).toEqual([303, 303])
    expect((await list()).items[0]).toMatchObject({ state: 'open', closedAt: null })
    expect(await value('select nudge_at from file_request')).toBeGreaterThan(0)
    expect(await told()).toEqual(['request.opened', 'request.closed', 'request.reopened'])
  })

  it('leaves what was answered as it is, and asks for it again', async () => {
    const { id } = await ask()
    await sentFile(studio, { portal, name: 'logo.svg', request: id })
    expect(await change(id, 'close')).toMatchObject({ state: 'fulfilled', closedAt: null })
    expect((await world.api('DELETE', paths.api.fileRequest(portal, id), key)).status).toBe(204)
    const again = await change(id, 'reopen')
    expect(again).toMatchObject({ state: 'open', fulfilledAt: null, fulfilledBy: null })
    expect(await value('select nudges from file_request')).toBe(0)
  })

  it('races to one end', async () => {
    const { id } = await ask()
    await Promise.all([
      change(id, 'close'),
      sentFile(studio, { portal, name: 'logo.svg', request: id }),
    ])
    expect(await value('select nudge_at from file_request')).toBe(null)
  })

  it('finds nothing under another portal or id', async () => {
    const { id } = await ask()
    const other = await world.api('POST', paths.api.portals, key, {
      project: 'Other',
      client: 'C',
      currency: 'EUR',
      contact: { name: 'X', email: 'x@client.example' },
      send: false,
    })
    const elsewhere = (await other.json<{ id: string }>()).id
    expect((await post(paths.api.fileRequestAction(elsewhere, id, 'close'))).status).toBe(404)
    expect((await form(act(newId(Date.now()), 'close'))).status).toBe(404)
    expect((await world.api('DELETE', paths.api.fileRequest(portal, 'x'), key)).status).toBe(404)
  })
})

it('pages through the list, newest first', async () => {
  for (const title of ['One', 'Two', 'Three']) await ask(title)
  const first = await list('?limit=2')
  expect(first.items.map(({ title }) => title)).toEqual(['Three', 'Two'])
  const second = await list(`?limit=2&cursor=${first.next}`)
  expect(second.items.map(({ title }) => title)).toEqual(['One'])
  expect(second.next).toBe(null)
})

describe('the team’s page', () => {
  const html = async () =>
    (await world.request(here(), { headers: { cookie: maya.cookie } })).text()

  it('marks what is late, and shows what came with who sent it', async () => {
    await ask('Price list', { dueOn: addDays(today(), -3) })
    const { id } = await ask('Logo', { note: 'As SVG.' })
    const sent = await sentFile(studio, { portal, name: 'logo.svg', request: id })
    const shown = await html()
    expect(shown).toContain('>Late<')
    expect(shown).toContain('As SVG.')
    expect(shown).toContain('>Sent<')
    expect(shown).toContain(paths.file(studio.slug, portal, sent.file))
    expect(shown).toMatch(/Jane Cooper<\/bdi> sent/)
  })

  it('offers nothing in an archived portal', async () => {
    const { id } = await ask()
    await archivePortal(studio.ctx(), portal)
    const shown = await html()
    expect(shown).toContain('Logo, vector format')
    expect(shown).not.toContain(act(id, 'close'))
    expect(shown).not.toContain('Ask for it')
  })
})

describe('the client’s page', () => {
  it('says what is waited for, what is due first on top, each with a form of its own', async () => {
    await ask('Menu', { dueOn: addDays(today(), 5) })
    const late = await ask('Price list', { dueOn: addDays(today(), -3) })
    await ask('Photos')
    await ask('Opening hours', { note: '<b>By café</b>' })
    const html = await page()
    expect(html.indexOf('Price list')).toBeLessThan(html.indexOf('Menu'))
    expect(html).toContain('Was due')
    expect(html).toContain('1 more')
    expect(html).toContain('&lt;b&gt;By café')
    expect(html).toContain(`name="request" value="${late.id}"`)
    expect(html.match(/name="request"/g)).toHaveLength(4)
    const { fileRequests = [] } = await clients()
    expect(fileRequests).toHaveLength(4)
    expect(fileRequests[0]).toMatchObject({
      title: 'Opening hours',
      dueOn: null,
      fulfilledAt: null,
    })
  })

  it('shows it no longer once it is answered or closed', async () => {
    const { id } = await ask('Menu')
    const other = await ask('Photos')
    await sentFile(studio, { portal, name: 'menu.pdf', request: id })
    await change(other.id, 'close')
    expect(await page()).not.toContain('class="asked"')
    expect((await clients()).fileRequests).toEqual([])
  })

  it('is without it for invoices alone, and cannot answer in a preview or an archived portal', async () => {
    const { id } = await ask('Menu')
    const billing = await create({ scope: 'billing', send: false })
    expect(await page(token(billing.url))).not.toContain('Menu')
    expect((await clients(token(billing.url))).fileRequests).toBe(undefined)
    const link = await create({ send: false })
    const view = paths.linkAction(studio.slug, portal, link.id, 'view')
    const preview = await (await world.request(view, { headers: { cookie: maya.cookie } })).text()
    expect(preview).toContain('Menu')
    expect(preview).not.toContain(`value="${id}"`)
    await archivePortal(studio.ctx(), portal)
    expect(await page()).not.toContain('class="asked"')
  })

  it('tells what is new since the last visit', async () => {
    await looks()
    await world.env.DB.prepare('update link set seen_at = seen_at - ?').bind(DAY).run()
    await ask('Logo, vector format')
    const over = await ask('Menu')
    await change(over.id, 'close')
    const data = JSON.stringify({ file: 'a', name: 'home.pdf', version: '1' })
    await world.env.DB.prepare(
      `insert into activity (id, organization_id, portal_id, actor_kind, actor_id, actor_name, kind, topic, data, client, at)
       values (?, ?, ?, 'member', 'm', 'Maya', 'file.uploaded', 'files', ?, 1, ?)`,
    )
      .bind(newId(Date.now()), studio.facts.id, portal, data, Date.now())
      .run()
    expect((await clients()).since.changes).toEqual([
      '1 new file',
      'Logo, vector format is asked for',
    ])
    const html = await page()
    expect(html).toMatch(/<a href="#files">.*?1.*? new file/s)
  })
})
