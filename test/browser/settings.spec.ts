import type { Locator, Page } from '@playwright/test'
import { paths } from '../../src/paths.ts'
import { expectUsableByEverybody } from './support/axe.ts'
import { fillNewPortal, linkRow, openMenu } from './support/forms.ts'
import { png } from './support/images.ts'
import { linkIn, mailTo, type Mail } from './support/inbox.ts'
import { startProduct, type Product } from './support/product.ts'
import { expect, someone, someProject, test } from './support/test.ts'

// What is set shows everywhere, so these have a product of their own.
let product: Product
test.describe.configure({ mode: 'serial' })
test.beforeAll(async () => {
  test.setTimeout(200_000)
  product = await startProduct('--empty')
})
test.afterAll(() => product.stop())

const at = (path: string) => product.demo.url + path
let slug = ''
let state: Awaited<ReturnType<ReturnType<Page['context']>['storageState']>>

const colour = (what: Locator, property: string) =>
  what.evaluate((element, name) => getComputedStyle(element).getPropertyValue(name), property)

/** The image is there, and the browser could draw it. */
async function expectDrawn(image: Locator, width: number) {
  await expect
    .poll(() =>
      image.evaluate((element) => (element instanceof HTMLImageElement ? element.naturalWidth : 0)),
    )
    .toBe(width)
}

/** The mail in the local inbox, as a mail program shows it. */
async function openMail(page: Page, mail: Mail) {
  await page.goto(`${product.demo.mailUrl}/messages/${mail.id}`)
  return page.frameLocator('iframe')
}

async function openPortal(page: Page) {
  const contact = someone('Ines First')
  const project = someProject('Branded')
  await page.goto(at(paths.newPortal(slug)))
  await fillNewPortal(page, { project, client: 'Ines & Co', contact })
  await page.getByRole('button', { name: 'Open portal' }).click()
  await expect(page.getByRole('heading', { name: project })).toBeVisible()
  const address = page.url()
  const mail = await mailTo(contact.email, new RegExp(project), product.demo.mailUrl)
  return { contact, project, address, mail, url: linkIn(mail) }
}

test('an accent and a logo show at once on the client’s page and in the mail', async ({
  page,
  client,
}) => {
  await page.goto(product.demo.signInUrl)
  await page.getByRole('button', { name: 'Sign in' }).click()
  await page.getByLabel('Name of the studio').fill('Żółw & Søn')
  await page.getByLabel('Your name').fill('Maya Ortiz')
  await page.getByRole('button', { name: 'Open it' }).click()
  await expect(page.getByRole('heading', { name: 'Open your first portal' })).toBeVisible()
  slug = new URL(page.url()).pathname.split('/')[2] ?? ''
  state = await page.context().storageState()
  const { contact, address, url } = await openPortal(page)

  await test.step('the product’s own look before', async () => {
    await client.goto(url)
    await expect(client.locator('style')).toHaveCount(0)
    await expect(client.locator('header .mark')).toHaveText('Ż')
  })

  const problems: string[] = []
  for (const one of [page, client]) {
    one.on('console', (message) => {
      // The inbox is another program, which has no icon.
      const ours = message.location().url.startsWith(product.demo.url)
      if (ours && message.type() === 'error') problems.push(message.text())
    })
  }

  await test.step('set in the browser', async () => {
    await page.getByRole('link', { name: 'Settings' }).click()
    await page.getByRole('link', { name: 'Branding' }).click()
    await page.getByLabel('Accent colour', { exact: true }).fill('#8A2BE2')
    await expect(page.getByLabel('Pick: Accent colour')).toHaveValue('#8a2be2')
    await page.getByLabel('Sender name').fill('Maya at Żółw')
    await page.getByLabel('Answers go to').fill('hello@zolw.example')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('status')).toContainText('Saved')
    await page.getByLabel('Choose an image').setInputFiles(png(96, 48, [200, 40, 90]))
    await page.getByRole('button', { name: 'Upload' }).click()
    await expect(page.getByRole('status')).toContainText('Saved')
    await expectDrawn(page.locator('.rail img.logo'), 96)
    await expectDrawn(page.locator('.sample-mail img.logo'), 96)
    const button = page.locator('.sample-mail .sample-button')
    expect(await colour(button, 'background-color')).toBe('rgb(138, 43, 226)')
  })

  await test.step('the client’s page', async () => {
    await client.goto(url)
    await expectDrawn(client.locator('header img.logo'), 96)
    const label = await colour(client.locator('.hero .label'), 'color')
    expect(label).not.toBe('rgb(45, 212, 191)')
    expect(await colour(client.locator(':root'), '--fill')).toBe('#8a2be2')
    // The lamp says that the link is live, in every house.
    expect(await colour(client.locator('header .lamp'), 'color')).toBe('rgb(45, 212, 191)')
  })

  await test.step('the next mail', async () => {
    const next = await openPortal(page)
    const mail = await openMail(client, next.mail)
    await expectDrawn(mail.locator('img'), 96)
    const button = mail.getByRole('link', { name: 'Open the portal' })
    expect(await colour(button, 'background-color')).toBe('rgb(138, 43, 226)')
    await expect(client.getByText('Maya at Żółw')).toBeVisible()
    await expect(client.getByText('hello@zolw.example')).toBeVisible()
  })

  await test.step('changed, and seen at once', async () => {
    await page.goto(at(paths.branding(slug)))
    await page.getByLabel('Pick: Accent colour').fill('#fdf6b2')
    await expect(page.getByLabel('Accent colour', { exact: true })).toHaveValue('#fdf6b2')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('status')).toBeVisible()
    await client.goto(url)
    expect(await colour(client.locator('.hero .label'), 'color')).toBe('rgb(253, 246, 178)')
    await page.getByRole('button', { name: 'Remove the logo' }).click()
    await expect(page.getByRole('status')).toBeVisible()
    await client.goto(url)
    await expect(client.locator('header .mark')).toHaveText('Ż')
    expect(await colour(client.locator('header .mark'), 'background-color')).toBe(
      'rgb(253, 246, 178)',
    )
    await page.goto(address)
    await openMenu(page, contact)
    await linkRow(page, contact).getByRole('button', { name: 'Replace' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Replace' }).click()
    const renewed = await mailTo(contact.email, /^Your new link/, product.demo.mailUrl)
    const mail = await openMail(client, renewed)
    const button = mail.getByRole('link', { name: 'Open the portal' })
    expect(await colour(button, 'background-color')).toBe('rgb(253, 246, 178)')
    await expect(mail.locator('img')).toHaveCount(0)
  })
  expect(problems).toEqual([])
})

