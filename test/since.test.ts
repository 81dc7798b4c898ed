import { env } from 'cloudflare:workers'
import { beforeEach, expect, it, vi } from 'vitest'
import type { TenantCtx } from '../src/ctx.ts'
import { archiveMessage, sendMessage } from '../src/features/messages/actions.ts'
import { changeMilestone, createMilestone } from '../src/features/milestones/actions.ts'
import { answerApproval, requestApproval } from '../src/features/milestones/approval.ts'
import { paths } from '../src/paths.ts'
import {
  create,
  DAY,
  HOUR,
  MINUTE,
  openScene,
  portal,
  studio,
  token,
  world,
  type LinkJson,
} from './harness/link-scene.ts'
import { isWrite } from './harness/recorder.ts'

let jane: LinkJson
let contactId: string
let milestone: string
let version: number

const later = (by: number) => vi.setSystemTime(Date.now() + by)

const asClient = (link = jane, id = contactId): TenantCtx => ({
  ...studio.ctx(),
  actor: {
    kind: 'contact',
    id,
    linkId: link.id,
    portalId: portal,
    name: link.contact.name,
    scope: 'all',
  },
})

const contactOf = async (link: LinkJson) =>
  (await env.DB.prepare('select contact_id from link where id = ?')
    .bind(link.id)
    .first<string>('contact_id')) ?? ''

beforeEach(async () => {
  await openScene()
  jane = await create()
  contactId = await contactOf(jane)
  const made = await createMilestone(studio.ctx(), {
    portal,
    title: 'Design',
    description: '',
    dueOn: null,
    weight: 1,
    progress: 80,
  })
  milestone = made.ok ? made.value.id : ''
  version = 1
})

async function move(progress: number) {
  const moved = await changeMilestone(
    studio.ctx(),
    { portal, milestone },
    { version, progress, reopen: false },
  )
  expect(moved.ok).toBe(true)
  version++
}

const write = async (ctx = studio.ctx()) => {
  const sent = await sendMessage(ctx, { portal, body: 'Hello' })
  return sent.ok ? sent.value.id : ''
}

interface View {
  since?: { at: string | null; changes: string[] }
}

/** What a visit shows, read as page and as JSON, each without a single write. */
async function look(link = jane): Promise<{ label: string | null; changes: string[] }> {
  world.trips.length = 0
  const html = await (await world.request(paths.portal(token(link.url)))).text()
  const view = await (await world.request(paths.api.client(token(link.url)))).json<View>()
  expect(world.trips).toHaveLength(2)
  expect(world.trips.flat().filter(isWrite)).toEqual([])
  const list = /<ul class="since".*?<\/ul>/s.exec(html)?.[0] ?? ''
  const items = [...list.matchAll(/<li[^>]*>(.*?)<\/li>/gs)].map(([, item = '']) =>
    item.replaceAll(/<[^>]+>/g, ''),
  )
  expect(items.slice(1)).toEqual(view.since?.changes ?? [])
  return { label: items[0] ?? null, changes: view.since?.changes ?? [] }
}

const seen = (link = jane) => world.request(paths.api.seen(token(link.url)), { method: 'POST' })

/** The page is opened, and its script reports so. */
async function visit(link = jane) {
  const shown = await look(link)
  expect((await seen(link)).status).toBe(204)
  return shown
}

it('shows nothing on a first visit, and nothing where nothing happened', async () => {
  await write()
  expect((await visit()).label).toBeNull()
  later(5 * MINUTE)
  expect((await visit()).label).toBeNull()
  later(DAY)
  expect((await visit()).label).toBeNull()
})

it('gathers what the others did, and keeps showing it while the visit lasts', async () => {
  await visit()
  later(HOUR)
  await move(90)
  later(HOUR)
  await move(100)
  await requestApproval(studio.ctx(), { portal, milestone })
  await write()
  await write()
  later(2 * DAY)
  const news = ['2 messages', 'Design 80 → 100%', 'Design waits for your sign-off']
  const first = await visit()
  expect(first.changes).toEqual(news)
  expect(first.label).toMatch(/^Since \p{L}+day$/u)
  // Reloads, however the visit drags on.
  for (let minutes = 0; minutes < 100; minutes += 20) {
    later(20 * MINUTE)
    expect(await visit()).toEqual(first)
  }
  later(31 * MINUTE)
  expect((await visit()).changes).toEqual([])
})

