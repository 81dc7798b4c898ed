import type { Page } from '@playwright/test'
import { paths } from '../../src/paths.ts'
import { at } from './support/demo.ts'
import { expect, test } from './support/test.ts'

/** '$1,240.00' in minor units. */
const cents = (text: string): number => Number(text.replaceAll(/[^\d-]/g, ''))

/** What the column of a list comes to. */
async function sumOf(page: Page, column: string): Promise<number> {
  const cells = await page.locator(column).allTextContents()
  return cells.reduce((sum, text) => sum + (/\d/.test(text) ? cents(text) : 0), 0)
}

test('numbers at a glance lead to the lists that come to them', async ({ maya: page }) => {
  await page.goto(at(paths.portals('northwind')))
  const glance = page.getByRole('region', { name: 'Money at a glance' })
  const card = glance.locator('#money-EUR')
  await expect(card.getByRole('img', { name: /^Received by month in EUR/ })).toBeVisible()
  const lists: [name: string, column: string][] = [
    ['Outstanding EUR', 'table.bills td:last-child'],
    ['Overdue', 'table.bills td:last-child'],
    ['Paid this month', 'table.came td:last-child'],
  ]
  for (const [name, column] of lists) {
    const number = card
      .locator('.readouts > div')
      .filter({ has: page.getByText(name, { exact: true }) })
      .locator('.value a')
    const said = cents((await number.textContent()) ?? '')
    await number.click()
    await expect(page.getByRole('heading', { level: 1 })).toHaveText(/Invoices|Money received/)
    expect(await sumOf(page, column), name).toBe(said)
    await page.goBack()
  }
  // The chart's numbers, for whoever reads.
  await card.getByText('By age and by month, in numbers').click()
  await expect(card.getByRole('table').getByRole('row')).toHaveCount(13)
})

test('invoices are searched while somebody types, within what is shown', async ({ maya: page }) => {
  await page.goto(`${at(paths.invoices('northwind'))}?status=paid`)
  const search = page.getByRole('searchbox', { name: 'Search invoices' })
  await search.pressSequentially('meridian')
  await expect(page).toHaveURL(/status=paid&q=meridian|q=meridian&status=paid/)
  const rows = page.getByRole('row').filter({ has: page.locator('td') })
  await expect(rows.filter({ hasText: 'Meridian Trust' })).not.toHaveCount(0)
  await expect(rows.filter({ hasNotText: 'Meridian Trust' })).toHaveCount(0)
})
