import { devices, type Page } from '@playwright/test'
import { paths } from '../../src/paths.ts'
import { api, call } from './support/api.ts'
import { at, mayasSession } from './support/demo.ts'
import { opens } from './support/links.ts'
import { expectUsableByEverybody } from './support/axe.ts'
import { networkOf } from './support/network.ts'
import { expect, someone, someProject, test } from './support/test.ts'
import {
  fileOf,
  lastOffset,
  listed,
  picker,
  press,
  row,
  uploadsAsked,
} from './support/uploading.ts'

const MB = 1_000_000
const PHONE = { width: 390, height: 844 }

const teamPage = (portal: { id: string }) => at(paths.files('northwind', portal.id))
const teamRow = (page: Page, name: string) => page.getByRole('row').filter({ hasText: name })

const openPortal = (what: string) => api.openPortal(someProject(what), someone('Ada Sender'))

/** Drops files where they are chosen, as a browser hands them over. */
async function drop(page: Page, name: string, text: string): Promise<void> {
  const dataTransfer = await page.evaluateHandle(
    ([name, text]) => {
      const transfer = new DataTransfer()
      transfer.items.add(new File([text ?? ''], name ?? '', { type: 'text/plain' }))
      return transfer
    },
    [name, text],
  )
  const zone = page.locator('.zone').last()
  await zone.dispatchEvent('dragover', { dataTransfer })
  await expect(zone).toHaveAttribute('data-over', '')
  await zone.dispatchEvent('drop', { dataTransfer })
  await expect(zone).not.toHaveAttribute('data-over', '')
}

test('both sides send files, and see whose they are', async ({ maya, client }) => {
  const portal = await openPortal('Both ways')
  await client.setViewportSize(PHONE)
  const scripts: string[] = []
  client.on('request', (request) => {
    if (request.resourceType() === 'script') scripts.push(request.url())
  })
  await opens(client, portal.url, portal.project)
  await client.getByRole('textbox', { name: /^Write/ }).fill('I am still writing thi')
  expect(scripts).toHaveLength(1)

  const network = await networkOf(client)
  await network.slow()
  await picker(client).setInputFiles([
    await fileOf('menu-photos.zip', 4 * MB),
    await fileOf('allergens.xlsx', 2 * MB),
  ])
  await expect(row(client, 'menu-photos.zip')).toContainText(/\d of 3\.8 MB · .* left/)
  await expect(row(client, 'menu-photos.zip').getByRole('progressbar')).not.toHaveAttribute(
    'value',
    '0',
  )
  await drop(client, 'opening hours.txt', 'Nine to five')
  await network.free()
  await expect(
    client.getByRole('status').filter({ hasText: '3 files are uploaded.' }),
  ).toBeVisible()
  for (const name of ['menu-photos.zip', 'allergens.xlsx', 'opening hours.txt'])
    await expect(listed(client, name)).toContainText('You')
  await expect(client.getByRole('list', { name: 'Uploads' })).toBeHidden()
  await expect(client.getByRole('textbox', { name: /^Write/ })).toHaveValue(
    'I am still writing thi',
  )
  expect(scripts.length).toBeGreaterThan(1)

  await maya.goto(teamPage(portal))
  await expect(teamRow(maya, 'opening hours.txt')).toContainText('Ada Sender')
  await maya.getByLabel('Folder, if any').fill('Drafts/Round 2')
  await picker(maya).setInputFiles([await fileOf('homepage.pdf', MB)])
  await expect(teamRow(maya, 'homepage.pdf')).toContainText('Team')
  await expect(teamRow(maya, 'homepage.pdf')).toContainText('Drafts')
  await expect(maya.getByLabel('Folder, if any')).toHaveValue('Drafts/Round 2')

  await client.reload()
  await expect(listed(client, 'homepage.pdf')).toContainText('Team')
})

