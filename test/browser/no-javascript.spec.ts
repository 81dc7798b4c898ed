import { paths } from '../../src/paths.ts'
import { at } from './support/demo.ts'
import { fillNewPortal, linkRow, openMenu } from './support/forms.ts'
import { linkIn, mailTo } from './support/inbox.ts'
import { dead, opens } from './support/links.ts'
import { signInByMail } from './support/sign-in.ts'
import { expect, someone, someProject, test } from './support/test.ts'

test.use({ javaScriptEnabled: false })

test('everything works without JavaScript', async ({ page, client }) => {
  const first = someone('Nora Script')
  const second = someone('Olaf Later')
  const project = someProject('Plain forms')

  await test.step('sign in', async () => {
    await page.goto(at(paths.signIn))
    await signInByMail(page, 'tom@northwind.example')
    await expect(page.getByRole('heading', { name: 'Portals' })).toBeVisible()
  })

  await test.step('create a portal', async () => {
    await page.getByRole('link', { name: 'New portal' }).click()
    await fillNewPortal(page, { project, client: 'No Script Ltd', contact: first })
    await page.getByRole('button', { name: 'Open portal' }).click()
    await expect(page.getByRole('heading', { name: project })).toBeVisible()
  })
  const address = linkIn(await mailTo(first.email, new RegExp(project)))
  await opens(client, address, project)

  await test.step('pause and resume', async () => {
    await openMenu(page, first)
    await linkRow(page, first).getByRole('button', { name: 'Pause' }).click()
    await expect(linkRow(page, first).getByText('Paused', { exact: true })).toBeVisible()
    await dead(client, address)
    await openMenu(page, first)
    await linkRow(page, first).getByRole('button', { name: 'Resume' }).click()
    await opens(client, address, project)
  })

  await test.step('invite', async () => {
    await page.getByRole('link', { name: 'Invite contact' }).click()
    await page.getByLabel('Name').fill(second.name)
    await page.getByLabel('Email', { exact: true }).fill(second.email)
    await page.getByLabel('Email the link now').uncheck()
    await page.getByRole('button', { name: 'Create link' }).click()
    await expect(linkRow(page, second)).toContainText('never opened')
  })

  const former = await test.step('reveal', async () => {
    await linkRow(page, second).getByRole('button', { name: 'Copy link' }).click()
    const revealed = await page.getByLabel('Whoever has this address').inputValue()
    await expect(page.getByRole('button', { name: 'Copy' })).toBeHidden()
    await page.getByRole('link', { name: 'Back to the portal' }).click()
    await opens(client, revealed, project)
    return revealed
  })

  await test.step('replace by the dialog, and ask from the dead link', async () => {
    await openMenu(page, second)
    await linkRow(page, second).getByRole('button', { name: 'Replace' }).click()
    const dialog = page.getByRole('dialog')
    await dialog.getByLabel('Email the new link').uncheck()
    await dialog.getByRole('button', { name: 'Replace' }).click()
    const current = await page.getByLabel('Whoever has this address').inputValue()

    await dead(client, former)
    await client.getByRole('button', { name: 'Ask for a new link' }).click()
    await expect(client.getByRole('status')).toBeVisible()
    const mailed = linkIn(await mailTo(second.email, /^Your new link/))
    expect(mailed).toBe(current)
    await opens(client, mailed, project)
  })

  await page.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})
