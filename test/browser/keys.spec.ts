import { randomUUID } from 'node:crypto'
import type { Page } from '@playwright/test'
import * as z from 'zod/mini'
import { paths } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at, demo, mayasSession } from './support/demo.ts'
import { mailsTo, mailTo } from './support/inbox.ts'
import { expect, someone, someProject, test } from './support/test.ts'

const keys = paths.keys('northwind')

/** A call as a program outside makes it. */
const call = (key: string, path: string, body?: object, headers: Record<string, string> = {}) =>
  fetch(at(path), {
    method: body ? 'POST' : 'GET',
    headers: {
      authorization: `Bearer ${key}`,
      ...(body ? { 'content-type': 'application/json' } : {}),
      ...headers,
    },
    ...(body ? { body: JSON.stringify(body) } : {}),
  })

const newPortal = (project: string, contact = someone()) => ({
  project,
  client: 'Client of a test',
  currency: 'USD',
  contact,
})

async function makeKey(page: Page, name: string, role: string): Promise<string> {
  await page.goto(at(keys))
  await page.getByRole('link', { name: 'New key' }).click()
  await page.getByLabel('Name').fill(name)
  await page.getByLabel(role).check()
  await page.getByLabel('Last day').fill('2099-12-31')
  await page.getByRole('button', { name: 'Create key' }).click()
  await expect(page.getByRole('heading', { name: `Key for “${name}”` })).toBeVisible()
  return page.getByLabel('Copy it now').inputValue()
}

const row = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

async function revoke(page: Page, name: string): Promise<void> {
  await page.goto(at(keys))
  await row(page, name).getByRole('button', { name: 'Revoke' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Revoke' }).click()
  await expect(row(page, name)).toContainText('Revoked')
}

test('a key made in the browser opens the API until it is revoked there', async ({ maya }) => {
  const name = someProject('CRM')
  const key = await makeKey(maya, name, 'As a member')
  expect(key).toMatch(/^ap_[\w-]{43}$/)
  await maya.getByRole('link', { name: 'I have copied it' }).click()
  await expect(row(maya, name)).toContainText('Member')
  await expect(row(maya, name)).toContainText('Never used')
  await expect(row(maya, name)).toContainText('Last day Dec 31, 2099')

  const made = await call(key, paths.api.portals, newPortal(someProject('By key')))
  expect(made.status).toBe(201)
  expect((await call(key, paths.api.portals)).status).toBe(200)
  await maya.reload()
  await expect(row(maya, name)).not.toContainText('Never used')
  // What a member may not, their key may not.
  const { id, links } = z
    .object({ id: z.string(), links: z.array(z.object({ id: z.string() })) })
    .parse(await made.json())
  const reveal = paths.api.linkAction(id, links[0]?.id ?? '', 'reveal')
  expect((await call(key, reveal, {})).status).toBe(403)

  await revoke(maya, name)
  await expect(row(maya, name).getByRole('button')).toHaveCount(0)
  for (const refused of [
    await call(key, paths.api.portals),
    await call(key, paths.api.portals, newPortal('Never')),
  ]) {
    expect(refused.status).toBe(401)
    expect(refused.headers.get('content-type')).toBe('application/problem+json')
  }
})

test('a key is shown once: loading its page again makes none and shows none', async ({ maya }) => {
  const name = someProject('Reloaded')
  const key = await makeKey(maya, name, 'As an admin')
  await maya.reload()
  await expect(maya.getByRole('heading', { name: `“${name}” was made already` })).toBeVisible()
  expect(await maya.content()).not.toContain(key)
  await maya.getByRole('link', { name: 'Go to the list' }).click()
  await expect(row(maya, name)).toHaveCount(1)
  expect(await maya.content()).not.toContain(key)
})

test('keys are made and revoked without JavaScript', async ({ browser }) => {
  const context = await browser.newContext({
    storageState: mayasSession(),
    javaScriptEnabled: false,
  })
  const page = await context.newPage()
  const name = someProject('Plain')
  const key = await makeKey(page, name, 'As a member')
  expect((await call(key, paths.api.portals)).status).toBe(200)
  await revoke(page, name)
  expect((await call(key, paths.api.portals)).status).toBe(401)
  await context.close()
})

test('the same POST twice with one Idempotency-Key opens one portal', async () => {
  const key = demo().apiKey ?? ''
  const contact = someone()
  const project = someProject('Once')
  const once = { 'idempotency-key': randomUUID() }
  const body = newPortal(project, contact)
  const answer = z.object({
    id: z.string(),
    links: z.array(z.object({ url: z.optional(z.string()) })),
  })

  const first = await call(key, paths.api.portals, body, once)
  const second = await call(key, paths.api.portals, body, once)
  expect([first.status, second.status]).toEqual([201, 201])
  const one = answer.parse(await first.json())
  const two = answer.parse(await second.json())
  expect(two.id).toBe(one.id)
  expect(one.links[0]?.url).toContain('/portal/')
  expect(two.links).toEqual([expect.not.objectContaining({ url: expect.anything() })])
  expect(second.headers.get('idempotent-replayed')).toBe('true')
  const other = await call(key, paths.api.portals, { ...body, client: 'Another' }, once)
  expect(other.status).toBe(409)

  expect((await api.portals()).filter((portal) => portal.project === project)).toHaveLength(1)
  await mailTo(contact.email, new RegExp(project))
  expect(await mailsTo(contact.email)).toHaveLength(1)
})

test('ten at the same time open one portal, too', async () => {
  const project = someProject('Ten')
  const once = { 'idempotency-key': randomUUID() }
  const body = newPortal(project)
  const answers = await Promise.all(
    Array.from({ length: 10 }, () => call(demo().apiKey ?? '', paths.api.portals, body, once)),
  )
  expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201))
  expect((await api.portals()).filter((portal) => portal.project === project)).toHaveLength(1)
})
