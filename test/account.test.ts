import { beforeEach, describe, expect, it } from 'vitest'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { openTeam, owner, plain, rows, see, studio, world } from './harness/team-scene.ts'

beforeEach(openTeam)

const sessionOf = async (userId: string, nth = 0): Promise<string> => {
  const found = await rows<{ id: string; userId: string }>(
    'select id, user_id as userId from session order by rowid',
  )
  return found.filter((one) => one.userId === userId)[nth]?.id ?? ''
}

/** Signs the person in once more, as from another device; the mail of the first time counts no more. */
async function again(email: string): Promise<string> {
  await world.env.DB.prepare("update email set created_at = 0 where kind = 'sign-in'").run()
  return world.signIn(email)
}

describe('the account', () => {
  it('shows the person, their organisations and where they are signed in', async () => {
    const html = await (await see(paths.account, plain.cookie)).text()
    for (const words of ['member of studio', plain.email, 'Member', 'studio', 'This one']) {
      expect(html).toContain(words)
    }
  })

  it('changes the name, or says at the field why not', async () => {
    const wrong = await world.form(paths.account, { name: ' ' }, plain.cookie)
    expect(wrong.status).toBe(422)
    expect(await wrong.text()).toContain('Your name is missing.')
    const changed = await world.form(paths.account, { name: 'Lena Fischer' }, plain.cookie)
    const back = changed.headers.get('location') ?? ''
    expect(await (await see(back, plain.cookie)).text()).toContain('Saved.')
    expect(await (await see(paths.account, plain.cookie)).text()).not.toContain('Saved.')
    expect(await (await see(paths.team(studio.slug), owner.cookie)).text()).toContain(
      'Lena Fischer',
    )
    expect(await rows("select 1 from user where name = 'Lena Fischer'")).toHaveLength(1)
  })

  it('is in no organisation’s way', async () => {
    const below = ['/dashboard/-', '/dashboard/-/portals', '/dashboard/-/account/nowhere']
    for (const path of below) expect((await see(path, owner.cookie)).status).toBe(404)
  })
})

describe('signing out elsewhere', () => {
  const refused = async (cookie: string) =>
    (await see(paths.portals(studio.slug), cookie)).status === 303

  it('ends one, and that one alone', async () => {
    const other = await again(plain.email)
    const id = await sessionOf(plain.userId, 0)
    const ended = await world.form(paths.endSession(id), {}, other)
    expect(ended.headers.get('location')).toBe(paths.account)
    expect(await refused(plain.cookie)).toBe(true)
    expect(await refused(other)).toBe(false)
    expect((await world.form(paths.endSession(id), {}, other)).status).toBe(404)
  })

  it('leads to sign-in from the one that ended itself', async () => {
    const ended = await world.form(
      paths.endSession(await sessionOf(plain.userId)),
      {},
      plain.cookie,
    )
    expect(ended.headers.get('location')).toBe(paths.signIn)
    expect(ended.headers.getSetCookie().join()).toMatch(/session_token=;.*Max-Age=0/i)
    expect(await refused(plain.cookie)).toBe(true)
  })

  it('ends nobody else’s, which is as missing as one that never was', async () => {
    const theirs = await sessionOf(owner.userId)
    const pages = new Set<string>()
    for (const id of [theirs, newId(Date.now()), 'x']) {
      const answer = await world.form(paths.endSession(id), {}, plain.cookie)
      expect(answer.status).toBe(404)
      pages.add(await answer.text())
    }
    expect(pages.size).toBe(1)
    expect(await refused(owner.cookie)).toBe(false)
  })

  it('ends all at once, here as well, and nobody else’s', async () => {
    const others = [await again(plain.email), await again(plain.email)]
    const ended = await world.form(paths.endSessions, {}, plain.cookie)
    expect(ended.headers.get('location')).toBe(paths.signIn)
    for (const cookie of [plain.cookie, ...others]) expect(await refused(cookie)).toBe(true)
    const api = { cookie: others[0] ?? '', 'x-organization': studio.slug }
    expect((await world.request(paths.api.portals, { headers: api })).status).toBe(401)
    expect(await refused(owner.cookie)).toBe(false)
  })

  it('is asked for from our own pages only', async () => {
    const headers = { cookie: plain.cookie, origin: 'https://evil.example' }
    const forged = await world.request(paths.endSessions, { method: 'POST', headers })
    expect(forged.status).toBe(403)
    expect(await refused(plain.cookie)).toBe(false)
  })

  it('never shows a token', async () => {
    const html = await (await see(paths.account, plain.cookie)).text()
    for (const { token } of await rows<{ token: string }>('select token from session')) {
      expect(html).not.toContain(token)
    }
  })
})

describe('several organisations', () => {
  const facts = {
    name: 'Second Studio',
    timeZone: 'Asia/Kolkata',
    locale: 'en-GB',
    currency: 'INR',
  }
  const open = (cookie: string, id = newId(Date.now())) =>
    world.form(paths.newOrganization, { ...facts, id }, cookie)

  it('are opened by owners alone, once for two clicks', async () => {
    expect((await open(plain.cookie)).status).toBe(403)
    const id = newId(Date.now())
    const clicks = await Promise.all([open(owner.cookie, id), open(owner.cookie, id)])
    for (const click of clicks) {
      expect(click.headers.get('location')).toBe(paths.portals('second-studio'))
    }
    expect(await rows("select 1 from organization where name = 'Second Studio'")).toHaveLength(1)
    expect(await rows("select 1 from activity where kind = 'organization.created'")).toHaveLength(1)
    const another = await open(owner.cookie)
    expect(another.headers.get('location')).toMatch(/^\/dashboard\/second-studio-[0-9a-f]{6}\//)
    expect(await rows("select 1 from user where name = 'owner of studio'")).toHaveLength(1)
  })

  it('are not taken over by naming their id', async () => {
    const stolen = await open(owner.cookie, studio.facts.id)
    expect(stolen.status).toBe(303)
    const elsewhere = await world.organization('elsewhere')
    const answer = await open(owner.cookie, elsewhere.facts.id)
    expect(answer.status).toBe(409)
    expect((await see(paths.portals(elsewhere.slug), owner.cookie)).status).toBe(404)
    expect(await rows("select 1 from organization where name = 'Second Studio'")).toEqual([])
  })

  it('are a choice on the first page, and a switch on every other', async () => {
    await open(owner.cookie)
    const choice = await see(paths.dashboard, owner.cookie)
    expect(choice.status).toBe(200)
    const html = await choice.text()
    expect(html).toContain(paths.portals('second-studio'))
    expect(html).toContain(paths.portals(studio.slug))
    const inside = await (await see(paths.portals('second-studio'), owner.cookie)).text()
    expect(inside).toContain(`href="${paths.organization(studio.slug)}"`)
    expect(inside).toContain(paths.newOrganization)
    const plainly = await (await see(paths.portals(studio.slug), plain.cookie)).text()
    expect(plainly).not.toContain(paths.newOrganization)
    expect(plainly).toContain(paths.account)
  })

  it('must be named to the API by whoever has several', async () => {
    const headers = (more = {}) => ({ headers: { cookie: owner.cookie, ...more } })
    expect((await world.request(paths.api.portals, headers())).status).toBe(200)
    await open(owner.cookie)
    expect((await world.request(paths.api.portals, headers())).status).toBe(422)
    const named = headers({ 'x-organization': 'second-studio' })
    expect((await world.request(paths.api.portals, named)).status).toBe(200)
  })
})
