import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { paths } from '../../src/paths.ts'
import { expectUsableByEverybody } from './support/axe.ts'
import { fillNewPortal } from './support/forms.ts'
import { startProductWith, type Product } from './support/product.ts'
import { expect, someone, test } from './support/test.ts'

let product: Product

test.beforeAll(async () => {
  test.setTimeout(200_000)
  // Nobody listens there, so no mail leaves.
  product = await startProductWith({ SENDGRID_URL: 'http://127.0.0.1:9' }, '--no-ticks', '--empty')
})
test.afterAll(() => product.stop())

/** The database of the running product, as somebody with a hand in it. */
function inDatabase(sql: string): void {
  const folder = join(product.folder, 'state/v3/d1/miniflare-D1DatabaseObject')
  const file = readdirSync(folder).find((name) => /^[0-9a-f]{64}\.sqlite$/.test(name)) ?? ''
  const database = new DatabaseSync(join(folder, file))
  try {
    database.exec(sql)
  } finally {
    database.close()
  }
}

test('whoever runs it sees what is stuck and why, and pushes it', async ({ page }) => {
  const { demo } = product
  const operator = demo.url + paths.operator
  const open = async () => {
    await page.goto(operator)
  }
  await page.goto(demo.signInUrl)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Name of the studio').fill('Harbour House')
  await page.getByLabel('Your name').fill('Maya Ortiz')
  await page.getByRole('button', { name: 'Open it' }).click()

  await page.getByRole('link', { name: 'Operator' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing is stuck' })).toBeVisible()
  await expectUsableByEverybody(page, open)

  await page.goto(demo.url + paths.dashboard)
  await page.getByRole('link', { name: 'New portal' }).first().click()
  await fillNewPortal(page, { project: 'Quay', client: 'Port Co', contact: someone() })
  await page.getByRole('button', { name: 'Open portal' }).click()
  await expect(page.getByRole('heading', { name: 'Quay' })).toBeVisible()

  const row = page.getByRole('row').filter({ hasText: 'Send an email' })
  await expect(async () => {
    await page.goto(operator)
    await expect(row).toContainText('SendGrid could not be reached.', { timeout: 500 })
  }).toPass()
  await expect(row).toContainText('Harbour House')
  await expect(row).toContainText('tried once')
  await expectUsableByEverybody(page, open)
  await row.getByRole('button', { name: 'Run now' }).click()
  await expect(async () => {
    await page.goto(operator)
    await expect(row).toContainText('tried 2 times', { timeout: 500 })
  }).toPass()

  await test.step('and that the cron seems not to run', async () => {
    inDatabase('update job set next_at = next_at - 1200000')
    await expect(async () => {
      await page.goto(operator)
      await expect(page.getByText('The cron seems not to run')).toBeVisible({ timeout: 500 })
    }).toPass()
    await expectUsableByEverybody(page, open)
  })

  await test.step('and what broke is said as it is', async () => {
    inDatabase('alter table email rename to email_away')
    try {
      const emails = demo.url + paths.emails('harbour-house')
      const answer = await page.goto(emails)
      expect(answer?.status()).toBe(500)
      await expect(page.getByRole('heading', { name: 'Something broke' })).toBeVisible()
      const id = answer?.headers()['x-request-id'] ?? 'none'
      await expect(page.getByText(id)).toBeVisible()
      await expect(page.getByRole('link', { name: 'Try again' })).toBeVisible()
      await expectUsableByEverybody(page, async () => {
        await page.goto(emails)
      })
    } finally {
      inDatabase('alter table email_away rename to email')
    }
    await page.getByRole('link', { name: 'Try again' }).click()
    await expect(page.getByRole('heading', { name: 'Emails' })).toBeVisible()
  })
})
