import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { createMilestone, changeMilestone } from '../src/features/milestones/actions.ts'
import { createPortal } from '../src/features/portals/actions.ts'
import { paths, withQuery } from '../src/paths.ts'
import { everyKind, type EveryKind } from './harness/every-kind.ts'
import { factsOfKind } from './harness/kinds.ts'
import { snapshot } from './harness/snapshot.ts'
import { World, type Tenant } from './harness/world.ts'

interface EntryJson {
  id: string
  at: string
  actor: { kind: string; id: string | null; name: string }
  kind: string
  topic: string
  text: string
  data: Record<string, string>
  portal: string | null
  client: boolean
}

interface ListJson {
  items: EntryJson[]
  next: string | null
}

let world: World
let played: EveryKind
let tenant: Tenant
let key: string

const list = async (path: string, as = key): Promise<ListJson> => {
  const response = await world.api('GET', path, as)
  expect(response.status, path).toBe(200)
  return response.json()
}

/** All of it, played once; every test then begins with the very same rows. */
let past: { world: World; played: EveryKind; key: string; restore: () => Promise<void> } | undefined

async function play() {
  const world = new World()
  const played = await everyKind(world)
  // The mails that were caused: who signs in here must not wait behind them.
  await world.minute()
  const key = await played.tenant.key('owner')
  return { world, played, key, restore: await snapshot(env.DB) }
}

/** All there is of a list, however many pages it has. */
async function whole(path: string): Promise<EntryJson[]> {
  const found: EntryJson[] = []
  let cursor: string | undefined
  do {
    const page: ListJson = await list(withQuery(path, { cursor, limit: '100' }))
    found.push(...page.items)
    cursor = page.next ?? undefined
  } while (cursor !== undefined)
  return found
}

