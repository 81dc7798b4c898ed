import { beforeEach, describe, expect, it } from 'vitest'
import { runJobNow } from '../src/features/operator/actions.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { key, newPortal, openStudio, studio, world } from './harness/studio-scene.ts'

const MINUTE = 60_000

let cookie: string

beforeEach(async () => {
  await openStudio()
  cookie = await world.signIn(world.env.FIRST_OWNER)
})

const page = async () => {
  const answer = await world.request(paths.operator, { headers: { cookie } })
  expect(answer.status).toBe(200)
  return answer.text()
}
const run = (job: string) => world.form(paths.runJob(job), {}, cookie)
const jobs = async () => {
  const { results } = await world.env.DB.prepare('select * from job order by id').all<{
    id: string
    next_at: number
    held_until: number | null
    attempts: number
  }>()
  return results
}

/** A job that waits for its second try, because no mail server answered. */
async function failingMail(): Promise<string> {
  world.mailServerIs('down')
  await world.api('POST', paths.api.portals, key, newPortal)
  const [job] = await jobs()
  return job?.id ?? ''
}

describe('the operator’s page', () => {
  it('is for the first owner, and not there for anybody else, an owner or a key', async () => {
    const { cookie: owner } = await studio.person('owner')
    for (const path of [paths.operator, `${paths.operator}/x`]) {
      expect((await world.request(path, { headers: { cookie: owner } })).status).toBe(404)
      expect((await world.request(path)).status).toBe(303)
    }
    const id = await failingMail()
    const before = await jobs()
    expect((await world.form(paths.runJob(id), {}, owner)).status).toBe(404)
    expect((await world.form(paths.runJob(id), {})).status).toBe(403)
    expect(await jobs()).toEqual(before)
    // The verb itself lets nobody else, whatever the route did.
    for (const role of ['owner', 'admin', 'member'] as const) {
      expect(await runJobNow(studio.ctx(role), { job: id })).toMatchObject({ ok: false })
    }
    const listed = await world.request(paths.portals(studio.slug), { headers: { cookie: owner } })
    expect(await listed.text()).not.toContain(paths.operator)
  })

  it('says so when nothing is stuck', async () => {
    expect(await page()).toContain('Nothing is stuck')
  })

  it('names jobs that failed, with their organisation and why', async () => {
    await failingMail()
    const html = await page()
    expect(html).toContain('Send an email')
    expect(html).toContain('could not be reached')
    expect(html).toContain('<bdi>studio</bdi>')
    expect(html).toContain('tried once')
    expect(html).not.toContain('The cron seems not to run')
  })

  it('names mails that nobody got, those of a person too', async () => {
    const { id } = studio.facts
    await world.env.DB.batch(
      [id, null].map((organization) =>
        world.env.DB.prepare(
          `insert into email (id, organization_id, "key", kind, "to", data, state, state_at, reason, created_at)
          values (?1, ?2, ?1, 'link', 'gone@client.example', '{}', 'bounced', 0, 'No such mailbox', 0)`,
        ).bind(newId(Date.now()), organization),
      ),
    )
    const html = await page()
    expect(html.match(/gone@client\.example/g)).toHaveLength(2)
    expect(html).toContain('No such mailbox')
    expect(html).toContain('No organisation')
    expect(html).toContain('Bounced')
  })

  it('tells when the cron seems not to run: something has been due for long', async () => {
    const id = await failingMail()
    const late = Date.now() - 10 * MINUTE
    await world.env.DB.prepare('update job set next_at = ? where id = ?').bind(late, id).run()
    const html = await page()
    expect(html).toContain('The cron seems not to run')
    expect(html).toContain('10 minutes ago')
    expect(html).toContain('Overdue')
  })

  it('says how to hear of events while SendGrid’s key is not set', async () => {
    expect(await page()).not.toContain('SENDGRID_WEBHOOK_KEY')
    const { SENDGRID_WEBHOOK_KEY: _, ...rest } = world.env
    world.env = rest
    expect(await page()).toContain(world.origin + paths.webhooks.sendgrid)
    const unsigned = { method: 'POST', body: '[]' }
    expect((await world.request(paths.webhooks.sendgrid, unsigned)).status).toBe(400)
  })
})

describe('"Run now"', () => {
  it('runs the job after the response, once for two clicks', async () => {
    const id = await failingMail()
    world.mailServerIs('up')
    const answers = await Promise.all([run(id), run(id)])
    expect(answers.map(({ status }) => status)).toEqual([303, 303])
    expect(await jobs()).toEqual([])
    expect(await world.mails(newPortal.contact.email)).toHaveLength(1)
    expect((await run(id)).status).toBe(303)
    expect(await page()).toContain('Nothing is stuck')
  })

  it('leaves a job alone that a runner holds', async () => {
    const id = await failingMail()
    world.mailServerIs('up')
    const until = Date.now() + 4 * MINUTE
    const hold = world.env.DB.prepare('update job set held_until = ?, next_at = ? where id = ?')
    await hold.bind(until, until, id).run()
    expect(await page()).toContain('Running')
    await run(id)
    expect(await jobs()).toMatchObject([{ id, next_at: until, held_until: until, attempts: 1 }])
    // A runner that died holds it no longer than its lease.
    await hold.bind(Date.now() - 1, until, id).run()
    await run(id)
    expect(await jobs()).toEqual([])
  })

  it('is held by a runner while it runs, and by none while it waits', async () => {
    let during: Awaited<ReturnType<typeof jobs>> = []
    world.intercept(async (request) => {
      if (request.method === 'POST') during = await jobs()
      return new Response('down', { status: 503 })
    })
    await world.api('POST', paths.api.portals, key, newPortal)
    expect(during[0]?.held_until).toBeGreaterThan(Date.now())
    expect((await jobs())[0]?.held_until).toBeNull()
  })
})

it('links the operator’s page for the operator alone', async () => {
  await world.form(
    paths.dashboard,
    { name: 'House', person: 'First', timeZone: 'UTC', locale: 'en-GB', currency: 'EUR' },
    cookie,
  )
  const list = await world.request('/dashboard/house/portals', { headers: { cookie } })
  expect(await list.text()).toContain(`href="${paths.operator}"`)
})
