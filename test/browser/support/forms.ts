import type { Page } from '@playwright/test'
import type { Contact } from './api.ts'

/** Fills "New portal", wherever it is shown; sending it is the test's. */
export async function fillNewPortal(
  page: Page,
  { project, client, contact }: { project: string; client: string; contact: Contact },
): Promise<void> {
  await page.getByLabel('Project').fill(project)
  await page.getByLabel('Client', { exact: true }).fill(client)
  await page.getByLabel('Name', { exact: true }).fill(contact.name)
  await page.getByLabel('Email', { exact: true }).fill(contact.email)
}

/** The row of one contact under "Access links". */
export const linkRow = (page: Page, { email }: Contact) =>
  page.getByRole('listitem').filter({ hasText: email })

/** Opens the "More" menu in the row of a contact. */
export async function openMenu(page: Page, contact: Contact): Promise<void> {
  await linkRow(page, contact).getByText('More', { exact: true }).click()
}

/** Opens the "More" menu of the portal whose page is shown. */
export const openPortalMenu = (page: Page) =>
  page.locator('.top').getByText('More', { exact: true }).click()
