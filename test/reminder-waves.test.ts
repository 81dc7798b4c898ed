import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { sweepInvoices } from '../src/features/reminders/sweep.ts'
import { paths } from '../src/paths.ts'
import { counted, cronCtx, fillOpen, house } from './harness/sweep-scene.ts'
import { World } from './harness/world.ts'

const NOON = Date.parse('2026-11-24T11:00:00Z')

/** So many invoices whose reminder's day is the one of NOON. */
async function wave(world: World, count: number) {
  const { tenant, portal } = await house(world, 'Europe/Oslo')
  await fillOpen(tenant, portal, {
    count,
    dueOn: `'2026-11-21'`,
    remindOn: `'2026-11-24'`,
  })
}

it('lets nobody who wants to sign in wait behind them', async () => {
  const world = new World()
  await wave(world, 60)
  await sweepInvoices(cronCtx(world, NOON))
  expect(await counted(`job where kind = 'invoice.remind'`)).toBe(60)
  await world.form(paths.signIn, { email: world.env.FIRST_OWNER })
  expect(await world.mails(world.env.FIRST_OWNER)).toHaveLength(1)
})

it('has a run queue what a quarter of an hour can send, and the next go on', async () => {
  const world = new World()
  await env.DB.exec('delete from job')
  await wave(world, 1_100)
  const quarter = 15 * 60_000
  const ran = []
  for (const run of [0, 1, 2, 3]) {
    const now = NOON + run * quarter
    await sweepInvoices(cronCtx(world, now))
    ran.push(await counted(`job where kind = 'invoice.remind' and created_at = ?`, now))
    const late = 'job where created_at = ? and next_at >= ?'
    expect(await counted(late, now, now + quarter)).toBe(0)
  }
  expect(ran).toEqual([500, 500, 100, 0])
  const minutes = await env.DB.prepare(
    'select count(*) as jobs from job group by next_at order by jobs desc',
  ).all<{ jobs: number }>()
  expect(minutes.results[0]?.jobs).toBe(40)
  expect(await counted('(select distinct "key" from job)')).toBe(1_100)
})
