import fc from 'fast-check'
import { expect, it } from 'vitest'
import { scheduled } from '../src/scheduled.ts'
import { DAY } from './harness/link-scene.ts'
import {
  all,
  ask,
  begin,
  bytes,
  expectSums,
  key,
  keysInBucket,
  offsetOf,
  openUploads,
  patch,
  remove,
  world,
} from './harness/upload-scene.ts'

const content = bytes(64)

/** One thing that somebody does; `n` picks the upload that it is done to. */
const doing = fc.record({
  what: fc.constantFrom('begin', 'send', 'send', 'send', 'end', 'expire', 'jobs'),
  n: fc.nat(3),
  size: fc.nat(64),
})

it('keeps its sums through any history of uploads', { timeout: 100_000 }, async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(doing, { minLength: 5, maxLength: 25 }), async (history) => {
      await world?.env.DB.prepare('delete from organization').run()
      await openUploads()
      const by = { key }
      const places: string[] = []
      for (const { what, n, size } of history) {
        const place = places[n % Math.max(1, places.length)]
        if (what === 'begin' || place === undefined) {
          // Few names, so that versions come about.
          const made = await begin({ size, name: `${n}.bin` }, by)
          places.push(new URL(made.headers.get('location') ?? '').pathname)
        } else if (what === 'send') {
          const head = await ask(place, by)
          if (head.status === 200) {
            const offset = offsetOf(head)
            const left = Number(head.headers.get('upload-length')) - offset
            await patch(place, offset, content.subarray(0, Math.min(left, size)), by)
          }
        } else if (what === 'end') await remove(place, by)
        else if (what === 'expire') await scheduled('*/15 * * * *', Date.now() + 2 * DAY, world.env)
        else await world.minute(120_000)
        await expectSums()
      }
      await scheduled('*/15 * * * *', Date.now() + 2 * DAY, world.env)
      await world.minute(3 * DAY)
      await expectSums()
      // Nothing is in the bucket but what versions are made of.
      const [versions] = await all<{ n: number }>('select count(*) as n from file_version')
      const [here] = await all<{ id: string }>('select id from organization')
      const kept = (await keysInBucket()).filter((at) => at.startsWith(here?.id ?? '-'))
      expect(kept).toHaveLength(versions?.n ?? 0)
    }),
    { numRuns: 15 },
  )
})
