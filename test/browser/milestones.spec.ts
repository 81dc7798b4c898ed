import { paths } from '../../src/paths.ts'
import { at } from './support/demo.ts'
import { fillNewPortal } from './support/forms.ts'
import { linkIn, mailTo } from './support/inbox.ts'
import { portalPage } from './support/links.ts'
import {
  askForApproval,
  expectSaved,
  plannedPortal,
  planOf,
  row,
  said,
  slider,
  titlesOf,
} from './support/plan.ts'
import { expect, someone, someProject, test } from './support/test.ts'

const saves = '**/api/portals/*/milestones/*'

test('a slider saves by itself, by keyboard and by mouse, and keeps it', async ({ maya }) => {
  const portal = await plannedPortal(['Design', 'Launch'])
  await maya.goto(portal.page)
  await expect(row(maya, 'Design').getByRole('button', { name: 'Save Design' })).toBeHidden()

  await slider(maya, 'Design').focus()
  for (let n = 0; n < 7; n++) await maya.keyboard.press('ArrowRight')
  await expect(slider(maya, 'Design')).toHaveAttribute('aria-valuetext', '7%')
  await expect(said(maya, 'Design')).toHaveText('Saved ✓')
  await expectSaved(portal.id, 7)
  await expect(slider(maya, 'Design')).toBeFocused()

  const box = await slider(maya, 'Design').boundingBox()
  if (!box) throw new Error('The slider is not there.')
  await maya.mouse.move(box.x + box.width * 0.07, box.y + box.height / 2)
  await maya.mouse.down()
  await maya.mouse.move(box.x + box.width * 0.6, box.y + box.height / 2, { steps: 8 })
  await maya.mouse.up()
  await expect(said(maya, 'Design')).toHaveText('Saved ✓')
  const value = Number(await slider(maya, 'Design').inputValue())
  expect(value).toBeGreaterThan(50)
  await expectSaved(portal.id, value)
  await expect(maya.getByText(`${Math.floor(value / 2)}% complete`)).toBeVisible()

  await maya.reload()
  await expect(slider(maya, 'Design')).toHaveValue(String(value))
  await maya.goto(portalPage(portal))
  await slider(maya, 'Launch').fill('100')
  await expect(said(maya, 'Launch')).toHaveText('Saved ✓')
})

test('leaving the page right after moving a slider takes the save along', async ({ maya }) => {
  const portal = await plannedPortal(['Design'])
  await maya.goto(portal.page)
  await slider(maya, 'Design').fill('35')
  await maya.getByRole('link', { name: 'Access' }).click()
  await expectSaved(portal.id, 35)
})

test('of two tabs that move one slider, none writes over what is newer', async ({ maya }) => {
  const portal = await plannedPortal(['Design'])
  const other = await maya.context().newPage()
  await maya.goto(portal.page)
  await other.goto(portal.page)

  await slider(maya, 'Design').fill('30')
  await expect(said(maya, 'Design')).toHaveText('Saved ✓')
  await slider(other, 'Design').fill('60')
  await expect(said(other, 'Design')).toHaveText(
    'Maya Ortiz moved it to 30% meanwhile. Your 60% was not saved.',
  )
  await expect(slider(other, 'Design')).toHaveValue('30')
  await expectSaved(portal.id, 30)

  await slider(other, 'Design').fill('80')
  await expect(said(other, 'Design')).toHaveText('Saved ✓')
  await expectSaved(portal.id, 80)
  await slider(maya, 'Design').fill('40')
  await expect(said(maya, 'Design')).toContainText('moved it to 80% meanwhile')
  await expectSaved(portal.id, 80)

  // At the same time: one of the two stands, and both tabs show it.
  await Promise.all([slider(maya, 'Design').fill('11'), slider(other, 'Design').fill('22')])
  await expect(said(maya, 'Design')).toHaveText(/Saved ✓|meanwhile/)
  await expect(said(other, 'Design')).toHaveText(/Saved ✓|meanwhile/)
  await expect
    .poll(async () => {
      const [one] = await planOf(portal.id)
      const shown = [
        await slider(maya, 'Design').inputValue(),
        await slider(other, 'Design').inputValue(),
      ]
      return shown.every((value) => value === String(one?.progress))
    })
    .toBe(true)
})

