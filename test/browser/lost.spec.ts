import { paths } from '../../src/paths.ts'
import { at, demo } from './support/demo.ts'
import { lose, type Moment } from './support/lost.ts'
import { expect, test } from './support/test.ts'

const moments: readonly Moment[] = ['before the answer', 'within the answer', 'within the upload']

/** Each stays a little longer than the one before, so that some go just as their answer is passed on. */
const AT_ONCE = 10

test('the product outlives those who go away before they have their answer', async () => {
  const page = String(demo().portalUrl)
  for (const moment of moments) {
    const address = new URL(moment === 'within the upload' ? `${page}/messages` : page)
    const going = Array.from({ length: AT_ONCE }, (_, nth) => lose(address, moment, nth * 3))
    await Promise.all(going)
    // It may be busy with what they left behind for a moment.
    await expect
      .poll(() => fetch(at(paths.healthz)).then(({ status }) => status, String), {
        message: `after ${AT_ONCE} went away ${moment}`,
        timeout: 10_000,
      })
      .toBe(200)
  }
  expect((await fetch(page)).status).toBe(200)
})
