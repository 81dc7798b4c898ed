import type { Page } from '@playwright/test'
import { paths, withQuery } from '../../src/paths.ts'
import { api } from './support/api.ts'
import { at, demo } from './support/demo.ts'
import { mailsTo, type Mail } from './support/inbox.ts'
import { opens } from './support/links.ts'
import { expect, someone, someProject, test } from './support/test.ts'

/** Long enough for a page that asks every ten seconds. */
const SOON = { timeout: 20_000 }

const log = (page: Page) => page.getByRole('log', { name: 'Messages' })
const field = (page: Page) => page.getByRole('textbox', { name: /^Write/ })
const send = (page: Page) => page.getByRole('button', { name: 'Send', exact: true })

async function say(page: Page, words: string): Promise<void> {
  await field(page).fill(words)
  await send(page).click()
  await expect(log(page).getByText(words.split('\n')[0] ?? '')).toBeVisible()
  await expect(field(page)).toHaveValue('')
}

const threadPage = (portal: { id: string }) => at(paths.messages('northwind', portal.id))

/** The cron, so many minutes from now. */
async function cron(ahead: number): Promise<void> {
  const now = new Date(Date.now() + ahead * 60_000).toISOString()
  const ran = await fetch(demo().cronUrl, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ now }),
  })
  expect(ran.ok).toBe(true)
}

async function newsTo(address: string): Promise<Mail[]> {
  return (await mailsTo(address)).filter(({ subject }) => !subject.startsWith('Your portal'))
}

/** Whether the page was loaded anew since it was marked. */
const mark = (page: Page) => page.evaluate(() => void (document.body.dataset['mark'] = 'here'))
const marked = (page: Page) => page.evaluate(() => document.body.dataset['mark'] === 'here')

test('both sides write at once, and see each other without a reload', async ({ maya, client }) => {
  const contact = someone('Jo Client')
  const portal = await api.openPortal(someProject('Both sides'), contact)
  await opens(client, portal.url, portal.project)
  await maya.goto(threadPage(portal))
  await mark(client)
  await mark(maya)

  await say(client, 'One question on the allergens table.')
  await expect(log(maya).getByText('One question on the allergens table.')).toBeVisible(SOON)
  await expect(log(maya).getByRole('article')).toContainText(['Jo Client'])
  // Seen on one side is said on the other.
  await expect(client.getByText(/Seen by Maya Ortiz \d/)).toBeVisible(SOON)

  await field(client).fill('I am still writing thi')
  await say(maya, 'Ask away.\nhttps://example.com/menu?x=1')
  await expect(log(client).getByText('Ask away.')).toBeVisible(SOON)
  await expect(
    log(client).getByRole('link', { name: 'https://example.com/menu?x=1' }),
  ).toHaveAttribute('href', 'https://example.com/menu?x=1')
  await expect(field(client)).toHaveValue('I am still writing thi')
  await expect(field(client)).toBeFocused()
  await expect(maya.getByText(/Seen by Jo Client \d/)).toBeVisible(SOON)
  expect(await marked(client)).toBe(true)
  expect(await marked(maya)).toBe(true)
  await expect(log(maya).getByRole('article')).toHaveCount(2)
})

test('who is away gets one mail, and can end such mails with one click', async ({
  maya,
  client,
}) => {
  const contact = someone('Ana Away')
  const portal = await api.openPortal(someProject('Away'), contact)
  await maya.goto(threadPage(portal))
  await say(maya, 'First words for somebody who is away.')
  await say(maya, 'Second words for somebody who is away.')
  await cron(1)
  expect(await newsTo(contact.email)).toEqual([])
  await cron(6)
  await expect.poll(async () => (await newsTo(contact.email)).length).toBe(1)
  const [mail] = await newsTo(contact.email)
  expect(mail?.subject).toBe(`${portal.project}: new messages`)
  for (const words of ['First words', 'Second words']) expect(mail?.text).toContain(words)

  await client.setContent(mail?.html ?? '')
  const read = await client.getByRole('link', { name: 'Read and answer' }).getAttribute('href')
  const stop = await client
    .getByRole('link', { name: 'No more emails with news' })
    .getAttribute('href')
  await opens(client, read ?? '', portal.project)
  await expect(log(client).getByText('Second words')).toBeVisible()

  await client.goto(stop ?? '')
  await client.getByRole('button', { name: 'Stop these emails' }).click()
  await expect(client.getByRole('status')).toContainText('no more emails with news')
  await say(maya, 'Third words.')
  await cron(12)
  await cron(13)
  expect(await newsTo(contact.email)).toHaveLength(1)

  await client.goto(portal.url)
  await client.getByRole('button', { name: 'Turn them on again' }).click()
  await expect(client.getByText('You get no emails with news')).toHaveCount(0)
})

test('the inbox gathers what nobody has seen, until somebody looks', async ({ maya, client }) => {
  const portal = await api.openPortal(someProject('Inbox'), someone('Ivo Writer'))
  await opens(client, portal.url, portal.project)
  await say(client, 'Is anybody there?')
  await maya.goto(at(withQuery(paths.inbox('northwind'), { unread: '1' })))
  const row = maya.getByRole('row').filter({ hasText: portal.project })
  await expect(row).toContainText('Is anybody there?')
  await expect(row).toContainText('1 unread')
  await maya.goto(at(paths.portals('northwind')))
  await expect(maya.getByRole('row').filter({ hasText: portal.project })).toContainText('1 unread')

  await maya.goto(threadPage(portal))
  await expect(maya.getByRole('link', { name: /^Messages/ })).not.toContainText('unread', SOON)
  await maya.goto(at(withQuery(paths.inbox('northwind'), { unread: '1' })))
  await expect(maya.getByRole('row').filter({ hasText: portal.project })).toHaveCount(0)
})

