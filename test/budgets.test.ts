import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { complaints, plansWell, read, run } from './budgets/measure.ts'
import { reads } from './budgets/reads.ts'
import { stage, type Scene } from './budgets/scene.ts'
import { fillEmails } from './harness/crowd.ts'
import { isWrite } from './harness/recorder.ts'
import { routes } from './harness/routes.ts'

let scene: Scene

beforeEach(async () => {
  scene = await stage()
})

it('would notice a scan and a sort', async () => {
  const scan = await complaints({ sql: 'select 1 from portal where project = ?', params: ['x'] })
  const sort = await complaints({ sql: 'select 1 from member order by role', params: [] })
  expect(scan).toEqual(['SCAN portal'])
  expect(sort).toContain('USE TEMP B-TREE FOR ORDER BY')
})

it('covers every GET of the app', async () => {
  const patterns = (await routes())
    .filter(({ method }) => method === 'GET')
    .map(({ path }) => new RegExp(`^${path.replace(/:\w+/g, '[^/]+')}$`))
  const covered = reads(scene.staged).map(({ path }) => path.replace(/\?.*/, ''))
  for (const pattern of patterns) {
    expect(
      covered.some((path) => pattern.test(path)),
      String(pattern),
    ).toBe(true)
  }
})

it('keeps to its round trips, writes nothing, and has a plan without scans or sorts', async () => {
  for (const one of reads(scene.staged)) {
    const { trips } = await read(scene, one)
    expect(trips.length, one.path).toBe(one.trips)
    expect(trips.flat().filter(isWrite), one.path).toEqual([])
    await plansWell(trips)
  }
})

it('reads five rows or fewer when the cron finds nothing to do', async () => {
  const { world, studio } = scene
  await fillEmails(env.DB, studio.facts.id, 5_000)
  await world.minute()
  world.trips.length = 0
  await world.minute()
  const [claim] = world.trips.flat()
  expect(world.trips).toHaveLength(1)
  expect(claim && (await run(claim)).meta.rows_read).toBeLessThanOrEqual(5)
})
