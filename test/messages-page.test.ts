import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { milestone } from '../src/db/schema/milestones.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { firstView } from './harness/budget.ts'
import { create, openScene, portal, studio, token, world } from './harness/link-scene.ts'
import { isWrite } from './harness/recorder.ts'
import {
  answer,
  hers,
  looks,
  mayaWrites,
  openThread,
  teamLooks,
  write,
} from './harness/thread-scene.ts'

const words =
  'the menu page looks right and we would like to see it on a phone before we say yes to anything else'.split(
    ' ',
  )
/** Twenty words, in another order each time. */
const twenty = (n: number) =>
  Array.from(
    { length: 20 },
    (_, index) => words[(index * 7 + n * 3 + index * n) % words.length],
  ).join(' ')

const titles = ['Discovery', 'Wireframes', 'Design', 'Copy', 'Build', 'Content', 'Beta', 'Launch']

beforeEach(async () => {
  await openThread()
  const { db, now } = studio.ctx()
  await db.insert(milestone).values(
    titles.map((title, index) => ({
      id: newId(now),
      organizationId: studio.facts.id,
      portalId: portal,
      title,
      description: twenty(index),
      dueOn: `2026-12-${10 + index}`,
      position: index,
      progress: Math.max(0, 100 - index * 30),
      createdAt: now,
    })),
  )
  for (let n = 0; n < 30; n++) await (n % 2 === 0 ? mayaWrites(twenty(n)) : write(twenty(n)))
})

it('keeps a full page within the bytes of a first view', async () => {
  const html = await (await world.request(paths.portal(hers))).text()
  expect(html.match(/<article/g)).toHaveLength(20)
  const zipped = new Response(html).body?.pipeThrough(new CompressionStream('gzip'))
  const { byteLength } = await new Response(zipped ?? null).arrayBuffer()
  expect(byteLength).toBeLessThanOrEqual(firstView.html)
})

it('keeps it within one trip and ninety rows, however many have read and written', async () => {
  const others = await Promise.all(
    Array.from({ length: 12 }, (_, n) =>
      create({ contact: { name: `C${n}`, email: `c${n}@client.example` }, send: false }),
    ),
  )
  for (const { url } of others) await looks(token(url))
  await answer('And?')
  await teamLooks()
  world.trips.length = 0
  expect((await world.request(paths.portal(hers))).status).toBe(200)
  expect(world.trips).toHaveLength(1)
  const [statement] = world.trips.flat()
  expect(statement && isWrite(statement)).toBe(false)
  const read = await env.DB.prepare(statement?.sql ?? '')
    .bind(...(statement?.params ?? []))
    .all()
  expect(read.meta.rows_read).toBeLessThanOrEqual(90)
})

it('shows a portal that nobody wrote in yet', async () => {
  await openScene()
  const { url } = await create({ send: false })
  expect(await (await world.request(paths.portal(token(url)))).text()).toContain('No messages yet')
})
