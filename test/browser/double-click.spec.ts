import type { Page } from '@playwright/test'
import { paths } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at } from './support/demo.ts'
import { fillNewPortal, linkRow } from './support/forms.ts'
import { mailsTo, mailTo } from './support/inbox.ts'
import { expect, someone, someProject, test } from './support/test.ts'

async function fill(page: Page) {
  const contact = someone()
  const project = someProject('Twice')
  await page.goto(at(paths.newPortal('northwind')))
  await fillNewPortal(page, { project, client: 'Twice Ltd', contact })
  return { contact, project }
}

async function expectOnePortalAndOneMail(page: Page, made: Awaited<ReturnType<typeof fill>>) {
  const { contact, project } = made
  await expect(page.getByRole('heading', { name: project })).toBeVisible()
  await expect(linkRow(page, contact)).toHaveCount(1)
  const portals = (await api.portals()).filter((portal) => portal.project === project)
  expect(portals).toHaveLength(1)
  await mailTo(contact.email, new RegExp(project))
  await expect
    .poll(async () => (await api.emailsTo(contact.email)).map(({ status }) => status))
    .toEqual(['delivered'])
  expect(await mailsTo(contact.email)).toHaveLength(1)
}

test('a double click opens one portal and sends one mail', async ({ maya }) => {
  const made = await fill(maya)
  const posts: string[] = []
  maya.on('request', (request) => {
    if (request.method() === 'POST') posts.push(request.url())
  })
  await maya.getByRole('button', { name: 'Open portal' }).dblclick()
  await expectOnePortalAndOneMail(maya, made)
  expect(posts).toEqual([at(paths.portals('northwind'))])
})

test('so does a form that arrives twice at the same time', async ({ maya }) => {
  const made = await fill(maya)
  const answers: number[] = []
  await maya.route(at(paths.portals('northwind')), async (route) => {
    if (route.request().method() !== 'POST') return route.continue()
    const send = () => route.fetch({ maxRedirects: 0 })
    const [first, second] = await Promise.all([send(), send()])
    answers.push(first.status(), second.status())
    return route.fulfill({ response: second })
  })
  await maya.getByRole('button', { name: 'Open portal' }).click()
  await expectOnePortalAndOneMail(maya, made)
  expect(answers).toEqual([303, 303])
})