describe('when every verb was called', () => {
  beforeEach(async () => {
    if (past) await past.restore()
    else past = await play()
    ;({ world, played, key } = past)
    // Nothing that a test before remembered or was handed.
    world.restarted()
    tenant = played.tenant
  })

  it('has an entry of every kind, with the facts that its words are made of', async () => {
    const items = await whole(paths.api.activity)
    const recorded: Record<string, string[]> = {}
    for (const { kind, data } of items) {
      // A note is kept where there is one.
      const known = recorded[kind] ?? []
      recorded[kind] = [...new Set([...known, ...Object.keys(data)])].sort()
    }
    expect(recorded).toEqual(factsOfKind)
  })

  it('says all of it in words that name who did what', async () => {
    const items = await whole(paths.api.activity)
    const texts = items.map(({ text }) => text)
    const year = new Date().getUTCFullYear()
    for (const text of texts) expect(text).not.toMatch(/undefined|null|  |“”|\s$/)
    for (const text of [
      'Maya Ortiz opened the organisation',
      'The key Website form changed the portal’s details',
      'Maya Ortiz changed the settings: legal name, payment terms',
      'Maya Ortiz invited Accounts to the invoices',
      'Somebody asked for a new link for Jane Cooper',
      'Jane Cooper opened the portal',
      'Jane Cooper asked for changes to Design: “Warmer, please”',
      'Jane Cooper approved Design: “Lovely”',
      'Maya Ortiz took the approval of Design back',
      'Maya Ortiz moved Design 0 → 80%',
      'The key Website form added Training to the plan',
      'Maya Ortiz started the plan from the template Our way',
      'Jane Cooper wrote a message',
      'Maya Ortiz put a message of Maya Ortiz away',
      'Maya Ortiz made the API key Bookkeeping as an admin',
      'Maya Ortiz invited new@northwind.example to the team as a member',
      'Noa Lind joined the team as a member',
      `Maya Ortiz issued INV-${year}-001 over €120.00`,
      `Maya Ortiz recorded a payment of €50.00 for INV-${year}-001`,
      `Maya Ortiz refunded €20.00 of INV-${year}-001`,
      `Maya Ortiz reversed a payment of €30.00 for INV-${year}-001`,
      `Maya Ortiz ended INV-${year}-001, which could be paid again and again`,
      `Maya Ortiz credited €120.00 of INV-${year}-001 by CN-${year}-001`,
      `Maya Ortiz voided INV-${year}-002`,
      'Maya Ortiz deleted a draft over €120.00',
      'Maya Ortiz renamed the file homepage.pdf to Final/mark.pdf',
      'Maya Ortiz deleted the portal Copy for C',
    ]) {
      expect(texts).toContain(text)
    }
  })

  it('keeps no secret', async () => {
    const { results } = await env.DB.prepare('select * from activity').all()
    expect(JSON.stringify(results)).not.toMatch(/[0-9a-f]{64}|ap_\w{16}/)
    expect(JSON.stringify(results)).not.toContain(played.token)
  })

  it('shows a client nothing that is the team’s own, by any route', async () => {
    const items = await whole(paths.api.portalActivity(played.portal))
    const inside = items.filter(({ client }) => !client)
    expect(new Set(inside.map(({ kind }) => kind)).size).toBeGreaterThan(12)
    // As on a visit long after: everything that may be told is told.
    await env.DB.prepare('update link set seen_at = 1, since_at = null').run()
    const answers = await Promise.all(
      [paths.portal(played.token), paths.api.client(played.token)].map(async (path) =>
        (await world.request(path)).text(),
      ),
    )
    for (const text of answers) {
      for (const each of inside) {
        const [, ...words] = each.text.split(each.actor.name)
        // 'opened the portal' and the like; names alone may well stand on the page.
        expect(text, each.kind).not.toContain(words.join(each.actor.name).trim())
      }
      for (const word of ['Website form', 'Our way', 'Bookkeeping', 'Accounts', 'put a message']) {
        expect(text).not.toContain(word)
      }
    }
  })

  it('narrows by topic, person and portal, in any combination, and pages through each', async () => {
    const all = await whole(paths.api.activity)
    const person = all.find(({ actor }) => actor.name === 'Maya Ortiz' && actor.id)?.actor.id
    for (const topic of [undefined, 'milestones', 'links', 'team'])
      for (const who of [undefined, person ?? ''])
        for (const portal of [undefined, played.portal]) {
          const wanted = all.filter(
            (each) =>
              (topic === undefined || each.topic === topic) &&
              (who === undefined || each.actor.id === who) &&
              (portal === undefined || each.portal === portal),
          )
          const found: EntryJson[] = []
          let cursor: string | undefined
          do {
            const query = { topic, person: who, portal, cursor, limit: '7' }
            const page: ListJson = await list(withQuery(paths.api.activity, query))
            found.push(...page.items)
            cursor = page.next ?? undefined
          } while (cursor !== undefined)
          expect(found).toEqual(wanted)
        }
    const inPortal = await whole(paths.api.portalActivity(played.portal))
    expect(inPortal).toEqual(all.filter(({ portal }) => portal === played.portal))
  })

  it('tells another organisation nothing', async () => {
    const other = await world.organization('other')
    const foreign = await other.key('owner')
    expect((await list(paths.api.activity, foreign)).items).toEqual([])
    const at = paths.api.portalActivity(played.portal)
    expect((await world.api('GET', at, foreign)).status).toBe(404)
    const query = withQuery(paths.api.activity, { portal: played.portal })
    expect((await list(query, foreign)).items).toEqual([])
    const { cookie } = await other.person('owner')
    const page = withQuery(paths.activity(other.slug), { portal: played.portal })
    expect((await world.request(page, { headers: { cookie } })).status).toBe(404)
    const { items } = await list(paths.api.activity)
    const who = items.find(({ actor }) => actor.id)?.actor.id ?? ''
    expect((await list(`${paths.api.activity}?person=${who}`, foreign)).items).toEqual([])
    const cursor = items.at(-1)?.id ?? ''
    expect((await list(`${paths.api.activity}?cursor=${cursor}`, foreign)).items).toEqual([])
  })

  it('refuses a filter that it does not know', async () => {
    for (const query of ['topic=money', 'person=maya', 'portal=x', 'cursor=1', 'limit=0']) {
      expect((await world.api('GET', `${paths.api.activity}?${query}`, key)).status).toBe(422)
    }
    const { cookie } = await tenant.person('member')
    const all = `${paths.activity(tenant.slug)}?topic=&person=&portal=`
    expect((await world.request(all, { headers: { cookie } })).status).toBe(200)
    const page = `${paths.activity(tenant.slug)}?topic=money`
    expect((await world.request(page, { headers: { cookie } })).status).toBe(404)
  })

  it('draws the pages with days, times in the organisation’s zone, and what the client sees too', async () => {
    const { cookie } = await tenant.person('member')
    const get = async (path: string) => (await world.request(path, { headers: { cookie } })).text()
    const log = await get(paths.portalActivity(tenant.slug, played.portal))
    const { items } = await list(paths.api.portalActivity(played.portal))
    const [newest] = items
    const oslo = new Intl.DateTimeFormat('en-GB', { timeStyle: 'short', timeZone: 'Europe/Oslo' })
    expect(log).toContain(`>${oslo.format(Date.parse(newest?.at ?? ''))}</time>`)
    expect(log.match(/class="shared"/g)?.length).toBeGreaterThan(5)
    expect(log).toContain('The team alone')
    const page = await get(paths.activity(tenant.slug))
    expect(page).toContain('<option value="milestones">Milestones</option>')
    expect(page).toContain('<bdi>Website relaunch 2</bdi>')
    const overview = await get(paths.portalOf(tenant.slug, played.portal))
    expect(overview.match(/<time/g)?.length).toBeGreaterThanOrEqual(8)
    expect(overview).toContain('All activity')
  })
})

