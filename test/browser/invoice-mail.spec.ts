import { paths } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at } from './support/demo.ts'
import { linkIn, mailTo } from './support/inbox.ts'
import { expect, someone, someProject, test } from './support/test.ts'

/** Of the invoice itself, beside the one where it is paid. */
const itsPage = /https?:\/\/\S+\/invoice\/[0-9a-f]{64}$/m

test('an invoice is mailed as it is issued, and its mail opens it and its PDF, without any script', async ({
  maya,
  browser,
}) => {
  const contact = someone()
  const portal = await api.openPortal(someProject('Mailed'), contact)
  const invoice = await api.draft(portal.id, 'Design', 400_000)
  await maya.goto(at(paths.invoice('northwind', portal.id, invoice)))
  await maya.getByRole('button', { name: 'Issue' }).click()
  await expect(maya.getByLabel('Email it to the client')).toBeChecked()
  await maya.getByRole('dialog').getByRole('button', { name: 'Issue' }).click()

  const mail = await mailTo(contact.email, /^Invoice INV-/)
  await expect
    .poll(async () => {
      await maya.reload()
      return maya.getByRole('region', { name: 'Emails' }).textContent()
    })
    .toMatch(new RegExp(`${contact.email}.*(?:Sent|Delivered)`))

  const context = await browser.newContext({ javaScriptEnabled: false })
  const page = await context.newPage()
  await page.goto(linkIn(mail, itsPage))
  await expect(page.getByRole('heading', { name: /^Invoice INV-/ })).toBeVisible()
  await expect(page.getByText(contact.name)).toHaveCount(0)
  const address = await page.getByRole('link', { name: 'Download PDF' }).getAttribute('href')
  await expect
    .poll(async () => (await page.request.get(at(address ?? ''))).headers()['content-type'])
    .toBe('application/pdf')

  await api.pay(portal.id, invoice, 480_000)
  const receipt = await mailTo(contact.email, /^Receipt for INV-/)
  await page.goto(linkIn(receipt, itsPage))
  await expect(page.getByText('Paid. Thank you.')).toBeVisible()

  // On paper there is the invoice and no button.
  await page.emulateMedia({ media: 'print' })
  await expect(page.getByRole('link', { name: 'Download PDF' })).toBeHidden()
  await expect(page.getByText('Design', { exact: true })).toBeVisible()
  await context.close()
})