test('an upload is paused, goes on, and is called off', async ({ client }) => {
  const portal = await openPortal('Pauses')
  await opens(client, portal.url, portal.project)
  const asked = uploadsAsked(client)
  const network = await networkOf(client)
  await network.slow()
  await picker(client).setInputFiles([
    await fileOf('one.bin', 9 * MB),
    await fileOf('two.bin', 9 * MB),
    await fileOf('three.bin', 1 * MB),
  ])
  await expect(row(client, 'three.bin')).toContainText('waits its turn')
  await expect(row(client, 'one.bin')).toContainText('left')

  await press(client, 'Pause', 'one.bin')
  await expect(row(client, 'one.bin')).toContainText('Paused')
  // The button that was pressed is now the other one, and the keyboard still stands there.
  await expect(client.getByRole('button', { name: 'Resume one.bin' })).toBeFocused()
  // There is room for the next one.
  await expect(row(client, 'three.bin')).not.toContainText('waits its turn')

  await press(client, 'Cancel', 'two.bin')
  await expect(row(client, 'two.bin')).toBeHidden()
  await expect(picker(client)).toBeFocused()
  await expect.poll(() => asked).toContain('DELETE')

  await press(client, 'Resume', 'one.bin')
  await network.free()
  await expect(listed(client, 'one.bin')).toBeVisible()
  await expect(listed(client, 'three.bin')).toBeVisible()
  await expect(listed(client, 'two.bin')).toBeHidden()
  expect(lastOffset(asked)).toBeGreaterThan(0)
})

test('a lost connection is waited for, and gone on with by itself', async ({ client }) => {
  const portal = await openPortal('Tunnels')
  await opens(client, portal.url, portal.project)
  const asked = uploadsAsked(client)
  const network = await networkOf(client)
  await network.slow()
  await picker(client).setInputFiles([await fileOf('film.mp4', 9 * MB)])
  await expect(row(client, 'film.mp4')).toContainText('left')

  await network.cut()
  await expect(row(client, 'film.mp4')).toContainText('Waiting for the connection…')
  await expect(
    client.getByRole('status').filter({ hasText: 'Waiting for the connection…' }),
  ).toBeVisible()

  // Back again, and the first tries break off without the browser saying that it is offline.
  let broken = 0
  await client.route('**/uploads/*', async (route) => {
    const breaks = route.request().method() === 'PATCH' && broken < 2
    if (!breaks) return route.continue()
    broken++
    return route.abort('connectionreset')
  })
  await network.free()
  await expect(listed(client, 'film.mp4')).toBeVisible({ timeout: 30_000 })
  expect(broken).toBe(2)
  expect(asked.filter((each) => each === 'POST')).toHaveLength(1)
  expect(lastOffset(asked)).toBeGreaterThan(0)
})

test('after a reload the same file goes on from where it stood', async ({ client }) => {
  const portal = await openPortal('Reloads')
  const token = new URL(portal.url).pathname.split('/').at(-1) ?? ''
  await opens(client, portal.url, portal.project)
  const asked = uploadsAsked(client)
  const dialogs: string[] = []
  client.on('dialog', (dialog) => {
    dialogs.push(dialog.type())
    void dialog.accept()
  })
  const network = await networkOf(client)
  await network.slow()
  const path = await fileOf('menu-photos.zip', 12 * MB)
  await picker(client).setInputFiles([path])
  await expect(row(client, 'menu-photos.zip')).toContainText(/[2-9](?:\.\d)? of 11 MB/)
  // Nobody loses it by a slip: the browser asks.
  await client.getByRole('heading', { name: 'Files' }).click()
  await client.reload()
  expect(dialogs).toEqual(['beforeunload'])

  await expect(row(client, 'menu-photos.zip')).toContainText(
    /of 11 MB are here\. Choose the same file again to go on\./,
  )
  const kept = await client.evaluate(() => JSON.stringify(localStorage))
  expect(kept).toContain('menu-photos.zip')
  expect(kept).not.toContain(token)

  const before = asked.length
  await network.free()
  const [chooser] = await Promise.all([
    client.waitForEvent('filechooser'),
    press(client, 'Choose file', 'menu-photos.zip'),
  ])
  await chooser.setFiles(path)
  await expect(listed(client, 'menu-photos.zip')).toBeVisible()
  expect(asked.slice(before)).not.toContain('POST')
  expect(lastOffset(asked)).toBeGreaterThan(0)
  expect(await client.evaluate(() => JSON.stringify(localStorage))).not.toContain('menu-photos')
})

test('what is half sent can be given up after a reload', async ({ maya }) => {
  const portal = await openPortal('Second thoughts')
  maya.on('dialog', (dialog) => void dialog.accept())
  await maya.goto(teamPage(portal))
  const asked = uploadsAsked(maya)
  const network = await networkOf(maya)
  await network.slow()
  await picker(maya).setInputFiles([await fileOf('draft.bin', 9 * MB)])
  await expect(row(maya, 'draft.bin')).toContainText('left')
  await maya.reload()
  await network.free()
  await press(maya, 'Discard', 'draft.bin')
  await expect(row(maya, 'draft.bin')).toBeHidden()
  await expect.poll(() => asked).toContain('DELETE')
  await maya.reload()
  await expect(maya.locator('file-drop[data-ready]')).toBeVisible()
  await expect(row(maya, 'draft.bin')).toBeHidden()
})