test('a pale yellow and a near-black can be used by everybody', async ({ browser, client }) => {
  const context = await browser.newContext({ storageState: state })
  const page = await context.newPage()
  const { url } = await openPortal(page)
  for (const accent of ['#fdf6b2', '#0a0a0a']) {
    await page.goto(at(paths.branding(slug)))
    await page.getByLabel('Accent colour', { exact: true }).fill(accent)
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByRole('status')).toBeVisible()
    await expectUsableByEverybody(page, async () => {
      await page.goto(at(paths.branding(slug)))
    })
    await expectUsableByEverybody(client, async () => {
      await client.goto(url)
    })
    const { mail } = await openPortal(page)
    await expectUsableByEverybody(client, async () => {
      await client.goto('about:blank')
      await client.setContent(mail.html)
    })
  }
  await context.close()
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('everything can be set, and a wrong field says so', async ({ browser, client }) => {
    const context = await browser.newContext({ storageState: state, javaScriptEnabled: false })
    const page = await context.newPage()
    const saved = page.getByRole('status')

    await page.goto(at(paths.settings(slug)))
    await page.getByLabel('Legal name').fill('Żółw i Søn sp. z o.o.')
    await page.getByLabel('Address').fill('ul. Piotrkowska 1\n90-001 Łódź')
    await page.getByLabel('Tax id').fill('PL 123-456-78-90')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(saved).toBeVisible()
    await expect(page.getByLabel('Address')).toHaveValue('ul. Piotrkowska 1\n90-001 Łódź')

    await page.getByRole('link', { name: 'Branding' }).click()
    await expect(page.getByLabel('Pick: Accent colour')).toBeHidden()
    await page.getByLabel('Accent colour', { exact: true }).fill('blue')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.getByText('Give the colour as in #1f64b5')).toBeVisible()
    await expect(page.getByLabel('Accent colour', { exact: true })).toHaveValue('blue')
    await page.getByLabel('Accent colour', { exact: true }).fill('#1f64b5')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(saved).toBeVisible()

    const html = Buffer.from('<!doctype html><script>alert(1)</script>')
    const posing = { name: 'logo.png', mimeType: 'image/png', buffer: html }
    await page.getByLabel('Choose an image').setInputFiles(posing)
    await page.getByRole('button', { name: 'Upload' }).click()
    await expect(page.getByText('This is not a PNG, JPEG or WebP image.')).toBeVisible()
    await page.getByLabel('Choose an image').setInputFiles(png(40, 40, [10, 120, 200]))
    await page.getByRole('button', { name: 'Upload' }).click()
    await expect(saved).toBeVisible()
    await page.getByRole('link', { name: 'Branding' }).click()
    await page.getByLabel('Choose another image').setInputFiles({
      ...posing,
      buffer: Buffer.alloc(1_500_000),
    })
    await page.getByRole('button', { name: 'Upload' }).click()
    await expect(page.getByRole('heading', { name: 'That is too large' })).toBeVisible()

    await page.goto(at(paths.defaults(slug)))
    await page.getByLabel('A new link works for').fill('30')
    await page.getByLabel('Payment terms').fill('21')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(saved).toBeVisible()
    await expect(page.getByLabel('A new link works for')).toHaveValue('30')

    const { url } = await openPortal(page)
    await client.goto(url)
    await expect(client.locator('header img.logo')).toBeVisible()
    await expect(client.getByText('No end date')).toHaveCount(0)
    await context.close()
  })
})
