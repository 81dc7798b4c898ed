import { env as bindings } from 'cloudflare:workers'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { invite } from '../src/features/invitations/actions.ts'
import { paths } from '../src/paths.ts'
import {
  admin,
  cookieOf,
  happened,
  inviting,
  joining,
  openTeam,
  owner,
  plain,
  rows,
  see,
  studio,
  team,
  tokenOf,
  world,
} from './harness/team-scene.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const nina = 'nina@colleague.example'

const ahead = (ms: number) => vi.setSystemTime(Date.now() + ms)
const invitations = () =>
  rows<{ id: string; email: string; role: string }>('select id, email, role from invitation')
const act = (who: { cookie: string }, action: 'resend' | 'revoke', id: string) =>
  world.form(paths.invitationAction(studio.slug, id, action), {}, who.cookie)
const firstId = async () => (await invitations())[0]?.id ?? ''

beforeEach(openTeam)

describe('inviting', () => {
  it('mails a link that says who invites to what as which role', async () => {
    expect((await inviting(admin, 'Nina@Colleague.example')).status).toBe(303)
    const [mail] = await world.mails(nina)
    expect(mail?.subject).toBe('admin of studio invites you to studio')
    const page = await world.request(paths.join(await tokenOf(nina)))
    expect(page.status).toBe(200)
    const html = await page.text()
    for (const words of ['admin of studio', nina, 'studio', 'as a member', 'Your name']) {
      expect(html).toContain(words)
    }
    expect(await happened()).toEqual(['member.invited'])
  })

  it.each([
    ['a member may invite nobody', () => inviting(plain, nina), 403],
    ['an admin may make nobody an owner', () => inviting(admin, nina, 'owner'), 403],
    ['an admin may invite an admin', () => inviting(admin, nina, 'admin'), 303],
    ['an owner may invite an owner', () => inviting(owner, nina, 'owner'), 303],
    ['no address is no invitation', () => inviting(owner, 'nina@'), 422],
    ['no such role', () => inviting(owner, nina, 'emperor'), 422],
  ])('%s', async (_, what, status) => {
    expect((await what()).status).toBe(status)
    expect(await invitations()).toHaveLength(status === 303 ? 1 : 0)
    expect(await world.mails(nina)).toHaveLength(status === 303 ? 1 : 0)
  })

  it('comes back with what was typed and a message at the field', async () => {
    const answer = await inviting(owner, plain.email, 'admin')
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('member of studio is in the team already.')
    expect(html).toContain(`value="${plain.email}"`)
    expect(html).toMatch(/<option value="admin" selected/)
    expect(await invitations()).toEqual([])
  })

  it('makes one invitation and one mail of two clicks and of twenty at once', async () => {
    const clicks = await Promise.all(Array.from({ length: 20 }, () => inviting(owner, nina)))
    expect(new Set(clicks.map(({ status }) => status))).toEqual(new Set([303]))
    expect((await inviting(owner, nina)).status).toBe(303)
    expect(await invitations()).toHaveLength(1)
    expect(await world.mails(nina)).toHaveLength(1)
    expect(await happened()).toEqual(['member.invited'])
  })

  it('renews the one invitation with another role, and the mail that is out there keeps working', async () => {
    await inviting(owner, nina, 'member')
    expect((await inviting(owner, nina, 'admin')).status).toBe(303)
    expect((await invitations()).map(({ role }) => role)).toEqual(['admin'])
    expect(await world.mails(nina)).toHaveLength(1)
    await joining(await tokenOf(nina))
    expect((await team())[nina]).toBe('admin')
  })

  it('lets no admin turn an owner’s invitation into something else, or send or withdraw it', async () => {
    await inviting(owner, nina, 'owner')
    expect((await inviting(admin, nina, 'member')).status).toBe(403)
    const id = await firstId()
    expect((await act(admin, 'resend', id)).status).toBe(403)
    expect((await act(admin, 'revoke', id)).status).toBe(403)
    expect((await invitations()).map(({ role }) => role)).toEqual(['owner'])
    expect(await (await see(paths.team(studio.slug), admin.cookie)).text()).not.toContain(
      `/team/invitations/${id}/`,
    )
  })

  it('writes to one address once in ten minutes and five times a day, whoever invites', async () => {
    const start = Date.now()
    const other = await world.organization('other')
    const stranger = await other.person('owner')
    const from = (slug: string, cookie: string) =>
      world.form(paths.invitations(slug), { email: nina, role: 'member' }, cookie)
    await from(studio.slug, owner.cookie)
    const refused = await from(other.slug, stranger.cookie)
    expect(refused.status).toBe(429)
    const wait = Number(refused.headers.get('retry-after'))
    expect(wait).toBeGreaterThan(500)
    expect(wait).toBeLessThanOrEqual(600)
    expect(await refused.text()).toContain(`value="${nina}"`)
    expect(await invitations()).toHaveLength(1)
    for (const minutes of [11, 22, 33, 44, 55]) {
      vi.setSystemTime(start + minutes * MINUTE)
      await act(owner, 'resend', await firstId())
    }
    expect(await world.mails(nina)).toHaveLength(5)
    const sixth = await act(owner, 'resend', await firstId())
    expect(sixth.status).toBe(429)
    vi.setSystemTime(start + DAY + MINUTE)
    expect((await act(owner, 'resend', await firstId())).status).toBe(303)
    expect(await world.mails(nina)).toHaveLength(6)
  })

  it('mails fifty a day for one organisation and no more', async () => {
    for (let n = 0; n < 50; n++) {
      const made = await invite(studio.ctx(), { email: `p${n}@x.example`, role: 'member' })
      expect(made.ok).toBe(true)
    }
    const more = { email: nina, role: 'member' } as const
    const refused = await invite(studio.ctx(), more)
    expect(refused).toMatchObject({ ok: false, failure: { kind: 'limited' } })
    expect(await invitations()).toHaveLength(50)
    const elsewhere = await world.organization('elsewhere')
    expect((await invite(elsewhere.ctx(), more)).ok).toBe(true)
    const tomorrow = Date.now() + DAY + MINUTE
    const again = { ...more, email: 'late@x.example' }
    expect((await invite(studio.ctx('owner', tomorrow), again)).ok).toBe(true)
  })
})

