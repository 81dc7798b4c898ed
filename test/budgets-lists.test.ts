import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { fillPortals } from '../dev/demo/crowd.ts'
import { encodeCursor } from '../src/lib/cursor.ts'
import { paths } from '../src/paths.ts'
import { FOLDERS, GLANCE, rows } from './budgets/bounds.ts'
import { keepsTo, read, rowsRead } from './budgets/measure.ts'
import { byLink, key, member, type Read } from './budgets/read.ts'
import { reads } from './budgets/reads.ts'
import { stage, type Scene, type Staged } from './budgets/scene.ts'
import {
  fillEmails,
  fillInbox,
  fillJobs,
  fillKeys,
  fillLinks,
  fillPlan,
  fillRequests,
  fillTeam,
  fillTemplates,
  fillThread,
} from './harness/crowd.ts'
import { fillFiles } from './harness/file-scene.ts'
import type { Tenant } from './harness/world.ts'

let scene: Scene
let studio: Tenant
let staged: Staged

beforeEach(async () => {
  scene = await stage()
  ;({ studio, staged } = scene)
})

/** The id of the studio's portal that so many newer ones come before. */
async function idAt(offset: number): Promise<string> {
  const found = await env.DB.prepare(
    'select id from portal where organization_id = ? order by id desc limit 1 offset ?',
  )
    .bind(studio.facts.id, offset)
    .first<string>('id')
  return found ?? ''
}
describe('with 10,000 portals, 20,000 links and 50,000 mails beside another tenant’s as many', () => {
  beforeEach(async () => {
    await fillPortals(env.DB, studio.facts.id, 10_000, Date.now())
    await fillEmails(env.DB, studio.facts.id, 50_000)
    await fillLinks(env.DB, staged.portal, 200)
    await fillTeam(env.DB, studio.facts.id, 2_000)
    await fillPlan(env.DB, staged.longPlan, 99)
    await fillRequests(env.DB, staged.longPlan, 1_000)
    await fillTemplates(env.DB, studio.facts.id, 2_000)
    await fillJobs(env.DB, studio.facts.id, 10_000)
    await fillKeys(env.DB, studio.facts.id, 1_000)
    const other = await scene.world.organization('other')
    await fillPortals(env.DB, other.facts.id, 10_000, Date.now())
    await fillEmails(env.DB, other.facts.id, 50_000)
    await fillTeam(env.DB, other.facts.id, 2_000)
    await fillTemplates(env.DB, other.facts.id, 2_000)
    await fillInbox(env.DB, studio.facts.id)
    await fillInbox(env.DB, other.facts.id)
    await fillThread(env.DB, staged.portal, 1_000)
  })

  it('reads no more rows than it shows, on the first page and in the depth', async () => {
    for (const one of reads(staged)) {
      const { trips, response } = await read(scene, one)
      expect(response.status, one.path).toBeLessThan(405)
      expect(await rowsRead(trips), one.path).toBeLessThanOrEqual(one.rows)
    }
  })

  it('reads no more of the list of portals, however it is searched and sorted', async () => {
    const queries = ['', 'status=active', 'status=archived', 'sort=activity', 'sort=outstanding']
      .concat(['sort=activity&status=archived', 'sort=outstanding&status=archived'])
      .concat(['q=project', 'q=pro+cli+con&status=active', 'q=c&status=archived', 'q=contact9999'])
    for (const query of queries) {
      const hundred = await scene.world.request(
        `${paths.api.portals}?limit=100&${query}`,
        scene.visitors.key,
      )
      const { next } = await hundred.json<{ next: string | null }>()
      const further = next === null ? [] : [`${query}&cursor=${next}`]
      // From far below, where nearly everything lies between it and the newest.
      const deep = query.includes('sort') ? [] : [`${query}&cursor=${await idAt(9_000)}`]
      for (const asked of [query, ...further, ...deep]) {
        // On the first page of the active ones alone.
        const glance = /cursor|q=|archived/.test(asked) ? 0 : GLANCE
        const lists = [
          member(`${paths.portals(studio.slug)}?${asked}`, rows(50, 3) + glance),
          key(`${paths.api.portals}?${asked}`, rows(50, 3)),
        ]
        for (const one of lists) await keepsTo(scene, one)
      }
    }
  })

  it('pages through the team, however many came in the same instant', async () => {
    const team = paths.team(studio.slug)
    const most = rows(50, 1) + rows(50, 2)
    const seen = new Set<string>()
    let next: string | undefined = team
    for (let page = 0; next !== undefined && page < 50; page++) {
      const { response } = await keepsTo(scene, member(next, most))
      const html = await response.text()
      for (const [, name = ''] of html.matchAll(/<bdi>(Member \d+)<\/bdi>/g)) seen.add(name)
      next = /href="([^"]+)"[^>]*>More members/.exec(html)?.[1]?.replaceAll('&amp;', '&')
    }
    expect(seen.size).toBe(2_000)
    const html = await (await scene.world.request(team, scene.visitors.member)).text()
    const older = /href="([^"]+)"[^>]*>Older invitations/.exec(html)?.[1] ?? ''
    await keepsTo(scene, member(older, most))
  })

  it('finds the mails that need somebody, and those of a state, without reading the others', async () => {
    for (const one of [
      member(`${paths.emails(studio.slug)}?attention=1`, rows(50, 0)),
      key(`${paths.api.emails}?status=bounced`, rows(50, 0)),
      key(`${paths.api.emails}?attention=1`, rows(50, 0)),
    ])
      await keepsTo(scene, one)
  })

  it('reads no more of a thread or the inbox in their depth', async () => {
    const messages = paths.messages(studio.slug, staged.portal)
    const at = (offset: number) =>
      env.DB.prepare('select id from message where portal_id = ? order by seq limit 1 offset ?')
        .bind(staged.portal, offset)
        .first<string>('id')
    const last = await env.DB.prepare(
      `select last_message_at || '.' || id as cursor from portal where organization_id = ?
      and archived_at is null order by last_message_at, id limit 1 offset 100`,
    )
      .bind(studio.facts.id)
      .first<string>('cursor')
    // Beside the messages, those who have read: a set that is read once.
    const team = rows(1, 2) + rows(20, 0) + 40
    const link = paths.clientMessages(staged.token)
    const api = paths.api.clientMessages(staged.token)
    const asked: Read[] = [
      member(`${messages}?cursor=${await at(100)}`, team),
      member(`${messages}?after=${await at(100)}`, team),
      member(`${messages}?archived=1&cursor=${await at(100)}`, team),
      key(`${paths.api.messages(staged.portal)}?cursor=${await at(100)}`, rows(50, 0) + 40),
      byLink(`${link}?cursor=${await at(100)}`, 20 + 20 + 10),
      byLink(`${link}?after=${await at(100)}`, 20 + 20 + 10),
      byLink(`${api}?cursor=${await at(100)}&limit=20`, 20 + 20 + 10),
      member(`${paths.inbox(studio.slug)}?cursor=${last}`, rows(50, 1)),
      member(`${paths.inbox(studio.slug)}?unread=1&cursor=${last}`, rows(50, 1)),
    ]
    for (const one of asked) await keepsTo(scene, one)
  })

  it('reads no more of 5,000 files in their depth, whole, by folder, or deleted', async () => {
    const folders = ['', 'Brand', 'Drafts/Round 1', 'Drafts/Round 2']
    const at = Date.now() - 100 * 86_400_000
    await fillFiles(studio, staged.portal, { count: 4_500, folders, now: at, names: 'older' })
    await env.DB.prepare(
      `update file set deleted_at = created_at where portal_id = ? and name like 'older%' and name like '%7.pdf'`,
    )
      .bind(staged.portal)
      .run()
    const deep = await env.DB.prepare(
      'select latest from file where portal_id = ? and deleted_at is null order by latest limit 1 offset 400',
    )
      .bind(staged.portal)
      .first<string>('latest')
    const gone = await env.DB.prepare(
      'select deleted_at as at, id from file where portal_id = ? and deleted_at > 0 order by deleted_at limit 1 offset 200',
    )
      .bind(staged.portal)
      .first<{ at: number; id: string }>()
    const list = paths.files(studio.slug, staged.portal)
    const team = rows(1, 2) + rows(50, 0) + FOLDERS
    const client = rows(50, 0) + FOLDERS + 10
    const cursor = encodeCursor([gone?.at ?? 0, gone?.id ?? ''])
    const asked: Read[] = [
      member(`${list}?cursor=${deep}`, team),
      member(`${list}?cursor=${deep}&folder=Brand`, team),
      member(`${list}?deleted=1`, team),
      member(`${list}?deleted=1&cursor=${cursor}`, team),
      key(`${paths.api.files(staged.portal)}?cursor=${deep}`, rows(50, 0)),
      key(`${paths.api.files(staged.portal)}?cursor=${deep}&folder=`, rows(50, 0)),
      byLink(`${paths.clientFiles(staged.token)}?cursor=${deep}`, client),
      byLink(`${paths.clientFiles(staged.token)}?cursor=${deep}&folder=Brand`, client),
      byLink(`${paths.api.clientFiles(staged.token)}?cursor=${deep}`, client),
    ]
    for (const one of asked) await keepsTo(scene, one)
  })

  it('spends a page through the whole list on every portal exactly once', async () => {
    const seen = new Set<string>()
    let next: string | null = ''
    while (next !== null) {
      const query: string = next === '' ? '' : `&cursor=${next}`
      const response = await scene.world.request(
        `${paths.api.portals}?limit=100${query}`,
        scene.visitors.key,
      )
      const page = await response.json<{ items: { id: string }[]; next: string | null }>()
      for (const { id } of page.items) seen.add(id)
      next = page.next
    }
    expect(seen.size).toBe(10_003)
  })
})