describe('a slider that goes on moving', () => {
  it('is one entry that stays the newest, and moves its portal up', async () => {
    world = new World()
    tenant = await world.organization('studio')
    key = await tenant.key('owner')
    const start = Date.now() - 60 * 60_000
    const at = (minutes: number) => tenant.ctx('owner', start + minutes * 60_000)
    const made = await createPortal(at(0), {
      project: 'P',
      client: 'C',
      currency: 'EUR',
      contact: { name: 'Jane', email: 'jane@client.example' },
      send: false,
    })
    const portal = made.ok ? made.value.portal.id : ''
    const facts = { portal, description: '', dueOn: null, weight: 1, progress: 0 }
    const design = await createMilestone(at(1), { ...facts, title: 'Design' })
    const path = { portal, milestone: design.ok ? design.value.id : '' }
    const move = (minute: number, version: number, progress: number) =>
      changeMilestone(at(minute), path, { version, progress, reopen: false })
    await move(2, 1, 20)
    const first = await list(paths.api.portalActivity(portal))
    // What the client doesn't see comes between, and ends no move.
    await changeMilestone(at(3), path, { version: 2, title: 'Design 2', reopen: false })
    await move(4, 3, 60)
    await move(9, 4, 80)
    const { items } = await list(paths.api.portalActivity(portal))
    expect(items.map(({ text }) => text)).toEqual([
      'The key Test moved Design 2 0 → 80%',
      'The key Test changed Design 2',
      'The key Test added Design to the plan',
      'The key Test opened the portal P for C',
    ])
    expect(items[0]?.at).toBe(new Date(start + 9 * 60_000).toISOString())
    expect(items[0]?.id).not.toBe(first.items[0]?.id)
    expect([...items].sort((a, b) => (a.id < b.id ? 1 : -1))).toEqual(items)
    const home = await (
      await world.api('GET', paths.api.portal(portal), key)
    ).json<{
      lastActivityAt: string
    }>()
    expect(home.lastActivityAt).toBe(items[0]?.at)
    await move(30, 5, 90)
    expect((await list(paths.api.portalActivity(portal))).items).toHaveLength(5)
  })
})