test('a tab whose words are old still moves the slider that nobody else moved', async ({
  maya,
}) => {
  const portal = await plannedPortal(['Design', 'Launch'])
  const other = await maya.context().newPage()
  await maya.goto(portal.page)
  await other.goto(portal.page)
  await other.getByRole('button', { name: 'Move Design down' }).click()
  await expect.poll(() => titlesOf(portal.id)).toEqual(['Launch', 'Design'])
  await slider(maya, 'Design').fill('45')
  await expect(said(maya, 'Design')).toHaveText('Saved ✓')
  expect((await planOf(portal.id))[1]).toMatchObject({ title: 'Design', progress: 45 })
})

test('a slow save is followed by the latest value, one at a time', async ({ maya }) => {
  const portal = await plannedPortal(['Design'])
  await maya.goto(portal.page)
  const sent: number[] = []
  let underWay = 0
  let most = 0
  await maya.route(saves, async (route) => {
    underWay++
    most = Math.max(most, underWay)
    const body: { progress: number } = route.request().postDataJSON()
    sent.push(body.progress)
    const response = await route.fetch()
    await new Promise((resolve) => setTimeout(resolve, 1500))
    underWay--
    await route.fulfill({ response })
  })
  await slider(maya, 'Design').fill('10')
  await expect.poll(() => sent).toEqual([10])
  for (const value of ['20', '30', '40']) {
    await slider(maya, 'Design').fill(value)
    await maya.waitForTimeout(300)
  }
  await expect.poll(() => sent).toEqual([10, 40])
  await expect(said(maya, 'Design')).toHaveText('Saved ✓')
  expect(most).toBe(1)
  await expectSaved(portal.id, 40)
})

test('a save that fails is kept and tried again, until it lands', async ({ maya }) => {
  const portal = await plannedPortal(['Design'])
  await maya.goto(portal.page)
  await test.step('no connection to the server', async () => {
    await maya.route(saves, (route) => route.abort())
    await slider(maya, 'Design').fill('25')
    await expect(said(maya, 'Design')).toHaveText('Not saved, trying again')
    await expect(slider(maya, 'Design')).toHaveValue('25')
    await maya.unroute(saves)
    await expect(said(maya, 'Design')).toHaveText('Saved ✓')
    await expectSaved(portal.id, 25)
  })
  await test.step('the answer is lost, and the save is not', async () => {
    let lost = 0
    await maya.route(saves, async (route) => {
      if (lost++ > 0) return route.continue()
      await route.fetch()
      return route.abort()
    })
    await slider(maya, 'Design').fill('50')
    await expect(said(maya, 'Design')).toHaveText('Not saved, trying again')
    await slider(maya, 'Design').fill('55')
    await expect(said(maya, 'Design')).toHaveText('Saved ✓')
    await expectSaved(portal.id, 55)
    await maya.unroute(saves)
  })
  await test.step('offline, and back', async () => {
    await maya.context().setOffline(true)
    await slider(maya, 'Design').fill('65')
    await expect(said(maya, 'Design')).toHaveText('Not saved, trying again')
    await maya.context().setOffline(false)
    await expect(said(maya, 'Design')).toHaveText('Saved ✓')
    await expectSaved(portal.id, 65)
  })
  await test.step('signed out, and in again', async () => {
    const cookies = await maya.context().cookies()
    await maya.context().clearCookies()
    await slider(maya, 'Design').fill('75')
    await expect(said(maya, 'Design')).toContainText('you are signed out')
    await maya.context().addCookies(cookies)
    await expect(said(maya, 'Design')).toHaveText('Saved ✓')
    await expectSaved(portal.id, 75)
  })
})

test('the order changes by keyboard alone, and the focus stays', async ({ maya }) => {
  const portal = await plannedPortal(['One', 'Two', 'Three'])
  await maya.goto(portal.page)
  const up = maya.getByRole('button', { name: 'Move Three up' })
  const down = maya.getByRole('button', { name: 'Move Three down' })
  await up.focus()
  await maya.keyboard.press('Enter')
  await expect(up).toBeFocused()
  await expect(maya.getByText('Three is now 2 of 3.')).toBeAttached()
  await maya.keyboard.press('Enter')
  await expect(maya.getByText('Three is now 1 of 3.')).toBeAttached()
  // There is no further up, so the focus is at what is left to do.
  await expect(up).toBeDisabled()
  await expect(down).toBeFocused()
  expect(await titlesOf(portal.id)).toEqual(['Three', 'One', 'Two'])
  await maya.reload()
  await expect(maya.locator('.ms-what b')).toHaveText(['Three', 'One', 'Two'])
})

