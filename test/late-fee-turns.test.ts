import { env } from 'cloudflare:workers'
import { expect, it } from 'vitest'
import { draftLateFees } from '../src/features/reminders/late-fees.ts'
import { counted, cronCtx, fillOpen, house } from './harness/sweep-scene.ts'
import { World } from './harness/world.ts'

const NOON = Date.parse('2026-11-24T11:00:00Z')
const fee = (since: string) => JSON.stringify({ afterDays: 14, percent: '1', amounts: null, since })

it('comes to every organisation, however many before it have only invoices that wait', async () => {
  const world = new World()
  const late = async (since: string) => {
    const { tenant, portal } = await house(world, 'Europe/Oslo')
    await fillOpen(tenant, portal, { count: 2, dueOn: `'2026-11-01'` })
    await env.DB.prepare('update organization set late_fee = ? where id = ?')
      .bind(fee(since), tenant.facts.id)
      .run()
    return tenant.facts.id
  }
  // Theirs fell due before the fee was set, and are never asked for one.
  for (let count = 0; count < 51; count++) await late('2026-11-20')
  const last = await late('2026-10-01')
  await env.DB.exec('update invoice set overdue_since = 1')
  world.trips.length = 0
  await draftLateFees(cronCtx(world, NOON))
  const drafts = `invoice where status = 'draft'`
  expect(await counted(`${drafts} and organization_id = ?`, last)).toBe(2)
  expect(await counted(drafts)).toBe(2)
  // Five to find them, however many wait, and a batch of four for each.
  expect(world.trips.flat()).toHaveLength(5 + 2 * 4)
})
