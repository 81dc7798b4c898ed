import { beforeEach, describe, expect, it } from 'vitest'
import { paths } from '../src/paths.ts'
import { runJobs } from '../src/jobs.ts'
import { key, openStudio, studio, world } from './harness/studio-scene.ts'

const MINUTE = 60_000
const HOUR = 60 * MINUTE

beforeEach(openStudio)

interface Item {
  id: string
  to: string
  status: string
  reason: string | null
  retriedBy: string | null
}

async function emails(query = ''): Promise<Item[]> {
  const response = await world.api('GET', paths.api.emails + query, key)
  return (await response.json<{ items: Item[] }>()).items
}

const status = async (id: string) => (await emails()).find((mail) => mail.id === id)?.status

async function open(email = 'jane@client.example') {
  const response = await world.api('POST', paths.api.portals, key, {
    project: 'Website',
    client: 'Client',
    currency: 'EUR',
    contact: { name: 'Jane Cooper', email },
  })
  expect(response.status).toBe(201)
  const [mail] = await emails()
  if (!mail) throw new Error('No mail was written.')
  return mail
}

const left = async () =>
  (await world.env.DB.prepare('select count(*) as n from job').first<{ n: number }>())?.n

const json = (status: number, message: string, headers = {}) =>
  Response.json({ errors: [{ message }] }, { status, headers })

describe('sending', () => {
  it('runs right after the response and says sent', async () => {
    const mail = await open()
    expect(await status(mail.id)).toBe('sent')
    expect(await left()).toBe(0)
    const [sent] = await world.mails('jane@client.example')
    expect(sent?.headers['Message-ID']).toBe(`<${mail.id}@studio.example>`)
  })

  it('keeps no token in any row, job or list', async () => {
    world.intercept(() => json(500, 'down'))
    await open()
    const tables = ['email', 'job', 'activity', 'link', 'link_token', 'verification']
    const dump = await Promise.all(
      tables.map(
        async (table) => (await world.env.DB.prepare(`select * from ${table}`).all()).results,
      ),
    )
    world.intercept(undefined)
    await world.minute(2 * MINUTE)
    const [mail] = await world.mails('jane@client.example')
    const token = /portal\/([0-9a-f]{64})/.exec(mail?.text ?? '')?.[1] ?? ''
    expect(token).toHaveLength(64)
    expect(JSON.stringify(dump)).not.toContain(token)
    const lists = await Promise.all(
      [paths.api.portals, paths.api.emails].map(async (path) =>
        (await world.api('GET', path, key)).text(),
      ),
    )
    expect(lists.join()).not.toContain(token)
  })

  it('tries again what SendGrid refuses, and sends it once when it recovers', async () => {
    world.intercept(() => json(503, 'Service unavailable'))
    const mail = await open()
    expect(await status(mail.id)).toBe('queued')
    for (const minutes of [2, 5, 10, 20]) await world.minute(minutes * MINUTE)
    world.intercept(undefined)
    await world.minute(60 * MINUTE)
    expect(await status(mail.id)).toBe('sent')
    await world.minute(200 * MINUTE)
    expect(await world.mails('jane@client.example')).toHaveLength(1)
  })

  it('loses nothing while SendGrid can’t be reached for an hour', async () => {
    world.mailServerIs('down')
    const sent = [await open('a@client.example'), await open('b@client.example')]
    for (let minutes = 1; minutes <= 60; minutes++) await world.minute(minutes * MINUTE)
    expect(await status(sent[0]?.id ?? '')).toBe('queued')
    world.mailServerIs('up')
    for (let minutes = 61; minutes <= 95; minutes++) await world.minute(minutes * MINUTE)
    for (const { id, to } of sent) {
      expect(await status(id)).toBe('sent')
      expect(await world.mails(to)).toHaveLength(1)
    }
  })

  it('waits as long as SendGrid’s rate limit says', async () => {
    const reset = Math.floor(Date.now() / 1000) + 600
    let asked = 0
    world.intercept(({ method }) => {
      if (method === 'HEAD') return undefined
      asked++
      return json(429, 'too many requests', {
        'x-ratelimit-reset': String(reset),
        date: new Date().toUTCString(),
      })
    })
    const mail = await open()
    await world.minute(9 * MINUTE)
    expect(asked).toBe(1)
    world.intercept(undefined)
    await world.minute(11 * MINUTE)
    expect(await status(mail.id)).toBe('sent')
  })

  it('fails at once what SendGrid will never take, in its words', async () => {
    world.intercept(() => json(400, 'The to address is not valid.'))
    const mail = await open()
    const [item] = await emails()
    expect(item).toMatchObject({
      id: mail.id,
      status: 'failed',
      reason: 'SendGrid refused it (400). The to address is not valid.',
    })
    expect(await left()).toBe(0)
  })

  it('keeps trying with a wrong key, which an operator can mend, and never shows the key', async () => {
    world.intercept(() => json(401, 'The provided authorization grant is invalid'))
    await open()
    const [item] = await emails()
    expect(item?.status).toBe('queued')
    expect(JSON.stringify(item)).not.toContain('SG.')
  })
})

