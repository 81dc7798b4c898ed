import { beforeEach, expect, it } from 'vitest'
import { reckoned, stored } from './harness/history.ts'
import { dayOf } from '../src/lib/day.ts'
import { read, studio, world } from './harness/invoice-scene.ts'
import { linked, openMoneyScene, rows, told } from './harness/money-scene.ts'
import { withoutJobs } from './harness/no-jobs.ts'
import {
  historyOf,
  pendingOf,
  reckon,
  shuffled,
  type StripeHistory,
} from './harness/stripe-history.ts'

beforeEach(async () => {
  await openMoneyScene()
  await withoutJobs(world.env.DB)
})

/** An invoice with a link of this name, and its life. */
async function lived(seed: number): Promise<StripeHistory & { id: string; seed: number }> {
  const link = `plink_h${seed}`
  const history = historyOf(seed, { link, name: `h${seed}`, from: 1_790_000_000 })
  const id = await linked(history.total, link)
  return { ...history, id, seed }
}

/** As the organisation's calendar has it. */
const day = (seconds: number) => dayOf(seconds * 1000, studio.facts.timeZone)

const byId = (a: { id: string | null }, b: { id: string | null }) =>
  (a.id ?? '') < (b.id ?? '') ? -1 : 1

// Twelve at a time, so that what one tells comes between what the others do, now and then at once.
it.each([1, 2, 3, 4, 5])(
  'twelve lives end in the ledger of a plain reckoning (%i)',
  { timeout: 60_000 },
  async (round) => {
    const lives: Awaited<ReturnType<typeof lived>>[] = []
    for (let n = 0; n < 12; n++) lives.push(await lived(round * 100 + n))
    const events = shuffled(
      lives.flatMap((life) => life.events),
      round,
    )
    while (events.length > 0) {
      const atOnce = events.splice(0, 4)
      const answers = await Promise.all(atOnce.map((event) => told(event)))
      expect(new Set(answers)).toEqual(new Set([200]))
    }
    for (const life of lives) {
      const written = await rows<{ id: string }>(
        'select stripe_id as id, kind, state, amount from payment where invoice_id = ?',
        life.id,
      )
      const truth = life.truth.map(({ id, kind, state, amount }) => ({ id, kind, state, amount }))
      expect(written.sort(byId), `seed ${life.seed}`).toEqual(truth.sort(byId))
      const { paidOn, ...standing } = reckon(life, day)
      expect(await read(life.id), `seed ${life.seed}`).toMatchObject(standing)
      const [sums] = await rows<{ pending: number; paid_on: string | null }>(
        'select pending, paid_on from invoice where id = ?',
        life.id,
      )
      expect(sums, `seed ${life.seed}`).toEqual({ pending: pendingOf(life), paid_on: paidOn })
    }
    const kept = await rows<{ id: string }>(`select id from unmatched where kind = 'payment'`)
    const lost = lives.flatMap(({ unmatched }) => Array.from(unmatched))
    expect(kept.map(({ id }) => id.slice(37)).sort()).toEqual(lost.sort())
    const sums = await stored()
    const nothing = (row: unknown) => JSON.stringify(row).includes('"amount":0')
    expect({ ...sums, received: sums.received.filter((row) => !nothing(row)) }).toEqual(
      await reckoned(),
    )
  },
)
