import type { Page } from '@playwright/test'
import * as z from 'zod/mini'
import { paths } from '../../src/paths.ts'
import { api, call } from './support/api.ts'
import { at } from './support/demo.ts'
import { expect, test } from './support/test.ts'

const url = z.object({ url: z.url() })

/** A portal of the demo that has files, and the address that opens it for its first contact. */
async function withFiles() {
  const portal = (await api.portals()).find(({ project }) => project === 'Brand identity')
  if (!portal) throw new Error('The demo has no such portal.')
  const link = (await api.links(portal.id)).find(({ contact }) => contact.name === 'Priya Raman')
  const revealed = await call('POST', paths.api.linkAction(portal.id, link?.id ?? '', 'reveal'))
  return { portal, address: url.parse(revealed).url, list: at(paths.files('northwind', portal.id)) }
}

const panel = (page: Page) => page.locator('#files')
const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

/** The client's list and page of one file, and the team's delete and its way back. */
async function walk(maya: Page, client: Page, name: string): Promise<void> {
  const { address, list } = await withFiles()

  await test.step('the client sees the file, where it lies, and its own page', async () => {
    await client.goto(address)
    await expect(panel(client).getByRole('link', { name })).toBeVisible()
    await expect(panel(client).getByLabel('Choose files')).toBeVisible()
    await panel(client).getByRole('link', { name: 'All files' }).click()
    await expect(client.getByRole('heading', { level: 1, name: 'Files' })).toBeVisible()
    await client.getByRole('navigation', { name: 'Folders' }).getByText('Marks').click()
    await expect(client.getByText('annual report')).toBeHidden()
    await client.getByRole('link', { name }).click()
    await expect(client.getByRole('heading', { level: 1, name })).toBeVisible()
    await expect(client.getByRole('img', { name })).toHaveAttribute('src', /\/preview$/)
    await expect(client.getByText('v1, the newest')).toBeVisible()
  })
  const page = client.url()

  await test.step('the team deletes it', async () => {
    await maya.goto(`${list}?folder=Marks`)
    await row(maya, name).getByRole('button', { name: 'Delete' }).click()
    await expect(maya.getByRole('status').filter({ hasText: `${name} is deleted` })).toBeVisible()
    await expect(row(maya, name)).toHaveCount(0)
    expect((await client.goto(page))?.status()).toBe(404)
    await client.goto(address)
    await expect(panel(client).getByRole('link', { name })).toHaveCount(0)
  })

  await test.step('and takes that back at once', async () => {
    await maya.getByRole('button', { name: 'Undo' }).click()
    await expect(row(maya, name)).toBeVisible()
    await expect(
      maya.getByRole('navigation', { name: 'Folders' }).getByRole('link', { name: 'Marks' }),
    ).toHaveAttribute('aria-current', 'true')
    expect((await client.goto(page))?.status()).toBe(200)
  })

  await test.step('or later, from what is deleted', async () => {
    await row(maya, name).getByRole('link', { name, exact: true }).click()
    await expect(maya.getByRole('img', { name })).toHaveAttribute('src', /\/preview$/)
    await maya.getByRole('button', { name: 'Delete' }).click()
    await maya.getByRole('link', { name: 'Deleted files' }).click()
    await row(maya, name).getByRole('button', { name: 'Restore' }).click()
    await expect(row(maya, name)).toHaveCount(0)
    await maya.getByRole('link', { name: 'Back to the files' }).click()
    await expect(row(maya, name)).toBeVisible()
  })
}

test('both sides see the files, and what is deleted comes back', async ({ maya, client }) => {
  await walk(maya, client, 'meridian-mark-a.png')
})

test('a member who looks on gets to files by the team’s own addresses', async ({ maya }) => {
  const { portal } = await withFiles()
  const [link] = await api.links(portal.id)
  await maya.goto(at(paths.linkAction('northwind', portal.id, link?.id ?? '', 'view')))
  await expect(panel(maya).locator('form')).toHaveCount(0)
  await panel(maya).getByRole('link', { name: 'annual report' }).click()
  await expect(
    maya.getByRole('heading', { name: 'annual report (for the tone).pdf' }),
  ).toBeVisible()
  expect(new URL(maya.url()).pathname).toContain('/dashboard/northwind/')
})

test.describe('without JavaScript', () => {
  test('all of it works as well', async ({ browser, maya }) => {
    const storageState = await maya.context().storageState()
    const team = await browser.newContext({ storageState, javaScriptEnabled: false })
    const reader = await browser.newContext({ javaScriptEnabled: false })
    await walk(await team.newPage(), await reader.newPage(), 'meridian-mark-b.png')
    await team.close()
    await reader.close()
  })
})
