import { expect, type Page } from '@playwright/test'
import { paths } from '../../../src/paths.ts'
import { demo } from './demo.ts'
import { linkIn, mailTo } from './inbox.ts'

/** From wherever the page shows the sign-in form: ask, read the mail, confirm. */
export async function signInByMail(
  page: Page,
  email: string,
  mailUrl = demo().mailUrl,
): Promise<void> {
  await page.getByLabel('Email').fill(email)
  await page.getByRole('button', { name: 'Send me a link' }).click()
  await expect(page.getByRole('heading', { name: 'Look in your inbox' })).toBeVisible()
  const address = linkIn(await mailTo(email, /^Your sign-in link$/, mailUrl))
  expect(new URL(address).pathname).toBe(paths.confirm)
  await page.goto(address)
  await page.getByRole('button', { name: 'Sign in' }).click()
}
