import { expect, type Page } from '@playwright/test'
import { paths } from '../../../src/paths.ts'
import { at } from './demo.ts'

export const portalPage = ({ id }: { id: string }): string => at(paths.portalOf('northwind', id))

/** The address opens the client's page of this project. */
export async function opens(page: Page, url: string, project: string): Promise<void> {
  const answer = await page.goto(url)
  expect(answer?.status()).toBe(200)
  await expect(page.getByRole('heading', { level: 1, name: project })).toBeVisible()
}

/** The address opens nothing but the page for dead links. */
export async function dead(page: Page, url: string): Promise<void> {
  const answer = await page.goto(url)
  expect(answer?.status()).toBe(404)
  await expect(page.getByRole('heading', { name: 'This link no longer works' })).toBeVisible()
}
