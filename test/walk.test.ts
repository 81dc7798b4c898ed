import { expect, it } from 'vitest'
import { paths } from '../src/paths.ts'
import { World } from './harness/world.ts'

it('opens a portal, mails its contact, and lets them in by the link', async () => {
  const world = new World()
  const studio = await world.organization('studio')
  const owner = await studio.person('owner')

  const made = await world.form(
    paths.portals(studio.slug),
    {
      project: 'Website relaunch',
      client: 'Halcyon Coffee',
      currency: 'EUR',
      'contact.name': 'Jane Cooper',
      'contact.email': 'Jane@Halcyon.example',
      send: 'yes',
    },
    owner.cookie,
  )
  expect(made.status).toBe(303)

  const [mail] = await world.mails('jane@halcyon.example')
  expect(mail?.subject).toBe('Website relaunch: your portal at studio')
  const link = /https:\/\/\S+\/portal\/[0-9a-f]{64}/.exec(mail?.text ?? '')?.[0]
  expect(mail?.html).toContain(link)

  const page = await world.request(new URL(link ?? '').pathname)
  expect(page.status).toBe(200)
  const html = await page.text()
  for (const word of ['Website relaunch', 'Halcyon Coffee', 'Jane Cooper', 'owner of studio']) {
    expect(html).toContain(word)
  }
})