test('a draft survives a reload, on both sides, and is gone once it was sent', async ({
  maya,
  client,
}) => {
  const portal = await api.openPortal(someProject('Drafts'), someone('Dora Draft'))
  await opens(client, portal.url, portal.project)
  await maya.goto(threadPage(portal))
  for (const page of [client, maya]) {
    await field(page).fill('Half a thou')
    await page.reload()
    await expect(field(page)).toHaveValue('Half a thou')
    await field(page).fill('A whole thought.')
    await send(page).click()
    await expect(log(page).getByText('A whole thought.').last()).toBeVisible()
    await page.reload()
    await expect(field(page)).toHaveValue('')
  }
})

test('words that can’t leave stay where they are, and go later', async ({ client }) => {
  const portal = await api.openPortal(someProject('Offline'), someone('Olaf Tunnel'))
  await opens(client, portal.url, portal.project)
  await client.context().setOffline(true)
  await field(client).fill('Written in a tunnel.')
  await send(client).click()
  await expect(client.getByRole('alert')).toContainText('not sent yet')
  await expect(field(client)).toHaveValue('Written in a tunnel.')
  await client.context().setOffline(false)
  await send(client).click()
  await expect(log(client).getByText('Written in a tunnel.')).toHaveCount(1)
  await expect(client.getByRole('alert')).toHaveCount(0)
})

test('a message is put away, shown to the team alone, and brought back', async ({
  maya,
  client,
}) => {
  const portal = await api.openPortal(someProject('Archive'), someone())
  await opens(client, portal.url, portal.project)
  await maya.goto(threadPage(portal))
  await say(maya, 'Keep this.')
  await say(maya, 'A slip of the pen.')
  await expect(log(client).getByText('A slip of the pen.')).toBeVisible(SOON)
  await maya
    .getByRole('button', { name: /^Archive what/ })
    .last()
    .click()
  await expect(log(maya).getByText('A slip of the pen.')).toHaveCount(0)
  await expect(log(client).getByText('A slip of the pen.')).toHaveCount(0, SOON)
  await expect(log(client).getByText('Keep this.')).toBeVisible()

  await maya.getByRole('link', { name: 'Show archived' }).click()
  await expect(log(maya).getByText('A slip of the pen.')).toBeVisible()
  await maya.getByRole('button', { name: /^Restore what/ }).click()
  await maya.getByRole('link', { name: 'Hide archived' }).click()
  await expect(log(maya).getByText('A slip of the pen.')).toBeVisible()
  await client.reload()
  await expect(log(client).getByText('A slip of the pen.')).toBeVisible()
})

test('by the keyboard alone: write, send, look further back', async ({ client }) => {
  const portal = await api.openPortal(someProject('Keyboard'), someone())
  for (let n = 1; n <= 25; n++) await api.write(portal.id, `Message number ${n}.`)
  await opens(client, portal.url, portal.project)
  await field(client).focus()
  await client.keyboard.type('Sent by two keys.')
  await client.keyboard.press('Control+Enter')
  await expect(log(client).getByText('Sent by two keys.')).toBeVisible()
  await expect(field(client)).toBeFocused()
  await client.getByRole('link', { name: 'Earlier messages' }).focus()
  await client.keyboard.press('Enter')
  await expect(client.getByText('Message number 1.')).toBeVisible()
  await client.getByRole('link', { name: 'Newer messages' }).click()
  await expect(client.getByText('Message number 25.')).toBeVisible()
})

test('an earlier page marks nothing as seen that it does not show', async ({ maya, client }) => {
  const portal = await api.openPortal(someProject('Earlier'), someone('Eva Reader'))
  for (let n = 1; n <= 25; n++) await api.write(portal.id, `Message number ${n}.`)
  await client.goto(`${portal.url}/messages`)
  const seen = client.waitForResponse((answer) => answer.url().includes('/seen'))
  await client.reload()
  await seen
  await maya.goto(threadPage(portal))
  await expect(maya.getByText('Message number 25.')).toBeVisible()
  await expect(maya.getByText(/Seen by Eva/)).toHaveCount(0)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the client writes, is told what is wrong, and reads further back', async ({ page }) => {
    const portal = await api.openPortal(someProject('Plain words'), someone('Nora Script'))
    for (let n = 1; n <= 25; n++) await api.write(portal.id, `Message number ${n}.`)
    await opens(page, portal.url, portal.project)
    await expect(log(page).getByRole('article')).toHaveCount(20)
    await field(page).fill('   ')
    await send(page).click()
    await expect(page.getByRole('alert')).toHaveText('Write something before you send it.')
    await field(page).fill('Sent by a form.')
    await send(page).click()
    await expect(page).toHaveURL(/#messages$/)
    await expect(log(page).getByText('Sent by a form.')).toBeVisible()
    await page.reload()
    await expect(log(page).getByText('Sent by a form.')).toHaveCount(1)

    await page.getByRole('link', { name: 'Earlier messages' }).click()
    await expect(page.getByText('Message number 1.')).toBeVisible()
    await page.getByRole('link', { name: 'Newer messages' }).click()
    await expect(page.getByText('Sent by a form.')).toBeVisible()
  })

  test('a long message opens by "more"', async ({ page }) => {
    const portal = await api.openPortal(someProject('Long words'), someone())
    await api.write(portal.id, `${'Many words. '.repeat(100)}And the end of it.`)
    await opens(page, portal.url, portal.project)
    await expect(page.getByText('And the end of it.')).toBeHidden()
    await page.getByText('more', { exact: true }).click()
    await expect(page.getByText('And the end of it.')).toBeVisible()
  })
})
