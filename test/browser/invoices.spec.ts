import type { Page } from '@playwright/test'
import { paths } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at, mayasSession } from './support/demo.ts'
import { expect, someone, someProject, test } from './support/test.ts'

const line = (page: Page, number: number) => page.getByRole('group', { name: `Line ${number}` })

async function fillLine(page: Page, number: number, [what, quantity, price, tax]: string[]) {
  const row = line(page, number)
  await row.getByLabel('Description').fill(what ?? '')
  await row.getByLabel('Quantity').fill(quantity ?? '')
  await row.getByLabel('Price').fill(price ?? '')
  await row.getByLabel('Tax %').fill(tax ?? '')
}

/** What the sums below the lines say, as one text each. */
const sums = (page: Page) =>
  page
    .locator('[data-sums] > div')
    .evaluateAll((rows) =>
      rows.map((row) => [...row.children].map((part) => part.textContent?.trim()).join(' ')),
    )

async function toInvoices(page: Page, what: string) {
  const portal = await api.openPortal(someProject(what), someone())
  await page.goto(at(paths.invoicesOf('northwind', portal.id)))
  return portal
}

test('an invoice is drafted with totals while one types, issued, and paid in two parts', async ({
  maya,
}) => {
  await toInvoices(maya, 'Drafted')
  await maya.getByRole('link', { name: 'Draft the first invoice' }).click()
  await fillLine(maya, 1, ['Design', '2', '1,240.50', '20'])
  await fillLine(maya, 2, ['Copy', '1.5', '80', '10'])
  await fillLine(maya, 3, ['Hosting', '', '24', ''])
  await maya.getByRole('button', { name: 'Add a line' }).click()
  await expect(line(maya, 4).getByLabel('Description')).toBeFocused()
  await fillLine(maya, 4, ['A slip', '1', '999', ''])
  await maya.getByRole('button', { name: 'Remove line 4' }).click()
  await maya.getByLabel('Discount', { exact: true }).fill('10')
  await expect(line(maya, 1).locator('output')).toHaveText('$2,481.00')
  const live = await sums(maya)
  expect(live.at(-1)).toBe('Total $2,819.88')
  await maya.getByRole('button', { name: 'Save and preview' }).click()
  await expect(maya.getByRole('heading', { name: 'Draft of an invoice' })).toBeVisible()
  expect(await sums(maya)).toEqual(live)

  await maya.getByRole('button', { name: 'Issue' }).click()
  await maya.getByRole('dialog').getByRole('button', { name: 'Issue' }).click()
  await expect(maya.getByRole('heading', { name: /^Invoice INV-\d{4}-\d{3}/ })).toBeVisible()
  await expect(maya.getByLabel('Amount in USD')).toHaveValue('2819.88')
  await maya.getByLabel('Amount in USD').fill('819.88')
  await maya.getByRole('button', { name: 'Record payment' }).click()
  await expect(maya.getByLabel('Amount in USD')).toHaveValue('2000.00')
  await maya.getByRole('button', { name: 'Record payment' }).click()
  await expect(maya.getByText('Settled.')).toBeVisible()
})

test('what cannot be read counts as nothing until it is put right', async ({ maya }) => {
  await toInvoices(maya, 'Typed')
  await maya.getByRole('link', { name: 'Draft the first invoice' }).click()
  await fillLine(maya, 1, ['Design', '1', '1.240,50', ''])
  await expect(maya.locator('.whole-sum')).toContainText('$0.00')
  await maya.getByRole('button', { name: 'Save and preview' }).click()
  await expect(maya.getByText('Write it as in 1,240.50.')).toBeVisible()
  await expect(line(maya, 1).getByLabel('Price')).toHaveValue('1.240,50')
  await line(maya, 1).getByLabel('Price').fill('1,240.50')
  await expect(maya.locator('.whole-sum')).toContainText('$1,240.50')
  // Enter saves: no button of a line is what it presses.
  await line(maya, 1).getByLabel('Price').press('Enter')
  await expect(maya.getByRole('heading', { name: 'Draft of an invoice' })).toBeVisible()
})

test('without scripts, lines come and go by the server and the rest works too', async ({
  browser,
}) => {
  const context = await browser.newContext({
    storageState: mayasSession(),
    javaScriptEnabled: false,
  })
  const page = await context.newPage()
  await toInvoices(page, 'Scriptless')
  await page.getByRole('link', { name: 'Draft the first invoice' }).click()
  await expect(page.getByRole('group', { name: /^Line \d$/ })).toHaveCount(3)
  await fillLine(page, 1, ['Design', '2', '1,240.50', '20'])
  await page.getByRole('button', { name: 'Add a line' }).click()
  await expect(page.getByRole('group', { name: /^Line \d$/ })).toHaveCount(4)
  await expect(page.locator('.whole-sum')).toContainText('$2,977.20')
  await fillLine(page, 2, ['A slip', '1', '999', ''])
  await page.getByRole('button', { name: 'Remove line 2' }).click()
  await expect(line(page, 1).getByLabel('Description')).toHaveValue('Design')
  await line(page, 1).getByLabel('Price').press('Enter')
  await expect(page.getByRole('heading', { name: 'Draft of an invoice' })).toBeVisible()
  await page.getByRole('button', { name: 'Issue' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Issue' }).click()
  await expect(page.getByRole('heading', { name: /^Invoice INV-/ })).toBeVisible()
  await page.getByRole('button', { name: 'Record payment' }).click()
  await expect(page.getByText('Settled.')).toBeVisible()
  await context.close()
})
