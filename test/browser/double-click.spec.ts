import { paths } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at, mayasSession } from './support/demo.ts'
import { fillNewPortal } from './support/forms.ts'
import { mailsTo, mailTo } from './support/inbox.ts'
import { expect, someone, someProject, test } from './support/test.ts'

for (const javaScriptEnabled of [true, false]) {
  const where = javaScriptEnabled ? 'with' : 'without'
  test(`a double click opens one portal and sends one mail, ${where} JavaScript`, async ({
    browser,
  }) => {
    const contact = someone()
    const project = someProject('Twice')
    const context = await browser.newContext({ javaScriptEnabled, storageState: mayasSession() })
    const page = await context.newPage()
    await page.goto(at(paths.newPortal('northwind')))
    await fillNewPortal(page, { project, client: 'Twice Ltd', contact })
    await page.getByRole('button', { name: 'Open portal' }).dblclick()
    await expect(page.getByRole('heading', { name: project })).toBeVisible()
    await expect(page.getByRole('listitem').filter({ hasText: contact.email })).toHaveCount(1)
    await context.close()

    const made = (await api.portals()).filter((portal) => portal.project === project)
    expect(made).toHaveLength(1)
    await mailTo(contact.email, new RegExp(project))
    await expect
      .poll(async () => (await api.emailsTo(contact.email)).map(({ status }) => status))
      .toEqual(['delivered'])
    expect(await mailsTo(contact.email)).toHaveLength(1)
  })
}
