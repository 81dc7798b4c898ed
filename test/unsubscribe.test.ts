import { beforeEach, describe, expect, it } from 'vitest'
import { unsubscribeToken } from '../src/features/messages/unsubscribe.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { happenings, MINUTE, portal, studio, world } from './harness/link-scene.ts'
import { answer, hers, jane, mayaWrites, openThread, value, write } from './harness/thread-scene.ts'

beforeEach(openThread)

const contactId = async () =>
  (await value<string>('select contact_id from link where id = ?', jane.id)) ?? ''

const address = async () =>
  paths.api.unsubscribe(await unsubscribeToken(studio.ctx().settings, await contactId()))

/** As a mail program does it: RFC 8058, from nowhere. */
const oneClick = (path: string) =>
  world.request(path, {
    method: 'POST',
    body: new URLSearchParams({ 'List-Unsubscribe': 'One-Click' }),
  })

const mailed = async () => {
  await world.minute(6 * MINUTE)
  return world.mails('jane@client.example')
}

const ended = async () =>
  (await value('select unsubscribed_at from contact where id = ?', await contactId())) !== null

describe('the mail with news', () => {
  it('says how to end these mails, in its headers and its words', async () => {
    await mayaWrites('Hello')
    const [mail] = await mailed()
    const path = await address()
    expect(mail?.headers).toMatchObject({
      'List-Unsubscribe': `<${world.origin}${path}>`,
      'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
    })
    expect(world.origin).toMatch(/^https:/)
    expect(mail?.text).toContain(`No more emails with news: ${world.origin}${path}`)
    expect(mail?.html).toContain(`href="${world.origin}${path}"`)
  })

  it('to the team leads to its settings instead', async () => {
    await write('Hello')
    await world.minute(6 * MINUTE)
    const mails = (await world.mails()).filter(({ subject }) => subject.includes('wrote about'))
    expect(mails).toHaveLength(1)
    expect(mails[0]?.headers).not.toHaveProperty('List-Unsubscribe')
    expect(mails[0]?.text).toContain(`${world.origin}${paths.account}`)
  })
})

describe('GET', () => {
  it('asks, and writes nothing', async () => {
    const path = await address()
    world.trips.length = 0
    const asked = await world.request(path)
    expect(asked.status).toBe(200)
    expect(await asked.text()).toContain('Stop these emails')
    expect(world.trips).toHaveLength(1)
    expect(await ended()).toBe(false)
    expect(asked.headers.get('referrer-policy')).toBe('same-origin')
  })
})

describe('POST', () => {
  it('by the mail program ends it at once, from no origin and without a session', async () => {
    const done = await oneClick(await address())
    expect(done.status).toBe(200)
    expect(await done.text()).toContain('No more emails with news')
    expect(await ended()).toBe(true)
    await answer('Anybody there?')
    expect(await mailed()).toEqual([])
  })

  it('by the page’s button does the same, and again changes nothing', async () => {
    const path = await address()
    for (let n = 0; n < 3; n++) expect((await world.form(path, {})).status).toBe(200)
    expect(await ended()).toBe(true)
    expect((await happenings()).filter((kind) => kind === 'news.stopped')).toHaveLength(1)
    expect(await (await world.request(path)).text()).not.toContain('Stop these emails')
    const { results } = await world.env.DB.prepare(
      `select actor_name as name, client from activity where kind = 'news.stopped'`,
    ).all()
    expect(results).toEqual([{ name: 'Jane Cooper', client: 0 }])
  })

  it('stops a mail that waits to be sent', async () => {
    world.mailServerIs('down')
    await mayaWrites('Hello')
    await world.minute(6 * MINUTE)
    expect(await value(`select state from email where kind = 'messages'`)).toBe('queued')
    await oneClick(await address())
    world.mailServerIs('up')
    await world.minute(60 * MINUTE)
    expect(await world.mails('jane@client.example')).toEqual([])
    expect(await value(`select count(*) from email where kind = 'messages'`)).toBe(0)
    expect(await value('select count(*) from job')).toBe(0)
  })
})

describe('the way back', () => {
  it('stands on the client’s page alone', async () => {
    const page = async () => (await world.request(paths.portal(hers))).text()
    expect(await page()).not.toContain('Turn them on again')
    await oneClick(await address())
    expect(await page()).toContain('Turn them on again')
    const back = await world.request(paths.clientNews(hers), { method: 'POST' })
    expect(back.status).toBe(303)
    expect(await ended()).toBe(false)
    expect(await page()).not.toContain('Turn them on again')
    await world.request(paths.clientNews(hers), { method: 'POST' })
    expect((await happenings()).filter((kind) => kind === 'news.resumed')).toHaveLength(1)
    await mayaWrites('Hello again')
    expect(await mailed()).toHaveLength(1)
  })
})

describe('a token', () => {
  it('that was forged or is malformed opens nothing', async () => {
    const id = await contactId()
    const good = (await address()).slice(-64)
    const forged = [`${id}.${'0'.repeat(64)}`, `${newId(Date.now())}.${good}`]
    const malformed = [
      'x',
      id,
      `${id}.`,
      `${id}.${good.toUpperCase()}`,
      `${id}.${good}.${good}`,
      good,
    ]
    for (const token of [...forged, ...malformed]) {
      world.trips.length = 0
      for (const method of ['GET', 'POST']) {
        const dead = await world.request(paths.api.unsubscribe(token), { method })
        expect(dead.status, token).toBe(404)
        expect(await dead.text()).toContain('This address no longer works')
      }
      expect(world.trips, token).toEqual([])
    }
    expect(await ended()).toBe(false)
  })

  it('works under an older key while that is set, and not when it is gone', async () => {
    const path = await address()
    const { env } = world
    const { LINK_SECRET } = env
    const fresh = 'k2:fresh-links-0123456789abcdef0123456789abcdef'
    world.env = { ...env, LINK_SECRET: `${fresh},${LINK_SECRET}` }
    expect((await world.request(path)).status).toBe(200)
    world.env = { ...env, LINK_SECRET: fresh }
    expect((await world.request(path)).status).toBe(404)
  })

  it('of a contact who is gone says the same as a forged one', async () => {
    const path = await address()
    await world.env.DB.prepare('delete from portal where id = ?').bind(portal).run()
    expect((await world.request(path)).status).toBe(404)
    expect((await oneClick(path)).status).toBe(404)
  })

  it('is no link: it opens no portal', async () => {
    const token = (await address()).slice(-64)
    expect((await world.request(paths.portal(token))).status).toBe(404)
  })
})