describe('the link', () => {
  it('is written to by no reading, and lets its address in with one click', async () => {
    await inviting(owner, nina, 'admin')
    const token = await tokenOf(nina)
    for (const _scanner of [1, 2, 3]) {
      const read = await world.request(paths.join(token))
      expect(read.status).toBe(200)
      expect(read.headers.getSetCookie()).toEqual([])
    }
    expect(await invitations()).toHaveLength(1)
    const joined = await joining(token)
    expect(joined.status).toBe(303)
    expect(joined.headers.get('location')).toBe(paths.portals(studio.slug))
    const page = await see(paths.team(studio.slug), cookieOf(joined))
    expect(page.status).toBe(200)
    expect(await page.text()).toContain('Nina New')
    expect((await team())[nina]).toBe('admin')
    expect(await invitations()).toEqual([])
    expect(await happened()).toEqual(['member.invited', 'member.joined'])
  })

  it('asks for a name and keeps the invitation until there is one', async () => {
    await inviting(owner, nina)
    const token = await tokenOf(nina)
    for (const name of ['', ' ', 'N\u202Eina']) {
      const answer = await joining(token, name)
      expect(answer.status).toBe(422)
      expect(answer.headers.getSetCookie()).toEqual([])
    }
    expect((await joining(token)).status).toBe(303)
  })

  it('lets one of two clicks in, and nobody a second time', async () => {
    await inviting(owner, nina)
    const token = await tokenOf(nina)
    const clicks = await Promise.all([1, 2, 3].map(() => joining(token)))
    expect(clicks.map(({ status }) => status).sort()).toEqual([303, 404, 404])
    const replay = await joining(token)
    expect(replay.status).toBe(404)
    expect(replay.headers.getSetCookie()).toEqual([])
    expect((await world.request(paths.join(token))).status).toBe(404)
    expect(await rows('select 1 from user where email like "nina%"')).toHaveLength(1)
    expect((await happened()).filter((kind) => kind === 'member.joined')).toHaveLength(1)
  })

  it('is one dead page whether it was used, withdrawn, ran out, was forged or never was', async () => {
    const dead: string[] = []
    for (const [n, end] of [
      async (token: string) => void (await joining(token)),
      async () => void (await act(owner, 'revoke', await firstId())),
    ].entries()) {
      const email = `nina-${n}@colleague.example`
      await inviting(owner, email)
      const token = await tokenOf(email)
      await end(token)
      dead.push(token)
    }
    await inviting(owner, nina)
    const token = await tokenOf(nina)
    const [id = '', mac = ''] = token.split('.')
    const other = dead[0]?.split('.')[1] ?? ''
    dead.push(
      `${id}.${other}`,
      `${id}.${mac.slice(0, -1)}${mac.endsWith('0') ? '1' : '0'}`,
      `${id}.${'0'.repeat(64)}`,
      `${id}.${mac.toUpperCase()}`,
      id,
      'x',
    )
    await inviting(owner, 'late@colleague.example')
    dead.push(await tokenOf('late@colleague.example'))
    const pages = new Set<string>()
    const late = dead.at(-1) ?? ''
    for (const one of dead) {
      if (one === late) ahead(7 * DAY + 1)
      const read = await world.request(paths.join(one))
      const posted = await joining(one)
      expect([read.status, posted.status], one).toEqual([404, 404])
      expect(posted.headers.getSetCookie()).toEqual([])
      pages.add(await read.text())
      pages.add(await posted.text())
    }
    expect(pages.size).toBe(1)
    expect([...pages][0]).toContain('This invitation no longer works')
    expect(Object.keys(await team())).not.toContain(nina)
  })

  it('does not reach the database without the form of a token', async () => {
    for (const token of ['x', 'a'.repeat(101), `${'f'.repeat(36)}.${'f'.repeat(64)}`]) {
      world.trips.length = 0
      await world.request(paths.join(token))
      expect(world.trips).toEqual([])
    }
  })

  it('is bound to the address and to the secret', async () => {
    await inviting(owner, nina)
    const token = await tokenOf(nina)
    await world.env.DB.prepare("update invitation set email = 'eve@evil.example'").run()
    expect((await world.request(paths.join(token))).status).toBe(404)
    await world.env.DB.prepare('update invitation set email = ?').bind(nina).run()
    expect((await world.request(paths.join(token))).status).toBe(200)
    world.env = { ...world.env, AUTH_SECRET: 'another-secret-0123456789-0123456789' }
    expect((await world.request(paths.join(token))).status).toBe(404)
  })

  it('is kept nowhere', async () => {
    await inviting(owner, nina)
    const mac = (await tokenOf(nina)).split('.')[1] ?? ''
    for (const table of ['invitation', 'email', 'job', 'activity', 'verification']) {
      expect(JSON.stringify(await rows(`select * from ${table}`))).not.toContain(mac)
    }
  })

  it('is taken from our own pages only, and not in bursts', async () => {
    await inviting(owner, nina)
    const token = await tokenOf(nina)
    for (const headers of [{ origin: 'https://evil.example' }, { origin: 'null' }, {}]) {
      const body = new URLSearchParams({ name: 'Eve' })
      const answer = await world.request(paths.join(token), { method: 'POST', body, headers })
      expect(answer.status).toBe(403)
    }
    world.env.BURSTS_BY_ADDRESS = bindings.BURSTS_BY_ADDRESS
    const statuses: number[] = []
    for (let n = 0; n < 40; n++) statuses.push((await joining('x')).status)
    expect(statuses.at(-1)).toBe(429)
  })

  it('gets its seven days anew when it is sent again', async () => {
    await inviting(owner, nina)
    const token = await tokenOf(nina)
    ahead(6 * DAY)
    expect((await act(admin, 'resend', await firstId())).status).toBe(303)
    expect((await act(admin, 'resend', await firstId())).status).toBe(303)
    expect(await world.mails(nina)).toHaveLength(2)
    ahead(3 * DAY)
    expect((await joining(token)).status).toBe(303)
    expect(await happened()).toContain('invitation.sent')
  })

  it('goes unsent when it was withdrawn first', async () => {
    world.mailServerIs('down')
    await inviting(owner, nina)
    await act(owner, 'revoke', await firstId())
    world.mailServerIs('up')
    await world.minute(5 * MINUTE)
    expect(await world.mails(nina)).toEqual([])
    const [mail] = await rows<{ state: string }>(
      "select state from email where kind = 'invitation'",
    )
    expect(mail?.state).toBe('failed')
  })
})

