import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { describe, expect, it, vi } from 'vitest'
import { eq } from 'drizzle-orm'
import { session } from '../src/db/schema/accounts.ts'
import { member } from '../src/db/schema/members.ts'
import { fetch } from '../src/app.ts'
import { paths } from '../src/paths.ts'
import { World } from './harness/world.ts'

const MINUTE = 60_000

async function tokenFor(world: World, email: string): Promise<string> {
  await world.form(paths.signIn, { email })
  const [mail] = await world.mails(email)
  return /token=([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? ''
}

describe('who gets a link', () => {
  it('answers a stranger with the same page and no mail', async () => {
    const world = new World()
    const studio = await world.organization('studio')
    const owner = await studio.person('owner')
    const known = await world.form(paths.signIn, { email: owner.email })
    const unknown = await world.form(paths.signIn, { email: 'eve@evil.example' })
    const page = async (response: Response, email: string) =>
      (await response.text()).replaceAll(email, '')
    expect(unknown.status).toBe(known.status)
    expect(await page(unknown, 'eve@evil.example')).toBe(await page(known, owner.email))
    expect(await world.mails('eve@evil.example')).toEqual([])
  })

  it('costs a stranger and a member the same number of round trips before the answer', async () => {
    const world = new World()
    const ask = async (email: string) => {
      const before = world.trips.length
      const body = new URLSearchParams({ email })
      const request = new Request(world.origin + paths.signIn, {
        method: 'POST',
        body,
        headers: { origin: world.origin },
      })
      const execution = createExecutionContext()
      await fetch(request, world.env, execution)
      const trips = world.trips.length - before
      await waitOnExecutionContext(execution)
      return trips
    }
    expect(await ask('eve@evil.example')).toBe(await ask(world.env.FIRST_OWNER))
  })

  it('turns nobody away who was removed a moment ago, but mails them nothing either', async () => {
    const world = new World()
    const studio = await world.organization('studio')
    const { email } = await studio.person('member')
    await world.ctx().db.delete(member).where(eq(member.organizationId, studio.facts.id))
    vi.setSystemTime(Date.now() + 11 * MINUTE)
    const before = (await world.mails(email)).length
    expect((await world.form(paths.signIn, { email })).status).toBe(200)
    expect((await world.mails(email)).length).toBe(before)
  })

  it('mails an address once in ten minutes and five times a day', async () => {
    const world = new World()
    const email = world.env.FIRST_OWNER
    const start = Date.now()
    const after: number[] = []
    for (const minutes of [0, 9, 11, 22, 33, 44, 55, 24 * 60 + 1]) {
      vi.setSystemTime(start + minutes * MINUTE)
      await world.form(paths.signIn, { email })
      after.push((await world.mails(email)).length)
    }
    expect(after).toEqual([1, 1, 2, 3, 4, 5, 5, 6])
  })

  it('writes one mail when twenty ask at once', async () => {
    const world = new World()
    const email = world.env.FIRST_OWNER
    await Promise.all(Array.from({ length: 20 }, () => world.form(paths.signIn, { email })))
    expect(await world.mails(email)).toHaveLength(1)
  })

  it('tells a typing mistake at the field and keeps what was typed', async () => {
    const world = new World()
    const response = await world.form(paths.signIn, { email: 'maya@' })
    expect(response.status).toBe(422)
    const html = await response.text()
    expect(html).toContain('value="maya@"')
    expect(html).toContain('aria-invalid="true"')
  })
})

describe('the link', () => {
  it('is not spent by reading it, and is spent by the button, once', async () => {
    const world = new World()
    const token = await tokenFor(world, world.env.FIRST_OWNER)
    for (const _scanner of [1, 2, 3]) {
      const read = await world.request(`${paths.confirm}?token=${token}`)
      expect(read.status).toBe(200)
      expect(read.headers.getSetCookie()).toEqual([])
    }
    const first = await world.form(paths.confirm, { token })
    expect(first.status).toBe(303)
    expect(first.headers.get('location')).toBe(paths.dashboard)
    const [cookie] = first.headers.getSetCookie()
    expect(cookie).toMatch(/^__Secure-adminstack\.session_token=.*HttpOnly.*SameSite=Lax/i)
    const second = await world.form(paths.confirm, { token })
    expect(second.status).toBe(410)
    expect(second.headers.getSetCookie()).toEqual([])
  })

  it('lets one of two clicks in', async () => {
    const world = new World()
    const token = await tokenFor(world, world.env.FIRST_OWNER)
    const clicks = await Promise.all([1, 2].map(() => world.form(paths.confirm, { token })))
    expect(clicks.map(({ status }) => status).sort()).toEqual([303, 410])
  })

  it('is dead after ten minutes', async () => {
    const world = new World()
    const token = await tokenFor(world, world.env.FIRST_OWNER)
    vi.setSystemTime(Date.now() + 11 * MINUTE)
    expect((await world.form(paths.confirm, { token })).status).toBe(410)
  })

  it('is kept as a hash alone', async () => {
    const world = new World()
    const token = await tokenFor(world, world.env.FIRST_OWNER)
    const { results } = await world.env.DB.prepare('select * from verification').all()
    expect(JSON.stringify(results)).not.toContain(token)
  })

  it('goes back to where the person wanted to be', async () => {
    const world = new World()
    const studio = await world.organization('studio')
    const wanted = paths.emails(studio.slug)
    const away = await world.request(wanted)
    expect(away.headers.get('location')).toBe(`${paths.signIn}?next=${encodeURIComponent(wanted)}`)
    await world.form(paths.signIn, { email: world.env.FIRST_OWNER, next: wanted })
    const [mail] = await world.mails(world.env.FIRST_OWNER)
    const url = new URL(/https:\S+/.exec(mail?.text ?? '')?.[0] ?? '')
    expect(url.searchParams.get('next')).toBe(wanted)
    const token = url.searchParams.get('token') ?? ''
    const entered = await world.form(paths.confirm, { token, next: wanted })
    expect(entered.headers.get('location')).toBe(wanted)
  })
})

describe('the session', () => {
  it('ends with signing out, also for a copy of the cookie', async () => {
    const world = new World()
    const studio = await world.organization('studio')
    const { cookie } = await studio.person('owner')
    const page = paths.portals(studio.slug)
    expect((await world.request(page, { headers: { cookie } })).status).toBe(200)
    const out = await world.form(paths.signOut, {}, cookie)
    expect(out.headers.get('location')).toBe(paths.signIn)
    expect((await world.request(page, { headers: { cookie } })).status).toBe(303)
  })

  it('refuses a forged, a cut and a foreign signature', async () => {
    const world = new World()
    const other = new World()
    const studio = await world.organization('studio')
    const { cookie } = await studio.person('owner')
    const foreign = (await (await other.organization('other')).person('owner')).cookie
    const [name, value = ''] = cookie.split('=', 2)
    const [token] = decodeURIComponent(cookie.slice(cookie.indexOf('=') + 1)).split('.')
    const forged = [`${name}=${token}`, `${name}=${value.slice(0, -6)}`, `${name}=x.y`, foreign]
    for (const attempt of forged) {
      const answer = await world.request(paths.portals(studio.slug), {
        headers: { cookie: attempt },
      })
      expect(answer.status).toBe(303)
    }
  })

  it('is renewed by a POST after a day, never by a GET, and ends after fourteen', async () => {
    const world = new World()
    const studio = await world.organization('studio')
    const { cookie } = await studio.person('owner')
    const ends = async () => {
      const rows = await world.ctx().db.select({ at: session.expiresAt }).from(session)
      return Math.max(...rows.map(({ at }) => at.getTime()))
    }
    const first = await ends()
    vi.setSystemTime(Date.now() + 2 * 24 * 60 * MINUTE)
    await world.request(paths.portals(studio.slug), { headers: { cookie } })
    expect(await ends()).toBe(first)
    const posted = await world.form(paths.portals(studio.slug), {}, cookie)
    expect(posted.status).toBe(422)
    expect(posted.headers.getSetCookie().join()).toContain('session_token')
    expect(await ends()).toBeGreaterThan(first)
    vi.setSystemTime(Date.now() + 15 * 24 * 60 * MINUTE)
    const late = await world.request(paths.portals(studio.slug), { headers: { cookie } })
    expect(late.status).toBe(303)
  })

  it('refuses forms from other sites and without an origin', async () => {
    const world = new World()
    const studio = await world.organization('studio')
    const { cookie } = await studio.person('owner')
    for (const headers of [
      { cookie, origin: 'https://evil.example' },
      { cookie, origin: 'null' },
      { cookie },
    ]) {
      for (const path of [paths.portals(studio.slug), paths.signOut, paths.signIn, paths.confirm]) {
        const body = new URLSearchParams({ email: 'a@b.example' })
        expect((await world.request(path, { method: 'POST', body, headers })).status).toBe(403)
      }
      const api = await world.request(paths.api.portals, { method: 'POST', headers })
      expect(api.status).toBe(403)
    }
  })
})

describe('the first owner', () => {
  const form = {
    name: 'Café Ångström',
    person: 'Maya Ortiz',
    timeZone: 'Europe/Oslo',
    locale: 'nb-NO',
    currency: 'NOK',
  }

  it('opens the organisation, once for two clicks, and is in', async () => {
    const world = new World()
    const cookie = await world.signIn(world.env.FIRST_OWNER)
    expect(await (await world.request(paths.dashboard, { headers: { cookie } })).text()).toContain(
      'Open your organisation',
    )
    await Promise.all([1, 2].map(() => world.form(paths.dashboard, form, cookie)))
    const again = await world.form(paths.dashboard, form, cookie)
    expect(again.headers.get('location')).toBe(paths.portals('cafe-angstrom'))
    const { results } = await world.env.DB.prepare(
      "select o.slug, m.role from organization o join member m on m.organization_id = o.id where o.name = 'Café Ångström'",
    ).all()
    expect(results).toEqual([{ slug: 'cafe-angstrom', role: 'owner' }])
  })

  it('gets another address when the name’s own is taken', async () => {
    const world = new World()
    const cookie = await world.signIn(world.env.FIRST_OWNER)
    const studio = await world.organization('taken')
    const made = await world.form(paths.dashboard, { ...form, name: studio.slug }, cookie)
    expect(made.headers.get('location')).toMatch(
      new RegExp(`^/dashboard/${studio.slug}-[0-9a-f]{6}/portals$`),
    )
  })

  it('is told at each field what is missing', async () => {
    const world = new World()
    const cookie = await world.signIn(world.env.FIRST_OWNER)
    const answer = await world.form(
      paths.dashboard,
      { ...form, name: ' ', timeZone: 'Mars/Base' },
      cookie,
    )
    expect(answer.status).toBe(422)
    const html = await answer.text()
    expect(html).toContain('The name is missing.')
    expect(html).toContain('This is not a time zone we know.')
  })

  it('is the only one who may: a removed member sees no form and can’t post one', async () => {
    const world = new World()
    const studio = await world.organization('studio')
    const { cookie } = await studio.person('member')
    await world.ctx().db.delete(member).where(eq(member.organizationId, studio.facts.id))
    const page = await world.request(paths.dashboard, { headers: { cookie } })
    expect(await page.text()).toContain('No organisation yet')
    expect((await world.form(paths.dashboard, form, cookie)).status).toBe(403)
  })

  it('may be anybody where signing up is open', async () => {
    const world = new World({ SIGN_UP: 'open' })
    const cookie = await world.signIn('anyone@studio.example')
    const made = await world.form(paths.dashboard, { ...form, name: `Open ${world.id}` }, cookie)
    expect(made.status).toBe(303)
  })
})

it('refuses to work without its settings and names them, but not their values', async () => {
  const world = new World({ AUTH_SECRET: 'short', LINK_SECRET: 'nokey' })
  expect((await world.request(paths.healthz)).status).toBe(503)
  const page = await world.request(paths.signIn)
  expect(page.status).toBe(500)
  expect(await page.text()).not.toContain('AUTH_SECRET')
  expect(() => world.ctx()).toThrow(/AUTH_SECRET must be at least 32.*LINK_SECRET must be/)
  expect(() => world.ctx()).not.toThrow(/nokey/)
})

it('takes another address for SendGrid only on this machine', () => {
  expect(() => new World({ SENDGRID_URL: 'https://evil.example' }).ctx()).toThrow(/loopback/)
})
