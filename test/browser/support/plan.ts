import type { Page } from '@playwright/test'
import * as z from 'zod/mini'
import { paths } from '../../../src/paths.ts'
import { api, call } from './api.ts'
import { at } from './demo.ts'
import { expect, someone, someProject } from './test.ts'

const milestone = z.object({
  id: z.string(),
  title: z.string(),
  progress: z.number(),
  version: z.number(),
  dueOn: z.nullable(z.string()),
  approval: z.nullable(
    z.object({ state: z.string(), by: z.string(), note: z.nullable(z.string()) }),
  ),
})

const list = z.object({ items: z.array(milestone) })

export async function planOf(portalId: string) {
  return list.parse(await call('GET', paths.api.milestones(portalId))).items
}

export const titlesOf = async (portalId: string): Promise<string[]> =>
  (await planOf(portalId)).map(({ title }) => title)

/** A portal of a contact's own with these milestones. */
export async function plannedPortal(titles: readonly string[], progress = 0) {
  const contact = someone('Jane Cooper')
  const portal = await api.openPortal(someProject('Plan'), contact)
  for (const title of titles)
    await call('POST', paths.api.milestones(portal.id), { title, progress })
  return { ...portal, contact, page: at(paths.milestones('northwind', portal.id)) }
}

export const askForApproval = (portalId: string, id: string): Promise<unknown> =>
  call('POST', paths.api.requestApproval(portalId, id))

export const row = (page: Page, title: string) =>
  page.locator('.milestones > li').filter({ has: page.getByText(title, { exact: true }) })

export const slider = (page: Page, title: string) =>
  page.getByRole('slider', { name: title, exact: true })

export const said = (page: Page, title: string) => row(page, title).getByRole('status')

/** The server has this progress of the first milestone. */
export async function expectSaved(portalId: string, progress: number): Promise<void> {
  await expect.poll(async () => (await planOf(portalId))[0]?.progress).toBe(progress)
}
