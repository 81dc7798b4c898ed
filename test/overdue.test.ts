import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { invoice } from '../src/db/schema/invoices.ts'
import { isOverdue } from '../src/features/invoices/rules.ts'
import { draftLateFees } from '../src/features/reminders/late-fees.ts'
import { sweepInvoices } from '../src/features/reminders/sweep.ts'
import { addDays, dayOf } from '../src/lib/day.ts'
import { isId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { crashing } from './harness/crash.ts'
import { World } from './harness/world.ts'
import { counted, cronCtx, fillOpen, house, quarter } from './harness/sweep-scene.ts'

let world: World

beforeEach(() => {
  world = new World()
})

const HOUR = 3_600_000
const zones = [
  'Pacific/Kiritimati',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Europe/Oslo',
  'UTC',
  'America/Sao_Paulo',
  'America/New_York',
  'Pacific/Pago_Pago',
]

/** What the rule says of every invoice, by the day where it is. */
async function byRule(houses: Map<string, string>, now: number) {
  const rows = await world.ctx().db.select().from(invoice)
  return rows
    .filter((row) => isOverdue(row, dayOf(now, houses.get(row.organizationId) ?? 'UTC')))
    .map((row) => row.id)
    .sort()
}

describe('the rule and its SQL', () => {
  // Around the ends of summer time in Europe and America, and around its beginnings.
  it.each(['2026-10-25', '2026-11-01', '2026-03-08', '2026-03-29'])(
    'agree about every due day, hour by hour, in every zone around %s',
    async (day) => {
      const houses = new Map<string, string>()
      for (const zone of zones) {
        const { tenant, portal } = await house(world, zone)
        houses.set(tenant.facts.id, zone)
        const first = addDays(day, -2)
        await fillOpen(tenant, portal, { count: 5, dueOn: `date('${first}', n || ' days')` })
        // Settled, so that nothing but the rule keeps them out.
        await env.DB.prepare(
          `update invoice set status = 'paid', balance = 0 where organization_id = ? and number = 'INV-2026-001'`,
        )
          .bind(tenant.facts.id)
          .run()
      }
      const from = Date.parse(`${day}T00:00:00Z`) - 30 * HOUR
      let found = 0
      for (let hour = 0; hour <= 66; hour += 0.75) {
        const now = from + hour * HOUR
        await sweepInvoices(cronCtx(world, now))
        const { results } = await env.DB.prepare(
          'select id from invoice where overdue_since is not null order by id',
        ).all<{ id: string }>()
        const wanted = await byRule(houses, now)
        expect(
          results.map((row) => row.id),
          new Date(now).toISOString(),
        ).toEqual(wanted)
        found = wanted.length
      }
      expect(found).toBeGreaterThan(zones.length)
      expect(await counted(`activity where kind = 'invoice.overdue'`)).toBe(found)
    },
  )

  it('agree with the list of the API and with each invoice it shows', async () => {
    const { tenant, portal } = await house(world, 'Pacific/Pago_Pago')
    const key = await tenant.key('owner')
    const today = dayOf(Date.now(), 'Pacific/Pago_Pago')
    await fillOpen(tenant, portal, {
      count: 5,
      dueOn: `date('${today}', (n - 3) || ' days')`,
    })
    const list = async (query: string) => {
      const got = await world.api('GET', paths.api.invoices + query, key)
      const { items } = await got.json<{ items: { dueOn: string; overdue: boolean }[] }>()
      return items
    }
    expect((await list('?status=overdue')).map(({ dueOn }) => dueOn)).toEqual([
      addDays(today, -2),
      addDays(today, -1),
    ])
    for (const { dueOn, overdue } of await list('')) expect(overdue).toBe(dueOn < today)
  })
})

describe('with 100,000 open invoices', () => {
  const NOW = Date.parse('2026-11-24T12:00:00Z')

  async function crowd(late: number) {
    const { tenant, portal } = await house(world, 'Europe/Oslo')
    const dueOn = `date('2026-11-24', iif(n <= ${late}, -1 - n % 40, n % 60) || ' days')`
    await fillOpen(tenant, portal, { count: 100_000, dueOn })
    return tenant
  }

  async function read(): Promise<number> {
    let rows = 0
    for (const { sql, params } of world.trips.flat()) {
      const ran = await env.DB.prepare(sql)
        .bind(...params)
        .all()
      rows += ran.meta.rows_read
    }
    return rows
  }

  it('reads five rows at most where nothing is due', async () => {
    await crowd(0)
    world.trips.length = 0
    await sweepInvoices(cronCtx(world, NOW))
    await draftLateFees(cronCtx(world, NOW))
    expect(world.trips.flat()).toHaveLength(3)
    expect(await read()).toBeLessThanOrEqual(5)
  })

  it('finds 10,500 newly overdue ones by twelve statements at most, once', async () => {
    const tenant = await crowd(10_500)
    world.trips.length = 0
    const sweep = () => quarter(world, NOW)
    // Two runs at once, and one more.
    await Promise.all([sweep(), sweep()])
    expect(world.trips.flat().length / 2).toBeLessThanOrEqual(12)
    await quarter(world, NOW + 15 * 60_000)
    expect(await counted('invoice where overdue_since = ?', NOW)).toBe(10_500)
    expect(await counted('invoice where overdue_since is not null')).toBe(10_500)
    expect(await counted(`activity where kind = 'invoice.overdue'`)).toBe(10_500)
    const { results } = await env.DB.prepare(
      `select id, data, organization_id as house from activity where kind = 'invoice.overdue' limit 50`,
    ).all<{ id: string; data: string; house: string }>()
    for (const row of results) {
      expect(isId(row.id), row.id).toBe(true)
      expect(row.house).toBe(tenant.facts.id)
      expect(JSON.parse(row.data)).toMatchObject({ number: expect.stringMatching(/^INV-/) })
    }
  })
})

it('ends the same wherever a run dies, and after three days without one', async () => {
  const { tenant, portal } = await house(world, 'Europe/Oslo')
  const due = Date.parse('2026-11-20T23:30:00Z')
  const remindOn = `date('2026-11-21', (n % 3) || ' days')`
  await fillOpen(tenant, portal, { count: 30, dueOn: `'2026-11-20'`, remindOn })
  for (const moment of ['before', 'after'] as const) {
    for (let at = 1, reached = true; reached; at++) {
      const alive = world.env
      const { env: dying, steps } = crashing(alive, at, moment)
      world.env = dying
      await quarter(world, due).catch(() => undefined)
      world.env = alive
      reached = steps() >= at
      const overdue = await counted('invoice where overdue_since is not null')
      expect(await counted(`activity where kind = 'invoice.overdue'`)).toBe(overdue)
    }
  }
  const late = due + 3 * 24 * HOUR + 12 * HOUR
  for (const moment of ['before', 'after'] as const) {
    for (let at = 1, reached = true; reached; at++) {
      const alive = world.env
      const { env: dying, steps } = crashing(alive, at, moment)
      world.env = dying
      await quarter(world, late).catch(() => undefined)
      world.env = alive
      reached = steps() >= at
    }
  }
  await Promise.all([quarter(world, late), quarter(world, late)])
  expect(await counted('invoice where overdue_since is not null')).toBe(30)
  // Three days of steps were missed, and each invoice has one job for the latest.
  expect(await counted(`job where kind = 'invoice.remind'`)).toBe(30)
  expect(await counted(`invoice where remind_on = '2026-11-27'`)).toBe(30)
})
