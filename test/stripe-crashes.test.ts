import { beforeEach, expect, it, vi } from 'vitest'
import { runJobs } from '../src/jobs.ts'
import { paths } from '../src/paths.ts'
import { crashing, type Moment } from './harness/crash.ts'
import { key, portal, read, world } from './harness/invoice-scene.ts'
import {
  billed,
  hour,
  later,
  ledgerOf,
  linked,
  openMoneyScene,
  rows,
  stripe,
  told,
} from './harness/money-scene.ts'
import { withoutJobs, withoutPapers } from './harness/no-jobs.ts'
import { event, refund, session } from './harness/stripe-events.ts'
import { idOf } from './harness/stripe-scene.ts'

beforeEach(() => {
  vi.setSystemTime(Date.parse('2026-11-10T12:00:00Z'))
  return openMoneyScene()
})

/** Of what is answered; behind it stand jobs like others, papers and links. */
const MOST_STEPS = 12

const moments: Moment[] = ['before', 'after']

/** Runs what may die with an environment in which it does. How many steps it took. */
async function dying(at: number, moment: Moment, act: () => Promise<unknown>): Promise<number> {
  const alive = world.env
  const { env, steps } = crashing(alive, at, moment)
  world.env = env
  await act().catch(() => undefined)
  world.env = alive
  return steps()
}

const seconds = () => Math.floor(Date.now() / 1000)

it.each(moments)(
  'a delivery that dies %s any step is answered badly, and told again it is right',
  async (moment) => {
    await withoutJobs(world.env.DB)
    let deaths = 0
    for (let at = 1, reached = true; reached && at <= MOST_STEPS; at++) {
      const link = `plink_${at}`
      const id = await linked(10_000, link)
      const paying = `pi_${at}`
      const back = { id: `re_${at}`, of: paying, amount: 4000 }
      const events = [
        // Before its payment, so that it is kept and joined.
        event('refund.created', refund(back, 'succeeded', seconds() + 5), seconds() + 5),
        event(
          'checkout.session.completed',
          session({ id: paying, link, amount: 10_000 }, 'paid', seconds()),
          seconds(),
        ),
      ]
      const answers: number[] = []
      await dying(at, moment, async () => {
        for (const one of events) answers.push(await told(one))
      })
      // What dies behind the answer has been kept.
      reached = answers.includes(500)
      if (reached) deaths++
      // Stripe tries again until it is well.
      for (const one of events) expect(await told(one)).toBe(200)
      expect(await read(id), String(at)).toMatchObject({
        status: 'paid',
        paid: 10_000,
        refunded: 4000,
      })
      expect(await ledgerOf(id), String(at)).toHaveLength(2)
      const heard = await rows(
        `select kind from activity where kind like 'payment.%' and data ->> 'invoice' = ?`,
        id,
      )
      expect(heard, String(at)).toHaveLength(2)
    }
    expect(deaths).toBeGreaterThan(5)
    expect(await rows('select 1 from unmatched')).toEqual([])
  },
  60_000,
)

it.each(moments)(
  'a refund whose job dies %s any step is made once',
  async (moment) => {
    await withoutPapers(world.env.DB)
    for (let at = 1, reached = true; reached && at <= MOST_STEPS; at++) {
      const { id, link } = await billed()
      const { payment_intent } = await stripe.pay(link.url, 'card')
      await stripe.app.delivered()
      await stripe.control('pause-webhooks', { paused: true })
      const [paid] = (await read(id)).payments
      const path = paths.api.paymentAction(portal, id, paid?.id ?? '', 'refund')
      // Its answer's own run of the jobs is the one that dies.
      reached =
        (await dying(at, moment, async () => {
          await world.api('POST', path, key, { amount: 2500, id: undefined })
          await runJobs(world.env, Date.now(), 5, { cron: 'x' })
        })) >= at
      later(6 * 60_000)
      await world.minute()
      later(26 * 3_600_000)
      await world.minute()
      const made = await stripe.stripe.refunds.list({ payment_intent: idOf(payment_intent) })
      const { refunded, payments } = await read(id)
      // Where it died before anything was kept, nobody was told that it would be made.
      expect(refunded, String(at)).toBe(2500 * made.data.length)
      expect(made.data.length, String(at)).toBeLessThanOrEqual(1)
      expect(payments.filter(({ state }) => state === 'pending')).toEqual([])
      await stripe.control('pause-webhooks', { paused: false })
    }
  },
  90_000,
)

it.each(moments)(
  'a reconciliation that dies %s any step is made good by the next',
  async (moment) => {
    await withoutPapers(world.env.DB)
    const { id, link } = await billed()
    await stripe.app.delivered()
    await stripe.control('pause-webhooks', { paused: true })
    await stripe.pay(link.url, 'card')
    for (let at = 1, reached = true; reached; at++) {
      reached = (await dying(at, moment, hour)) >= at
      later(3_600_000)
    }
    await hour()
    expect(await read(id)).toMatchObject({ status: 'paid', paid: 10_000, credit: 0 })
    expect(await ledgerOf(id)).toHaveLength(1)
  },
  60_000,
)
