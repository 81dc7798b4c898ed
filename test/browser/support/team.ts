import { request, type Page } from '@playwright/test'
import { paths } from '../../../src/paths.ts'
import { at, demo, mayasSession, type Session } from './demo.ts'
import { linkIn, mailsTo, mailTo } from './inbox.ts'

/** Fills and sends the form of the members' page. */
export async function invite(page: Page, email: string, role: string): Promise<void> {
  await page.getByLabel('Email', { exact: true }).fill(email)
  await page.getByLabel('Role', { exact: true }).first().selectOption({ label: role })
  await page.getByRole('button', { name: 'Send invitation' }).click()
}

/** The row of a member. */
export const memberRow = (page: Page, email: string) =>
  page.getByRole('row').filter({ hasText: email })

/** Opens the "More" menu of a member. */
export async function openMember(page: Page, email: string): Promise<void> {
  await memberRow(page, email).getByText('More', { exact: true }).click()
}

/** Opens the menu behind the organisation's name. */
export async function openSwitch(page: Page): Promise<void> {
  await page.getByRole('navigation', { name: 'Main' }).locator('summary').click()
}

async function post(
  path: string,
  form: Record<string, string>,
  storageState?: Session,
): Promise<Session> {
  const { url } = demo()
  const context = await request.newContext({
    extraHTTPHeaders: { origin: url },
    ...(storageState ? { storageState } : {}),
  })
  try {
    const answer = await context.post(url + path, { form })
    if (!answer.ok()) throw new Error(`POST ${path} was answered with ${answer.status()}.`)
    return await context.storageState()
  } finally {
    await context.dispose()
  }
}

/** The address of an invitation into Northwind Studio, as its mail has it; one mail however often it is asked for. */
export async function invited(email: string, role = 'member'): Promise<string> {
  if ((await mailsTo(email)).length === 0)
    await post(paths.invitations('northwind'), { email, role }, mayasSession())
  return linkIn(await mailTo(email, /invites you to Northwind Studio/))
}

const joined = new Map<string, Promise<Session>>()

/** Somebody new in Northwind Studio, signed in as joining leaves them. */
export function newcomer(email: string): Promise<Session> {
  let found = joined.get(email)
  if (!found) joined.set(email, (found = join(email)))
  return found
}

async function join(email: string): Promise<Session> {
  return post(new URL(await invited(email)).pathname, { name: 'Newly Come' })
}

/** Sends a form that no page of theirs offers, as somebody who makes it by hand would. */
export async function forge(
  page: Page,
  path: string,
  form: Record<string, string> = {},
): Promise<number> {
  const answer = await page.request.post(at(path), {
    form,
    headers: { origin: demo().url },
    maxRedirects: 0,
  })
  return answer.status()
}
