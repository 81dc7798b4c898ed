import { env as bindings } from 'cloudflare:workers'
import { beforeEach, describe, expect, it } from 'vitest'
import { paths, withQuery } from '../src/paths.ts'
import { linesOf } from './harness/logged.ts'
import { key, newPortal, openStudio, studio, world } from './harness/studio-scene.ts'

beforeEach(openStudio)

async function openPortal(): Promise<{ id: string; token: string }> {
  const made = await world.api('POST', paths.api.portals, key, newPortal)
  const { id, links } = await made.json<{ id: string; links: { url: string }[] }>()
  return { id, token: links[0]?.url.slice(-64) ?? '' }
}

const isDark = (html: string) => html.includes('content="dark"')
const dashboardsButton = `href="${paths.dashboard}"`

describe('a page that says what went wrong', () => {
  it('is the client’s own inside the client’s door, and leads to their portal', async () => {
    const { token } = await openPortal()
    const lost = await world.request(`${paths.portal(token)}/nowhere`)
    expect(lost.status).toBe(404)
    const page = await lost.text()
    expect(isDark(page)).toBe(true)
    expect(page).toContain('Nothing is here')
    expect(page).toContain('Client portal · 404')
    expect(page).toContain(`href="${paths.portal(token)}"`)
    expect(page).not.toContain('/dashboard')
  })

  it('tells whoever cut their link short, without a button that would lead nowhere', async () => {
    const answer = await world.request('/portal')
    const page = await answer.text()
    expect(answer.status).toBe(404)
    expect(isDark(page)).toBe(true)
    expect(page).not.toContain('<a ')
  })

  it('keeps a member inside the organisation, and leads back to where they were', async () => {
    const { cookie } = await studio.person('member')
    const lost = paths.portalOf(studio.slug, '00000000-0000-7000-8000-000000000000')
    const from = `${paths.portals(studio.slug)}?q=x`
    const visit = async (referer: string) => {
      const headers = { cookie, referer }
      const answer = await world.request(lost, { headers })
      expect(answer.status).toBe(404)
      return answer.text()
    }
    const page = await visit(world.origin + from)
    expect(page).toContain('Error 404')
    expect(page).toContain('class="rail"')
    expect(page).toContain(`href="${from}"`)
    // From elsewhere, and from the page itself, the way back is the list of portals.
    for (const referer of ['https://evil.example/dashboard/x', world.origin + lost, 'nonsense']) {
      const other = await visit(referer)
      expect(other).toMatch(/href="[^"]*\/portals">To your portals/)
      expect(other).not.toContain('evil.example')
    }
  })

  it('says to a role that may not, whom to ask, and that nothing was changed', async () => {
    const { id } = await openPortal()
    const { cookie } = await studio.person('member')
    const list = await world.api('GET', paths.api.links(id), key)
    const { items } = await list.json<{ items: { id: string }[] }>()
    const link = items[0]?.id ?? ''
    const answer = await world.form(paths.linkAction(studio.slug, id, link, 'delete'), {}, cookie)
    expect(answer.status).toBe(403)
    const page = await answer.text()
    expect(page).toContain('Error 403')
    expect(page).toContain('Nothing was changed')
    expect(page).toContain('class="rail"')
  })

  it('offers a stranger to sign in, and a lost client the way to their mail', async () => {
    const page = await (await world.request('/nowhere')).text()
    expect(page).toContain(dashboardsButton)
    expect(page).toContain('Sign in')
    expect(page).toContain('Are you a client?')
  })

  it('leads somebody without an organisation of that name back to their own', async () => {
    const { cookie } = await studio.person('owner')
    const answer = await world.request(paths.portals('nowhere'), { headers: { cookie } })
    expect(answer.status).toBe(404)
    expect(await answer.text()).toContain(dashboardsButton)
  })

  it('brings whoever was signed out back to the form they sent', async () => {
    const form = paths.newPortal(studio.slug)
    const answer = await world.request(paths.portals(studio.slug), {
      method: 'POST',
      headers: { origin: world.origin, referer: world.origin + form },
    })
    expect(answer.status).toBe(403)
    const page = await answer.text()
    expect(page).toContain('Sign in first')
    expect(page).toContain(`href="${withQuery(paths.signIn, { next: form })}"`)
  })

  it('refuses what is too large in words, to forms and programs', async () => {
    const body = 'x'.repeat(1024 * 1024 + 1)
    const page = await world.request(paths.signIn, {
      method: 'POST',
      body,
      headers: { origin: world.origin, 'content-length': String(body.length) },
    })
    expect(page.status).toBe(413)
    expect(await page.text()).toContain('That is too large')
    const api = await world.request(paths.api.portals, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${key}`, 'content-length': String(body.length) },
    })
    expect(api.status).toBe(413)
    expect(api.headers.get('content-type')).toBe('application/problem+json')
  })
})

describe('a method that an address does not take', () => {
  it('is 405 with those that it takes, once whoever asks is let in', async () => {
    const { token } = await openPortal()
    const answers = await Promise.all([
      world.request(paths.signIn, { method: 'PUT' }),
      world.request(paths.portal(token), { method: 'DELETE' }),
      world.api('PUT', paths.api.portals, key),
      world.request(paths.robots, { method: 'OPTIONS' }),
    ])
    expect(answers.map(({ status }) => status)).toEqual([405, 405, 405, 405])
    expect(answers.map(({ headers }) => headers.get('allow'))).toEqual([
      'GET, HEAD, POST',
      'GET, HEAD',
      'GET, HEAD, POST',
      'GET, HEAD',
    ])
    expect((await world.request(paths.api.portals, { method: 'PUT' })).status).toBe(401)
    const dead = paths.portal('f'.repeat(64))
    expect((await world.request(dead, { method: 'DELETE' })).status).toBe(404)
  })

  it('is not HEAD where GET is taken', async () => {
    const { token } = await openPortal()
    for (const path of [paths.signIn, paths.portal(token), paths.api.openapi]) {
      const head = await world.request(path, { method: 'HEAD' })
      expect(head.status, path).toBe(200)
      expect(await head.text()).toBe('')
    }
    expect((await world.request('/nowhere', { method: 'HEAD' })).status).toBe(404)
  })
})

describe('a name that is not ours', () => {
  const at = (path: string, init: RequestInit = {}) =>
    world.fetch(new Request(`https://elsewhere.test${path}`, { redirect: 'manual', ...init }))

  it('is answered with the way to the same page at the right one, and costs no database', async () => {
    const { token } = await openPortal()
    world.trips.length = 0
    const client = await at(`${paths.portal(token)}?from=mail`)
    expect(client.status).toBe(421)
    const page = await client.text()
    expect(isDark(page)).toBe(true)
    expect(page).toContain(`href="${world.origin}${paths.portal(token)}?from=mail"`)
    expect(page.match(/<a /g)).toHaveLength(1)
    const team = await at(paths.portals(studio.slug))
    expect(team.status).toBe(421)
    expect(await team.text()).toContain(`href="${world.origin}${paths.portals(studio.slug)}"`)
    const api = await at(paths.api.portals, { headers: { authorization: `Bearer ${key}` } })
    expect(api.status).toBe(421)
    expect(api.headers.get('content-type')).toBe('application/problem+json')
    expect(world.trips).toEqual([])
  })

  it('takes no form, whatever origin the form says it comes from', async () => {
    const { token } = await openPortal()
    const { cookie } = await studio.person('owner')
    for (const origin of [world.origin, 'https://elsewhere.test']) {
      const headers = { cookie, origin }
      const answer = await at(paths.signOut, { method: 'POST', headers })
      expect(answer.status).toBe(421)
      expect(await answer.text()).toContain(`href="${world.origin}/"`)
    }
    const asked = await at(paths.askForLink(token), { method: 'POST' })
    expect(await asked.text()).toContain(`href="${world.origin}${paths.portal(token)}"`)
    const { status } = await world.request(paths.portals(studio.slug), { headers: { cookie } })
    expect(status).toBe(200)
  })

  it('can’t pass for our own origin', async () => {
    const { cookie } = await studio.person('owner')
    const headers = { cookie, origin: 'https://elsewhere.test', host: 'elsewhere.test' }
    const answer = await world.request(paths.signOut, { method: 'POST', headers })
    expect(answer.status).toBe(403)
  })

  it('may ask how we are, and bring SendGrid’s events', async () => {
    expect((await at(paths.healthz)).status).toBe(200)
    expect((await at(paths.webhooks.sendgrid, { method: 'POST', body: '[]' })).status).toBe(400)
  })
})

describe('something that breaks', () => {
  it('is told as it is, on the side where it broke, under the id that is in the log', async () => {
    const { token } = await openPortal()
    const { cookie } = await studio.person('owner')
    await bindings.DB.prepare('drop table link_token').run()
    await bindings.DB.prepare('drop table email').run()

    const client = await world.request(paths.portal(token))
    expect(client.status).toBe(500)
    const page = await client.text()
    expect(isDark(page)).toBe(true)
    expect(page).toContain('Try again')
    expect(page).not.toContain('/dashboard')
    const id = client.headers.get('x-request-id') ?? 'none'
    expect(page).toContain(id)

    const team = await world.request(paths.emails(studio.slug), { headers: { cookie } })
    expect(team.status).toBe(500)
    expect(await team.text()).toContain('class="rail"')

    const api = await world.request(paths.api.client(token))
    expect(api.status).toBe(500)
    expect(api.headers.get('content-type')).toBe('application/problem+json')

    const lines = linesOf('request').filter(({ status }) => status === 500)
    expect(lines).toHaveLength(3)
    expect(lines[0]).toMatchObject({ level: 'error', requestId: id, route: '/portal/:token' })
    expect(lines[0]?.['error']).toContain('no such table')
    expect(JSON.stringify(lines)).not.toContain(token)
  })

  it('says of a form that it was kept whole or not at all', async () => {
    const { cookie } = await studio.person('owner')
    await bindings.DB.prepare('drop table activity').run()
    const values = {
      project: 'P',
      client: 'C',
      currency: 'EUR',
      'contact.name': 'Jane',
      'contact.email': 'jane@client.example',
    }
    const answer = await world.form(paths.portals(studio.slug), values, cookie)
    expect(answer.status).toBe(500)
    const page = await answer.text()
    expect(page).toContain('kept whole or not at all')
    expect(page).not.toContain('Try again')
  })

  it('shows the page even while a setting is missing, and the health check names it', async () => {
    world.env = { ...world.env, LINK_SECRET: 'too-short' }
    const asked = ['/', paths.signIn, paths.portal('f'.repeat(64)), paths.dashboard]
    for (const path of [...asked, '//evil.example/dashboard']) {
      const answer = await world.request(path)
      expect(answer.status, path).toBe(500)
      const page = await answer.text()
      expect(page).toContain('Something broke on our side')
      // A second try stays here: two slashes would name another host.
      expect(page).not.toContain('href="//')
    }
    expect((await world.request(paths.healthz)).status).toBe(503)
    expect(linesOf('healthz')[0]?.['error']).toContain('LINK_SECRET must be')
    expect(JSON.stringify(linesOf('healthz'))).not.toContain('too-short')
  })
})

it('gives every answer an id of our own making', async () => {
  const ids = new Set<string | null>()
  for (const path of ['/', '/nowhere', paths.signIn, paths.api.portals]) {
    const { headers } = await world.request(path, { headers: { 'x-request-id': 'mine' } })
    ids.add(headers.get('x-request-id'))
  }
  expect(ids.size).toBe(4)
  expect([...ids]).not.toContain('mine')
  expect([...ids]).not.toContain(null)
})
