import { paths } from '../../src/paths.ts'
import { expectUsableByEverybody } from './support/axe.ts'
import { linkIn, mailTo } from './support/inbox.ts'
import { fillNewPortal } from './support/forms.ts'
import { opens } from './support/links.ts'
import { startProduct, type Product } from './support/product.ts'
import { expect, someone, test } from './support/test.ts'

let product: Product

test.beforeAll(async () => {
  test.setTimeout(200_000)
  product = await startProduct('--empty')
})
test.afterAll(() => product.stop())

test('the first owner of an empty product opens the organisation and a portal', async ({
  page,
  client,
}) => {
  const { demo } = product
  expect(demo).toMatchObject({ apiKey: null, portalUrl: null })
  const contact = someone('Ines First')

  await page.goto(demo.signInUrl)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Open your organisation' })).toBeVisible()
  await expectUsableByEverybody(page, async () => {
    await page.goto(demo.url + paths.dashboard)
  })
  await page.getByLabel('Name of the studio').fill('Żółw & Søn')
  await page.getByLabel('Your name').fill('Maya Ortiz')
  await page.getByLabel('Time zone').selectOption('Pacific/Chatham')
  await page.getByLabel('Usual currency').selectOption('JPY')
  await page.getByRole('button', { name: 'Open it' }).click()

  await expect(page.getByRole('heading', { name: 'Open your first portal' })).toBeVisible()
  expect(new URL(page.url()).pathname).toMatch(/^\/dashboard\/[a-z0-9-]+\/portals$/)
  for (const list of ['Emails', 'Portals']) {
    await page.getByRole('link', { name: list }).first().click()
    await expect(page.getByRole('heading', { name: list, exact: true })).toBeVisible()
    const address = page.url()
    await expectUsableByEverybody(page, async () => {
      await page.goto(address)
    })
  }
  await page.getByRole('link', { name: 'New portal' }).first().click()
  await expect(page.getByLabel('Currency')).toHaveValue('JPY')
  await fillNewPortal(page, { project: 'The very first', client: 'Ines & Co', contact })
  await page.getByRole('button', { name: 'Open portal' }).click()
  await expect(page.getByRole('heading', { name: 'The very first' })).toBeVisible()

  const mail = await mailTo(contact.email, /The very first/, demo.mailUrl)
  await opens(client, linkIn(mail), 'The very first')
  await expect(client.getByText('Żółw & Søn', { exact: true })).toBeVisible()

  // The link that let the owner in is spent.
  await client.goto(demo.signInUrl)
  await client.getByRole('button', { name: 'Sign in' }).click()
  await expect(client.getByText('That link has been used')).toBeVisible()
})