it('adds what happens while the client looks', async () => {
  await visit()
  later(DAY)
  await write()
  expect((await visit()).changes).toEqual(['1 message'])
  later(5 * MINUTE)
  await move(100)
  later(5 * MINUTE)
  expect((await visit()).changes).toEqual(['1 message', 'Design 80 → 100%'])
  later(DAY)
  expect((await visit()).changes).toEqual([])
})

it('takes a page that was opened and never reported for no visit', async () => {
  await visit()
  later(DAY)
  await write()
  // A mail scanner, a prefetch.
  await look()
  later(DAY)
  await look()
  expect((await visit()).changes).toEqual(['1 message'])
})

it('leaves the client’s own doings out, and tells those of their colleagues', async () => {
  const ruth = await create({ contact: { name: 'Ruth', email: 'ruth@client.example' } })
  await requestApproval(studio.ctx(), { portal, milestone })
  await visit()
  await visit(ruth)
  later(HOUR)
  await answerApproval(asClient(), milestone, { to: 'approved', note: 'Lovely' })
  later(MINUTE)
  await write(asClient())
  later(DAY)
  expect((await visit()).changes).toEqual([])
  expect((await visit(ruth)).changes).toEqual(['1 message', 'Jane Cooper approved Design'])
  const html = await (await world.request(paths.portal(token(jane.url)))).text()
  expect(html).toContain('You wrote a message')
})

it('says nothing of a message that was put away', async () => {
  await visit()
  later(HOUR)
  const message = await write()
  await archiveMessage(studio.ctx(), { portal, message })
  later(HOUR)
  const { changes } = await visit()
  expect(changes).toEqual([])
  const html = await (await world.request(paths.portal(token(jane.url)))).text()
  expect(html).not.toContain('wrote a message')
})

it('counts no further than the page shows', async () => {
  await visit()
  later(HOUR)
  for (let count = 0; count < 25; count++) await write()
  later(HOUR)
  expect((await visit()).changes).toEqual(['21+ messages'])
})

it('is for each link its own', async () => {
  await visit()
  const second = await create({ contact: { name: 'Ruth', email: 'ruth@client.example' } })
  later(HOUR)
  await write()
  later(HOUR)
  expect((await visit(second)).changes).toEqual([])
  expect((await visit()).changes).toEqual(['1 message'])
})

it('is not there for a link to invoices alone', async () => {
  const billing = await create({
    scope: 'billing',
    contact: { name: 'Accounts', email: 'ap@client.example' },
  })
  await visit(billing)
  later(DAY)
  await write()
  await move(100)
  await visit(billing)
  const view = await (await world.request(paths.api.client(token(billing.url)))).json<View>()
  expect(view.since).toBeUndefined()
  const html = await (await world.request(paths.portal(token(billing.url)))).text()
  expect(html).not.toContain('Message the team')
  expect(html).not.toContain('readouts')
})

it('is seen by a member through the client’s eyes, and stays unseen', async () => {
  await visit()
  later(DAY)
  await write()
  const { cookie } = await studio.person('member')
  const before = await env.DB.prepare('select * from link').all()
  const logged = await env.DB.prepare('select count(*) as n from activity').first('n')
  const readings = await env.DB.prepare('select * from reading').all()
  const path = paths.linkAction(studio.slug, portal, jane.id, 'view')
  const html = await (await world.request(path, { headers: { cookie } })).text()
  expect(html).toContain('class="since"')
  expect(html).not.toContain('Message the team')
  expect((await env.DB.prepare('select * from link').all()).results).toEqual(before.results)
  expect(await env.DB.prepare('select count(*) as n from activity').first('n')).toBe(logged)
  expect((await env.DB.prepare('select * from reading').all()).results).toEqual(readings.results)
  expect((await visit()).changes).toEqual(['1 message'])
})

it('two reports at once are one visit', async () => {
  await visit()
  later(DAY)
  await write()
  later(HOUR)
  await Promise.all([seen(), seen(), seen()])
  expect((await look()).changes).toEqual(['1 message'])
})