test('what the server says of a file stands at that file', async ({ client }) => {
  const portal = await openPortal('Refusals')
  await opens(client, portal.url, portal.project)
  await picker(client).setInputFiles([
    await fileOf('ends with a dot.', 10),
    await fileOf('good.txt', 10),
  ])
  await expect(row(client, 'ends with a dot.')).toContainText(
    'The file’s name can’t end with a dot.',
  )
  await expect(listed(client, 'good.txt')).toBeVisible()
  await press(client, 'Remove', 'ends with a dot.')
  await expect(row(client, 'ends with a dot.')).toBeHidden()

  await api.archive(portal.id)
  await picker(client).setInputFiles([await fileOf('late.txt', 10)])
  await expect(row(client, 'late.txt')).toContainText('This portal is archived')
})

test('a file that is asked for is sent where it is asked for', async ({ client }) => {
  const portal = await openPortal('Asked')
  await call('POST', paths.api.fileRequests(portal.id), { title: 'Your logo' })
  await call('POST', paths.api.fileRequests(portal.id), { title: 'Your menu' })
  await opens(client, portal.url, portal.project)
  const asked = client.getByRole('list', { name: 'Files you are asked for' }).getByRole('listitem')
  await expect(asked).toHaveCount(2)
  const logo = asked.filter({ hasText: 'Your logo' })
  await logo.locator('summary').click()
  await client.getByLabel('Choose Your logo').setInputFiles([await fileOf('logo.svg', 100)])
  await expect(listed(client, 'logo.svg')).toBeVisible()
  await expect(logo).toBeHidden()
  await expect(asked).toHaveCount(1)
  await expect(
    client.getByRole('status').filter({ hasText: 'logo.svg is uploaded.' }),
  ).toBeVisible()
})

type Portal = Awaited<ReturnType<typeof openPortal>>

async function expectUsableMeanwhile(page: Page, of: (portal: Portal) => string): Promise<void> {
  page.on('dialog', (dialog) => void dialog.accept())
  const network = await networkOf(page)
  const paths = [
    await fileOf('paused.bin', 3 * MB),
    await fileOf('a long name of a film that goes on and on and on.mp4', 30 * MB),
    await fileOf('refused.', 10),
  ]
  await expectUsableByEverybody(page, async () => {
    const portal = await openPortal('Under way')
    await network.free()
    await page.goto(of(portal))
    await network.slow()
    await picker(page).setInputFiles(paths)
    await expect(row(page, 'paused.bin')).toContainText('of 2.9 MB')
    await press(page, 'Pause', 'paused.bin')
    await expect(row(page, 'refused.')).toContainText('can’t end with a dot')
    await expect(row(page, 'on and on.mp4')).toContainText('left')
  })
}

test('a client can use the page while files are on their way from it', async ({ client }) => {
  await expectUsableMeanwhile(client, ({ url }) => url)
})

test('so can the team', async ({ maya }) => {
  await expectUsableMeanwhile(maya, teamPage)
})

test.describe('without JavaScript', () => {
  test('the plain forms send files on both sides', async ({ browser }) => {
    const portal = await openPortal('Plain')
    const plain = { javaScriptEnabled: false }
    const client = await (await browser.newContext({ ...plain, ...devices['Pixel 7'] })).newPage()
    await opens(client, portal.url, portal.project)
    await picker(client).setInputFiles([await fileOf('by-form.txt', 100)])
    await client.getByRole('button', { name: 'Upload' }).click()
    await expect(listed(client, 'by-form.txt')).toContainText('You')

    const team = await (
      await browser.newContext({ ...plain, storageState: mayasSession() })
    ).newPage()
    await team.goto(teamPage(portal))
    await expect(teamRow(team, 'by-form.txt')).toContainText('Ada Sender')
    await picker(team).setInputFiles([await fileOf('from-the-team.txt', 100)])
    await team.getByRole('button', { name: 'Upload' }).click()
    await expect(teamRow(team, 'from-the-team.txt')).toContainText('Team')
    await client.context().close()
    await team.context().close()
  })
})