describe('somebody we know', () => {
  it('joins by the link when signed in, and by nothing else: a mail is no key to other organisations', async () => {
    const other = await world.organization('other')
    const maya = await other.person('owner')
    await inviting(owner, maya.email, 'admin')
    const token = await tokenOf(maya.email)
    const outside = await world.request(paths.join(token))
    expect(await outside.text()).toContain('Send me a sign-in link')
    for (const cookie of [undefined, plain.cookie]) {
      const refused = await joining(token, 'Eve', cookie)
      expect(refused.status).toBe(409)
      expect(refused.headers.getSetCookie()).toEqual([])
    }
    expect(await invitations()).toHaveLength(1)
    const joined = await world.form(paths.join(token), {}, maya.cookie)
    expect(joined.headers.get('location')).toBe(paths.portals(studio.slug))
    expect((await see(paths.portals(studio.slug), maya.cookie)).status).toBe(200)
    expect((await see(paths.portals(other.slug), maya.cookie)).status).toBe(200)
    expect((await team())[maya.email]).toBe('admin')
  })

  it('who runs the product signs in even before they belong anywhere', async () => {
    const operator = world.env.FIRST_OWNER
    await inviting(owner, operator)
    const token = await tokenOf(operator)
    const refused = await joining(token, 'Eve')
    expect(refused.status).toBe(409)
    expect(refused.headers.getSetCookie()).toEqual([])
    const joined = await joining(token, 'Maya', await world.signIn(operator))
    expect(joined.headers.get('location')).toBe(paths.portals(studio.slug))
  })

  it('finds the invitation on the dashboard, and nobody else can take it there', async () => {
    const other = await world.organization('other')
    const maya = await other.person('owner')
    await inviting(owner, maya.email)
    const id = await firstId()
    const page = await see(paths.dashboard, maya.cookie)
    expect(page.status).toBe(200)
    const html = await page.text()
    expect(html).toContain(paths.acceptInvitation(id))
    expect(html).toContain('owner of studio')
    expect((await world.form(paths.acceptInvitation(id), {}, plain.cookie)).status).toBe(404)
    const clicks = await Promise.all(
      [1, 2].map(() => world.form(paths.acceptInvitation(id), {}, maya.cookie)),
    )
    expect(clicks.map(({ status }) => status).sort()).toEqual([303, 404])
    expect((await team())[maya.email]).toBe('member')
  })

  it('may ask for a sign-in link while invited, and joins with a name', async () => {
    await inviting(owner, nina)
    const cookie = await world.signIn(nina)
    const page = await see(paths.dashboard, cookie)
    expect(await page.text()).toContain('You are invited')
    const id = await firstId()
    const nameless = await world.form(paths.acceptInvitation(id), {}, cookie)
    expect(nameless.status).toBe(422)
    expect(await nameless.text()).toContain('Your name is missing.')
    const joined = await world.form(paths.acceptInvitation(id), { name: 'Nina New' }, cookie)
    expect(joined.status).toBe(303)
    expect((await see(paths.portals(studio.slug), cookie)).status).toBe(200)
  })

  it('gets no sign-in link once the invitation ran out', async () => {
    await inviting(owner, nina)
    ahead(7 * DAY + MINUTE)
    const before = (await world.mails(nina)).length
    await world.form(paths.signIn, { email: nina })
    expect(await world.mails(nina)).toHaveLength(before)
  })

  it('stays what they are when an older invitation is taken', async () => {
    await inviting(owner, nina, 'owner')
    const cookie = await world.signIn(nina)
    const [user] = await rows<{ id: string }>(`select id from user where email = '${nina}'`)
    await world.env.DB.prepare(
      "insert into member (id, organization_id, user_id, role, created_at) values ('m', ?, ?, 'member', 0)",
    )
      .bind(studio.facts.id, user?.id)
      .run()
    await world.form(paths.acceptInvitation(await firstId()), { name: 'Nina' }, cookie)
    expect((await team())[nina]).toBe('member')
    expect(await invitations()).toEqual([])
  })
})

it('withdraws once, and finds nothing of another organisation', async () => {
  await inviting(owner, nina)
  const id = await firstId()
  const elsewhere = await (await world.organization('elsewhere')).person('owner')
  expect((await act(elsewhere, 'revoke', id)).status).toBe(404)
  const clicks = await Promise.all([1, 2].map(() => act(owner, 'revoke', id)))
  expect(clicks.map(({ status }) => status).sort()).toEqual([303, 404])
  expect((await happened()).filter((kind) => kind === 'invitation.revoked')).toHaveLength(1)
})
