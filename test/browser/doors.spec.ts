import { paths, withQuery } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at } from './support/demo.ts'
import { signInByMail } from './support/sign-in.ts'
import { expect, someone, someProject, test } from './support/test.ts'

test('the owner of another organisation sees nothing of this one', async ({ page, browser }) => {
  const portal = await api.openPortal(someProject('Not yours'), someone())
  const { id } = portal
  const link = portal.link.id

  // A stranger comes where they wanted to go once they have signed in.
  const wanted = at(paths.emails('fjord-field'))
  await page.goto(wanted)
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
  await signInByMail(page, 'ingrid@fjord.example')
  await expect(page).toHaveURL(wanted)
  await page.getByRole('link', { name: 'Portals' }).click()
  await expect(page.getByRole('row').filter({ hasText: 'Visitor centre' })).toBeVisible()
  await expect(page.getByText('Website relaunch')).toHaveCount(0)

  const foreign = [
    paths.organization('northwind'),
    paths.portals('northwind'),
    paths.newPortal('northwind'),
    paths.emails('northwind'),
    paths.portalOf('northwind', id),
    paths.link('northwind', id, link),
    paths.linkAction('northwind', id, link, 'view'),
    paths.portalOf('fjord-field', id),
    paths.newLink('fjord-field', id),
    paths.link('fjord-field', id, link),
    paths.linkAction('fjord-field', id, link, 'view'),
  ]
  for (const path of foreign) {
    await test.step(path, async () => {
      const answer = await page.goto(at(path))
      expect(answer?.status()).toBe(404)
      await expect(page.getByRole('heading', { name: 'Not found' })).toBeVisible()
      expect(await page.content()).not.toContain(portal.project)
    })
  }

  await test.step('signing out ends the session, wherever its cookie was kept', async () => {
    const kept = await browser.newContext({ storageState: await page.context().storageState() })
    const elsewhere = await kept.newPage()
    await elsewhere.goto(wanted)
    await expect(elsewhere.getByRole('heading', { name: 'Emails' })).toBeVisible()
    await page.goto(wanted)
    await page.getByRole('button', { name: 'Sign out' }).click()
    for (const out of [page, elsewhere]) {
      await out.goto(wanted)
      await expect(out.getByRole('heading', { name: 'Sign in' })).toBeVisible()
    }
    await kept.close()
  })
})

test('a stranger is sent to sign-in from every page of the dashboard', async ({ page }) => {
  const inside = [
    paths.dashboard,
    paths.portals('northwind'),
    paths.newPortal('northwind'),
    paths.emails('northwind'),
    paths.portals('no-such-organisation'),
  ]
  for (const path of inside) {
    await page.goto(at(path))
    await expect(page).toHaveURL(at(withQuery(paths.signIn, { next: path })))
  }
})
