import { paths } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at, demo, mayasSession } from './support/demo.ts'
import { linkRow, openMenu } from './support/forms.ts'
import { opens, portalPage } from './support/links.ts'
import { expect, someone, someProject, test } from './support/test.ts'

test('the team sees what the client does, and the client nothing of the team’s own', async ({
  maya,
  client,
}) => {
  const jane = someone('Jane Activity')
  const project = someProject('Watched')
  const { url, ...portal } = await api.openPortal(project, jane)
  const log = maya.getByRole('list')
  const entries = log.getByRole('listitem')

  await test.step('the client comes', async () => {
    const reported = client.waitForResponse((answer) => answer.url().includes('/seen'))
    await opens(client, url, project)
    await reported
    await expect(client.getByText('Since', { exact: false })).toHaveCount(0)
  })

  await test.step('and stands in the portal’s log', async () => {
    await maya.goto(portalPage(portal))
    const card = maya.locator('section', {
      has: maya.getByRole('heading', { name: 'Activity', exact: true }),
    })
    await expect(card.getByText(`${jane.name} opened the portal`)).toBeVisible()
    await card.getByRole('link', { name: 'All activity' }).click()
    await expect(maya.getByRole('heading', { name: 'Today' })).toBeVisible()
    await expect(entries.filter({ hasText: `${jane.name} opened the portal` })).toHaveCount(1)
    await expect(entries.filter({ hasText: 'The key Demo key opened the portal' })).toHaveCount(1)
  })

  await test.step('what the client writes is there too', async () => {
    await client.getByLabel('Write a message').fill('Good morning')
    await client.getByRole('button', { name: 'Send' }).click()
    await expect(client.getByText('Good morning')).toBeVisible()
    await maya.reload()
    await expect(entries.filter({ hasText: `${jane.name} wrote a message` })).toHaveCount(1)
  })

  await test.step('what the team does with links stays with the team', async () => {
    await maya.goto(portalPage(portal))
    await openMenu(maya, jane)
    await linkRow(maya, jane).getByRole('button', { name: 'Pause' }).click()
    await openMenu(maya, jane)
    await linkRow(maya, jane).getByRole('button', { name: 'Resume' }).click()
    await maya.goto(at(paths.portalActivity('northwind', portal.id)))
    await expect(entries.filter({ hasText: `paused the link of ${jane.name}` })).toHaveCount(1)
    await opens(client, url, project)
    const shown = await client.locator('body').innerText()
    for (const words of [
      'paused',
      'resumed',
      'opened the portal',
      'Demo key',
      'Maya Ortiz paused',
    ]) {
      expect(shown).not.toContain(words)
    }
  })

  await test.step('a name leads to all that one person did', async () => {
    await entries
      .filter({ hasText: 'opened the portal' })
      .getByRole('link', { name: jane.name })
      .click()
    await expect(entries).toHaveCount(2)
    await maya.getByRole('link', { name: /^Everybody/ }).click()
    await expect(entries.nth(3)).toBeVisible()
  })
})

test('the organisation’s activity is narrowed without a script', async ({ browser }) => {
  const project = someProject('Narrowed')
  const portal = await api.openPortal(project, someone('Nora Plain'))
  const context = await browser.newContext({
    storageState: mayasSession(),
    javaScriptEnabled: false,
  })
  const page = await context.newPage()
  await page.goto(at(paths.activity('northwind')))
  const entries = page.locator('.log').getByRole('listitem')
  await expect(entries).toHaveCount(50)

  await page.getByRole('combobox', { name: 'Where' }).selectOption(project)
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(entries).toHaveCount(1)
  await expect(entries).toContainText(project)
  await expect(page.getByRole('combobox', { name: 'Where' })).toHaveValue(portal.id)

  await page.getByRole('combobox', { name: 'What' }).selectOption('Messages')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page.getByRole('heading', { name: 'Nothing like that' })).toBeVisible()
  await page.getByRole('link', { name: 'Show everything' }).click()

  await page.getByRole('combobox', { name: 'Who' }).selectOption('Tom Reed')
  await page.getByRole('combobox', { name: 'What' }).selectOption('Access links')
  await page.getByRole('button', { name: 'Show' }).click()
  await expect(page).toHaveURL(/topic=links/)
  const texts = await entries.allInnerTexts()
  expect(texts.length).toBeGreaterThan(2)
  for (const text of texts)
    expect(text).toMatch(/Tom Reed (?:invited|paused|replaced|sent|looked|changed)/)

  await page.getByRole('link', { name: 'Clear' }).click()
  await expect(page).toHaveURL(at(paths.activity('northwind')))
  const oldestShown = await entries.last().innerText()
  await page.getByRole('link', { name: 'Earlier' }).click()
  await expect(page).toHaveURL(/cursor=/)
  // Others work in the meantime: the page before may have gained rows, this one has not.
  expect(await entries.allInnerTexts()).not.toContain(oldestShown)
  await page.getByRole('link', { name: 'Newest' }).click()
  await expect(page).toHaveURL(at(paths.activity('northwind')))
  await context.close()
})

test('a second visit shows what is new, and a reload goes on showing it', async ({ client }) => {
  // Jane of the demo was last here three hours before it began.
  await client.goto(demo().portalUrl ?? '')
  const since = client.getByRole('list', { name: 'Since you were last here' })
  await expect(since.getByRole('link', { name: /messages?$/ })).toHaveAttribute('href', '#messages')
  const words = await since.innerText()
  expect(words).toMatch(/^since/i)
  await client.reload()
  expect(await since.innerText()).toBe(words)
  await client.getByRole('link', { name: 'Message the team' }).click()
  await expect(client).toHaveURL(/#messages$/)
})
