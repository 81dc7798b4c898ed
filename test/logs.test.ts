import { beforeEach, describe, expect, it } from 'vitest'
import { paths, withQuery } from '../src/paths.ts'
import { scheduled } from '../src/scheduled.ts'
import { linesOf, logged } from './harness/logged.ts'
import { key, newPortal, openStudio, studio, world } from './harness/studio-scene.ts'

beforeEach(openStudio)

const last = (what: string) => linesOf(what).at(-1)

describe('a request', () => {
  it('is one line: its id, route, answer, and who it was', async () => {
    const { cookie } = await studio.person('owner')
    const before = linesOf('request').length
    const answer = await world.request(paths.portals(studio.slug), { headers: { cookie } })
    expect(linesOf('request')).toHaveLength(before + 1)
    expect(last('request')).toEqual({
      level: 'info',
      what: 'request',
      requestId: answer.headers.get('x-request-id'),
      method: 'GET',
      route: '/dashboard/:organization/portals',
      status: 200,
      ms: expect.any(Number),
      actor: 'member',
      id: expect.any(String),
      organization: studio.facts.id,
    })

    await world.api('GET', paths.api.emails, key)
    expect(last('request')).toMatchObject({ actor: 'apiKey', organization: studio.facts.id })
    await world.request('/nowhere')
    expect(last('request')).toMatchObject({ route: null, status: 404, actor: 'stranger' })
  })

  it('leads to the job that it caused', async () => {
    const answer = await world.api('POST', paths.api.portals, key, newPortal)
    expect(last('job')).toEqual({
      level: 'info',
      what: 'job',
      job: expect.any(String),
      kind: 'email.send',
      attempt: 1,
      organization: studio.facts.id,
      requestId: answer.headers.get('x-request-id'),
      outcome: 'done',
    })
  })
})

describe('a job and a cron', () => {
  it('say what became of them, and why it was not what was wanted', async () => {
    world.mailServerIs('down')
    await world.api('POST', paths.api.portals, key, newPortal)
    expect(last('job')).toMatchObject({ level: 'warn', attempt: 1, outcome: 'later' })
    expect(last('job')?.['reason']).toContain('could not be reached')

    world.mailServerIs('up')
    await scheduled('* * * * *', Date.now() + 120_000, world.env)
    expect(last('job')).toMatchObject({ attempt: 2, outcome: 'done', cron: '* * * * *' })
    expect(last('cron')).toMatchObject({ cron: '* * * * *', outcome: 'ok', jobs: 1 })
  })

  it('say when they broke', async () => {
    await world.env.DB.prepare('drop table job').run()
    await expect(scheduled('* * * * *', Date.now(), world.env)).rejects.toThrow('no such table')
    expect(last('cron')).toMatchObject({ level: 'error', outcome: 'failed' })
    expect(last('cron')?.['error']).toContain('no such table')
  })
})

describe('nothing secret', () => {
  it('gets into a line, whatever is asked, sent or broken', async () => {
    const secrets = new Set<string>(['needle', key, 'Jane Cooper', 'jane@client.example'])
    const { email, cookie } = await studio.person('owner')
    secrets
      .add(email)
      .add(cookie)
      .add(cookie.split('=')[1]?.slice(0, 24) ?? cookie)
    for (const { text } of await world.mails(email)) {
      secrets.add(/token=([\w-]+)/.exec(text)?.[1] ?? text)
    }
    const made = await world.api('POST', paths.api.portals, key, newPortal)
    const { links } = await made.json<{ links: { url: string }[] }>()
    const token = links[0]?.url.slice(-64) ?? ''
    secrets.add(token)

    // Paths and queries.
    await world.request(withQuery(paths.portal(token), { q: 'needle' }))
    await world.request(`${paths.portal(token)}/needle`)
    await world.request(withQuery(paths.confirm, { token: 'needle', next: '/dashboard/needle' }))
    await world.request('/needle?needle=needle', { headers: { referer: 'https://needle/' } })
    await world.request(`/dashboard/${studio.slug}/needle`, { headers: { cookie } })
    // Headers and bodies.
    await world.request(paths.api.portals, { headers: { authorization: 'Bearer ap_needle' } })
    await world.form(paths.signIn, { email: 'needle@evil.example' })
    await world.form(paths.confirm, { token: 'needle' })
    await world.request(paths.webhooks.sendgrid, { method: 'POST', body: '[{"needle":1}]' })
    await world.api('POST', paths.api.portals, key, { project: 'needle' })
    await world.request(paths.api.portals, {
      method: 'POST',
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
      body: '{"needle',
    })
    // A refusal that quotes what it refuses, as SendGrid's do.
    world.intercept((request) =>
      request.method === 'POST'
        ? Response.json(
            { errors: [{ message: `${newPortal.contact.email} with SG.needle and ${token}` }] },
            { status: 400 },
          )
        : undefined,
    )
    await world.api('POST', paths.api.portals, key, newPortal)
    expect(last('job')?.['reason']).toContain('SendGrid refused it (400). [address]')
    // What breaks in the database names its statement's parameters.
    await world.env.DB.prepare('drop table link_token').run()
    await world.env.DB.prepare('drop table session').run()
    expect((await world.request(paths.portal(token))).status).toBe(500)
    expect((await world.request(paths.dashboard, { headers: { cookie } })).status).toBe(500)

    expect(logged().length).toBeGreaterThan(15)
    for (const secret of secrets) {
      expect(logged().filter((line) => line.includes(secret))).toEqual([])
    }
  })
})
