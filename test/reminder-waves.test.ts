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