test('a move that fails is taken back, and says why', async ({ maya }) => {
  const portal = await plannedPortal(['One', 'Two'])
  await maya.goto(portal.page)
  await maya.route(saves, (route) => route.abort())
  await maya.getByRole('button', { name: 'Move Two up' }).click()
  await expect(maya.getByText('Two was not moved: there is no connection.')).toBeVisible()
  await expect(maya.locator('.ms-what b')).toHaveText(['One', 'Two'])
  await maya.unroute(saves)
  await maya.getByRole('button', { name: 'Move Two up' }).click()
  await expect.poll(() => titlesOf(portal.id)).toEqual(['Two', 'One'])
})

test('the order changes by dragging, and Escape leaves it', async ({ maya }) => {
  const portal = await plannedPortal(['One', 'Two', 'Three', 'Four'])
  await maya.goto(portal.page)
  const drag = async (title: string, onto: string) => {
    const from = await row(maya, title).locator('.grip').boundingBox()
    const to = await row(maya, onto).boundingBox()
    if (!from || !to) throw new Error('There is nothing to drag.')
    await maya.mouse.move(from.x + from.width / 2, from.y + from.height / 2)
    await maya.mouse.down()
    const y = to.y > from.y ? to.y + to.height - 4 : to.y + 4
    await maya.mouse.move(from.x + 4, y, { steps: 12 })
  }
  const shown = maya.locator('.ms-what b')

  await drag('One', 'Three')
  await maya.mouse.up()
  await expect(shown).toHaveText(['Two', 'Three', 'One', 'Four'])
  await expect.poll(() => titlesOf(portal.id)).toEqual(['Two', 'Three', 'One', 'Four'])

  await drag('Four', 'Two')
  await expect(shown).toHaveText(['Four', 'Two', 'Three', 'One'])
  await maya.keyboard.press('Escape')
  await maya.mouse.up()
  await expect(shown).toHaveText(['Two', 'Three', 'One', 'Four'])

  await drag('Four', 'Two')
  await maya.mouse.up()
  await expect.poll(() => titlesOf(portal.id)).toEqual(['Four', 'Two', 'Three', 'One'])
  // A slider that went along still saves.
  await slider(maya, 'Four').fill('12')
  await expect(said(maya, 'Four')).toHaveText('Saved ✓')
  await expectSaved(portal.id, 12)
})

test('both sides sign a milestone off, each in a browser of their own', async ({
  maya,
  client,
}) => {
  const portal = await plannedPortal(['Design'], 100)
  await client.goto(portal.url)
  await expect(client.getByRole('button', { name: 'Approve Design' })).toHaveCount(0)

  await maya.goto(portal.page)
  await maya.getByRole('button', { name: 'Ask for sign-off of Design' }).click()
  await expect(row(maya, 'Design')).toContainText('Waiting for sign-off since')

  const mail = await mailTo(portal.contact.email, /please approve “Design”$/)
  await client.goto('about:blank')
  await client.goto(linkIn(mail))
  await client.getByRole('button', { name: 'Approve Design' }).click()
  await expect(client.getByText('Approved by you')).toBeVisible()
  await mailTo(
    'maya@northwind.example',
    new RegExp(`^Jane Cooper approved “Design” · ${portal.project}`),
  )

  await maya.reload()
  await expect(row(maya, 'Design')).toContainText('Approved by Jane Cooper')
  const question = maya.getByRole('dialog', { name: 'Take the approval back?' })
  await slider(maya, 'Design').fill('90')
  await expect(question).toContainText('Jane Cooper approved “Design”.')
  await question.getByRole('button', { name: 'Keep it approved' }).click()
  await expect(slider(maya, 'Design')).toHaveValue('100')
  expect((await planOf(portal.id))[0]?.approval?.state).toBe('approved')

  await slider(maya, 'Design').focus()
  await maya.keyboard.press('ArrowLeft')
  await question.getByRole('button', { name: 'Take it back' }).click()
  await expect(said(maya, 'Design')).toHaveText('Saved ✓')
  await expect(slider(maya, 'Design')).toBeFocused()
  await expect(row(maya, 'Design')).not.toContainText('Approved')
  await client.reload()
  await expect(client.getByText('Approved by you')).toHaveCount(0)
  await expect(client.getByText('moved Design 100 → 99%')).toBeVisible()
})

test('a slider that was approved meanwhile asks before it moves', async ({ maya, client }) => {
  const portal = await plannedPortal(['Design'], 80)
  const [design] = await planOf(portal.id)
  await maya.goto(portal.page)
  await askForApproval(portal.id, design?.id ?? '')
  await client.goto(portal.url)
  await client.getByRole('button', { name: 'Approve Design' }).click()
  await expect(client.getByText('Approved by you')).toBeVisible()

  await slider(maya, 'Design').fill('100')
  await maya.getByRole('dialog').getByRole('button', { name: 'Keep it approved' }).click()
  await expect(slider(maya, 'Design')).toHaveValue('80')
  await expectSaved(portal.id, 80)
})

