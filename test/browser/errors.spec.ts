import { paths, withQuery } from '../../src/paths.ts'
import { at, demo } from './support/demo.ts'
import { expect, test } from './support/test.ts'

const noPortal = paths.portalOf('northwind', '00000000-0000-7000-8000-000000000000')

test('a member who gets lost stays inside, and goes back to where they were', async ({ maya }) => {
  const emails = at(paths.emails('northwind'))
  const answer = await maya.goto(at(noPortal), { referer: emails })
  expect(answer?.status()).toBe(404)
  expect(answer?.headers()['x-request-id']).toBeTruthy()
  await expect(maya.getByRole('heading', { name: 'Not found' })).toBeVisible()
  await expect(maya.getByText('Error 404')).toBeVisible()
  await expect(maya.getByRole('navigation', { name: 'Main' })).toContainText('Northwind Studio')
  await maya.getByRole('link', { name: 'Back to where you were' }).click()
  await expect(maya).toHaveURL(emails)
})

test('a client who gets lost is led back to their portal, and nowhere else', async ({ client }) => {
  const answer = await client.goto(`${demo().portalUrl}/nowhere`)
  expect(answer?.status()).toBe(404)
  await expect(client.getByRole('heading', { name: 'Nothing is here' })).toBeVisible()
  await expect(client.getByText('Client portal · 404')).toBeVisible()
  await expect(client.getByRole('link')).toHaveCount(1)
  await client.getByRole('link', { name: 'Back to your portal' }).click()
  await expect(client.getByRole('heading', { level: 1, name: 'Website relaunch' })).toBeVisible()
})

test('a stranger who gets lost may sign in, and a client is told how theirs opens', async ({
  page,
}) => {
  const answer = await page.goto(at('/nowhere'))
  expect(answer?.status()).toBe(404)
  await expect(page.getByText('Are you a client?')).toBeVisible()
  await page.getByRole('link', { name: 'Sign in' }).click()
  await expect(page.getByRole('heading', { name: 'Sign in' })).toBeVisible()
})

test('a link at another name of the machine leads on to the right one', async ({ client }) => {
  const right = String(demo().portalUrl)
  const answer = await client.goto(right.replace('127.0.0.1', 'localhost'))
  expect(answer?.status()).toBe(421)
  await expect(client.getByRole('heading', { name: 'Not quite the right address' })).toBeVisible()
  await client.getByRole('link').click()
  await expect(client).toHaveURL(right)
  await expect(client.getByRole('heading', { level: 1, name: 'Website relaunch' })).toBeVisible()

  const { host } = new URL(demo().url)
  await client.goto(at(paths.signIn).replace('127.0.0.1', 'localhost'))
  await client.getByRole('link', { name: `Go to ${host}` }).click()
  await expect(client).toHaveURL(at(paths.signIn))
})

test('whoever was signed out meanwhile comes back to the form they sent', async ({ maya }) => {
  await maya.goto(at(paths.newPortal('northwind')))
  await maya.context().clearCookies()
  await maya.locator('form.card').evaluate((element) => element.setAttribute('novalidate', ''))
  const answered = maya.waitForResponse((response) => response.request().method() === 'POST')
  await maya.getByRole('button', { name: 'Open portal' }).click()
  expect((await answered).status()).toBe(403)
  await expect(maya.getByRole('heading', { name: 'Sign in first' })).toBeVisible()
  await expect(maya.getByText('Nothing was changed')).toBeVisible()
  await maya.getByRole('link', { name: 'Sign in' }).click()
  await expect(maya).toHaveURL(at(withQuery(paths.signIn, { next: paths.newPortal('northwind') })))
})

test('a form that is not right comes back with what was typed', async ({ maya }) => {
  await maya.goto(at(paths.newPortal('northwind')))
  await maya.locator('form.card').evaluate((element) => element.setAttribute('novalidate', ''))
  await maya.getByLabel('Project').fill('Typed with care')
  const answered = maya.waitForResponse((response) => response.request().method() === 'POST')
  await maya.getByRole('button', { name: 'Open portal' }).click()
  expect((await answered).status()).toBe(422)
  await expect(maya.getByRole('alert')).toBeVisible()
  await expect(maya.getByLabel('Project')).toHaveValue('Typed with care')
})

test('what is too large is refused in words', async ({ maya }) => {
  await maya.goto(at(paths.newPortal('northwind')))
  await maya.locator('form.card').evaluate((form) => {
    form.setAttribute('novalidate', '')
    const field = document.createElement('textarea')
    field.name = 'much'
    field.hidden = true
    field.value = 'x'.repeat(1_100_000)
    form.append(field)
  })
  const answered = maya.waitForResponse((response) => response.request().method() === 'POST')
  await maya.getByRole('button', { name: 'Open portal' }).click()
  expect((await answered).status()).toBe(413)
  await expect(maya.getByRole('heading', { name: 'That is too large' })).toBeVisible()
})

test('a dead link says so on the client’s side', async ({ client }) => {
  const answer = await client.goto(at(paths.portal('0'.repeat(64))))
  expect(answer?.status()).toBe(404)
  await expect(client.getByText('Client portal · 404')).toBeVisible()
})