describe('silence', () => {
  const hang = (request?: Request) =>
    request?.method === 'HEAD' ? undefined : new Promise<Response>(() => undefined)

  /** SendGrid takes the first mail, and its answer comes after we gave up. */
  const takeOneSilently = () => {
    let first = true
    world.intercept(async (request) => {
      if (!first || request.method === 'HEAD') return undefined
      first = false
      await world.deliver(request)
      return hang()
    })
  }

  it('leaves the mail unknown, tries once more after half an hour, and then never again', async () => {
    let asked = 0
    world.intercept(({ method }) => {
      if (method === 'HEAD') return undefined
      asked++
      return hang()
    })
    const mail = await open()
    expect(await status(mail.id)).toBe('unknown')
    await world.minute(29 * MINUTE)
    expect(asked).toBe(1)
    await world.minute(31 * MINUTE)
    expect(asked).toBe(2)
    for (const hours of [2, 5, 80]) await world.minute(hours * HOUR)
    expect(asked).toBe(2)
    expect(await status(mail.id)).toBe('unknown')
    expect(await left()).toBe(0)
  })

  it('sends nothing twice when the mail went out and an event says so', async () => {
    takeOneSilently()
    const mail = await open()
    expect(await status(mail.id)).toBe('unknown')
    const [arrived] = await world.mails('jane@client.example')
    if (!arrived) throw new Error('It did not arrive.')
    await world.report(arrived, 'delivered')
    expect(await status(mail.id)).toBe('delivered')
    for (const minutes of [31, 62, 200]) await world.minute(minutes * MINUTE)
    expect(await world.mails('jane@client.example')).toHaveLength(1)
  })

  it('sends twice, under one Message-ID, only when SendGrid’s answer and its events were lost', async () => {
    takeOneSilently()
    await open()
    for (const minutes of [31, 62, 200]) await world.minute(minutes * MINUTE)
    const mails = await world.mails('jane@client.example')
    expect(mails).toHaveLength(2)
    expect(new Set(mails.map(({ headers }) => headers['Message-ID'])).size).toBe(1)
  })

  it('is what a connection that breaks halfway counts as, also when nobody answers after it', async () => {
    let asked = 0
    world.intercept(async (request) => {
      if (request.method === 'HEAD' || asked++ > 0) return undefined
      await world.deliver(request)
      world.mailServerIs('down')
      return new Promise<Response>(() => undefined)
    })
    const mail = await open()
    expect(await status(mail.id)).toBe('unknown')
    world.mailServerIs('up')
    const [arrived] = await world.mails('jane@client.example')
    if (arrived) await world.report(arrived, 'delivered')
    for (const minutes of [2, 5, 31, 62]) await world.minute(minutes * MINUTE)
    expect(await status(mail.id)).toBe('delivered')
    expect(await world.mails('jane@client.example')).toHaveLength(1)
  })

  it('says nothing of failure when the link is paused while a mail may be on its way', async () => {
    world.intercept(hang)
    const mail = await open()
    const list = await world.api('GET', paths.api.portals, key)
    const [portal] = (await list.json<{ items: { id: string }[] }>()).items
    const links = await world.api('GET', paths.api.links(portal?.id ?? ''), key)
    const [link] = (await links.json<{ items: { id: string }[] }>()).items
    const action = paths.api.linkAction(portal?.id ?? '', link?.id ?? '', 'pause')
    await world.api('POST', action, key)
    await world.minute(31 * MINUTE)
    expect(await status(mail.id)).toBe('unknown')
  })

  it('treats a Worker that died in the middle as silence', async () => {
    world.intercept(() => json(500, 'down'))
    const mail = await open()
    // As a crash leaves it: begun, not answered, the job under a lease.
    await world.env.DB.prepare(
      "update email set state = 'unknown', unanswered = 1, attempted_at = ?",
    )
      .bind(Date.now())
      .run()
    world.intercept(undefined)
    await world.minute(10 * MINUTE)
    expect(await status(mail.id)).toBe('unknown')
    await world.minute(31 * MINUTE)
    expect(await status(mail.id)).toBe('sent')
    expect(await world.mails('jane@client.example')).toHaveLength(1)
  })
})