test.describe('without JavaScript', () => {
  test.use({ javaScriptEnabled: false })

  test('the client asks for changes, and the team reads them', async ({ page, maya }) => {
    const portal = await plannedPortal(['Design'], 100)
    const [design] = await planOf(portal.id)
    await askForApproval(portal.id, design?.id ?? '')
    await page.goto(portal.url)
    await page.getByText('Ask for changes').click()
    await page.getByLabel('What should change?').fill('The blue is too cold.')
    await page.getByRole('button', { name: 'Send' }).first().click()
    await expect(page.getByText('Changes asked for by you')).toBeVisible()
    await expect(page.getByText('“The blue is too cold.”')).toBeVisible()
    expect(new URL(page.url()).hash).toBe(`#milestone-${design?.id}`)

    await maya.goto(portal.page)
    await expect(row(maya, 'Design')).toContainText('Jane Cooper asked for changes')
    await expect(row(maya, 'Design')).toContainText('The blue is too cold.')
  })

  test('the client approves', async ({ page }) => {
    const portal = await plannedPortal(['Design'], 100)
    const [design] = await planOf(portal.id)
    await askForApproval(portal.id, design?.id ?? '')
    await page.goto(portal.url)
    await page.getByRole('button', { name: 'Approve Design' }).click()
    await expect(page.getByText('Approved by you')).toBeVisible()
  })

  test('the team plans, saves, sorts and deletes by forms', async ({ browser, maya }) => {
    const portal = await plannedPortal(['One', 'Two'])
    const context = await browser.newContext({
      javaScriptEnabled: false,
      storageState: await maya.context().storageState(),
    })
    const page = await context.newPage()
    await page.goto(portal.page)
    await page.getByLabel('Title').fill('Three')
    await page.getByRole('button', { name: 'Add', exact: true }).click()
    await expect(page.locator('.ms-what b')).toHaveText(['One', 'Two', 'Three'])
    await slider(page, 'One').press('End')
    await page.getByRole('button', { name: 'Save One' }).click()
    await expect(slider(page, 'One')).toHaveValue('100')
    await page.getByRole('button', { name: 'Move Three up' }).click()
    await expect(page.locator('.ms-what b')).toHaveText(['One', 'Three', 'Two'])
    await row(page, 'Two').getByText('More', { exact: true }).click()
    await row(page, 'Two').getByRole('button', { name: 'Delete' }).click()
    await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
    await expect(page.locator('.ms-what b')).toHaveText(['One', 'Three'])
    await row(page, 'Three').getByText('More', { exact: true }).click()
    await row(page, 'Three').getByRole('link', { name: 'Edit' }).click()
    await page.getByLabel('Title').fill('The third')
    await page.getByRole('button', { name: 'Save' }).click()
    await expect(page.locator('.ms-what b')).toHaveText(['One', 'The third'])
    await context.close()
  })
})

test('a plan becomes a template, and other portals start from it', async ({ maya }) => {
  const portal = await plannedPortal(['Concept', 'Launch'])
  const name = someProject('Template')
  await maya.goto(portal.page)
  await maya.getByLabel('Name of the template').fill(name)
  await maya.getByRole('button', { name: 'Save as template' }).click()
  await expect(maya.getByRole('status')).toContainText(`Saved “${name}”`)

  const contact = someone()
  const project = someProject('From a template')
  await maya.goto(at(paths.newPortal('northwind')))
  await fillNewPortal(maya, { project, client: 'Template Ltd', contact })
  await maya.getByLabel('Milestones').selectOption({ label: `${name} · 2 milestones` })
  await maya.getByRole('button', { name: 'Open portal' }).click()
  await expect(maya.locator('.ms-what b')).toHaveText(['Concept', 'Launch'])

  const empty = await plannedPortal([])
  await maya.goto(empty.page)
  await maya
    .getByLabel('Template', { exact: true })
    .selectOption({ label: `${name} · 2 milestones` })
  await maya.getByRole('button', { name: 'Start from it' }).click()
  await expect(maya.locator('.ms-what b')).toHaveText(['Concept', 'Launch'])

  await maya.goto(at(paths.templates('northwind')))
  await maya.getByRole('button', { name: `Delete ${name}` }).click()
  await maya.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(maya.getByText(name)).toHaveCount(0)
  expect(await titlesOf(empty.id)).toEqual(['Concept', 'Launch'])
})