describe('many at once', () => {
  it('sends each mail once, however many runners there are', async () => {
    world.intercept(() => json(500, 'down'))
    const addresses = Array.from({ length: 15 }, (_, n) => `c${n}@client.example`)
    for (const address of addresses) await open(address)
    world.intercept(undefined)
    const later = Date.now() + 3 * MINUTE
    await Promise.all([1, 2, 3, 4].map(() => runJobs(world.env, later, 500, { cron: 'test' })))
    for (const address of addresses) expect(await world.mails(address)).toHaveLength(1)
    expect(await left()).toBe(0)
  })

  it('runs at most what it is told to and leaves the rest to the next minute', async () => {
    world.intercept(() => json(500, 'down'))
    for (const n of [1, 2, 3]) await open(`c${n}@client.example`)
    world.intercept(undefined)
    await runJobs(world.env, Date.now() + 3 * MINUTE, 2, { cron: 'test' })
    expect(await left()).toBe(1)
  })
})

describe('events', () => {
  it('move the mail on, in any order and any number of times', async () => {
    const mail = await open()
    const [sent] = await world.mails('jane@client.example')
    if (!sent) throw new Error('Nothing was sent.')
    for (const event of ['open', 'delivered', 'open', 'delivered'] as const) {
      expect((await world.report(sent, event)).status).toBe(200)
    }
    expect(await status(mail.id)).toBe('opened')
  })

  it('show a bounce beside the link and on the emails page, with its reason', async () => {
    const { cookie } = await studio.person('owner')
    const mail = await open()
    const [sent] = await world.mails('jane@client.example')
    if (sent) await world.report(sent, 'bounce')
    const [item] = await emails('?attention=1')
    expect(item).toMatchObject({ id: mail.id, status: 'bounced' })
    expect(item?.reason).toBeTruthy()
    const page = await world.request(paths.emails(studio.slug), { headers: { cookie } })
    expect(await page.text()).toContain('Bounced')
    const portals = await world.api('GET', paths.api.portals, key)
    const [portal] = (await portals.json<{ items: { id: string }[] }>()).items
    const links = await world.api('GET', paths.api.links(portal?.id ?? ''), key)
    const [link] = (await links.json<{ items: { email: { status: string } }[] }>()).items
    expect(link?.email.status).toBe('bounced')
  })

  it('show a bounce in the list of portals until the mail was sent again', async () => {
    const { cookie } = await studio.person('owner')
    const mail = await open()
    const page = async () =>
      (await world.request(paths.portals(studio.slug), { headers: { cookie } })).text()
    expect(await page()).not.toContain('Email not delivered')
    const [sent] = await world.mails('jane@client.example')
    if (sent) await world.report(sent, 'bounce')
    expect(await page()).toContain('Email not delivered')
    await world.api('POST', paths.api.retryEmail(mail.id), key)
    expect(await page()).not.toContain('Email not delivered')
  })

  it('never reach a mail by anything but its own id', async () => {
    const one = await open('a@client.example')
    const two = await open('b@client.example')
    const [sent] = await world.mails('a@client.example')
    if (sent) await world.report(sent, 'bounce')
    expect(await status(one.id)).toBe('bounced')
    expect(await status(two.id)).toBe('sent')
  })
})

describe('try again', () => {
  it('sends a bounced mail as a new one, once for two clicks and two tabs', async () => {
    const mail = await open()
    const [sent] = await world.mails('jane@client.example')
    if (sent) await world.report(sent, 'bounce')
    const retry = () => world.api('POST', paths.api.retryEmail(mail.id), key)
    const answers = await Promise.all([retry(), retry()])
    const third = await retry()
    const ids = await Promise.all([...answers, third].map(async (r) => (await r.json<Item>()).id))
    expect(new Set(ids).size).toBe(1)
    expect(await world.mails('jane@client.example')).toHaveLength(2)
    expect(await status(ids[0] ?? '')).toBe('sent')
    expect(await emails('?attention=1')).toEqual([])
  })

  it('refuses what is on its way or has arrived', async () => {
    const mail = await open()
    expect((await world.api('POST', paths.api.retryEmail(mail.id), key)).status).toBe(409)
  })

  it('sends what nobody will ever know once a person decides to', async () => {
    world.intercept(({ method }) =>
      method === 'HEAD' ? undefined : new Promise<Response>(() => undefined),
    )
    const mail = await open()
    expect((await world.api('POST', paths.api.retryEmail(mail.id), key)).status).toBe(409)
    await world.minute(31 * MINUTE)
    world.intercept(undefined)
    expect((await world.api('POST', paths.api.retryEmail(mail.id), key)).status).toBe(200)
    expect(await world.mails('jane@client.example')).toHaveLength(1)
  })
})
