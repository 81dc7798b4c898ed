import { env } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { sendMessage } from '../src/features/messages/actions.ts'
import { createMilestone } from '../src/features/milestones/actions.ts'
import { requestApproval } from '../src/features/milestones/approval.ts'
import { paths } from '../src/paths.ts'
import { newPortal } from './harness/studio-scene.ts'
import {
  create,
  key,
  openScene,
  portal,
  studio,
  token,
  world,
  type LinkJson,
} from './harness/link-scene.ts'
import { routes } from './harness/routes.ts'

// Every route of the client door, whichever there are, tried by two people whom the team let in
// somewhere else: to the invoices of this portal alone, and to the portal beside it.

const secret = 'Kingfisher'

/** What makes a call of an upload one. */
const upload = {
  'tus-resumable': '1.0.0',
  'upload-length': '5',
  'upload-offset': '0',
  'upload-metadata': `filename ${btoa('a.bin')}`,
}
let milestone: string
let message: string

beforeEach(async () => {
  await openScene()
  const made = await createMilestone(studio.ctx(), {
    portal,
    title: `${secret} design`,
    description: `${secret} words`,
    dueOn: null,
    weight: 1,
    progress: 40,
  })
  milestone = made.ok ? made.value.id : ''
  await requestApproval(studio.ctx(), { portal, milestone })
  const sent = await sendMessage(studio.ctx(), { portal, body: `${secret} says hello` })
  message = sent.ok ? sent.value.id : ''
})

interface Attempt {
  route: string
  /** Whether it names something of the portal beside the token. */
  names: boolean
  status: number
  text: string
}

async function tryEverything(as: string): Promise<Attempt[]> {
  const attempts: Attempt[] = []
  for (const { method, path } of await routes()) {
    if (!/^\/(?:api\/)?portal\/:token/.test(path)) continue
    const own = path
      .replace(':token', as)
      .replace(':milestone', milestone)
      .replace(':message', message)
      .replaceAll(/:\w+/g, milestone)
    const json = path.startsWith('/api/')
    const values = { body: 'Let me in', note: 'Let me in', on: '2026-12-01', kind: 'problem' }
    const response = await world.request(own, {
      method,
      ...(method === 'GET'
        ? {}
        : {
            headers: path.includes('/uploads')
              ? { ...upload, 'content-type': 'application/offset+octet-stream' }
              : json
                ? { 'content-type': 'application/json' }
                : { origin: world.origin, 'content-type': 'application/x-www-form-urlencoded' },
            body: json ? JSON.stringify(values) : String(new URLSearchParams(values)),
          }),
    })
    const names = path.replace(':token', '').includes(':')
    attempts.push({
      route: `${method} ${path}`,
      names,
      status: response.status,
      text: await response.text(),
    })
  }
  return attempts
}

/** What the portal holds, its own doings by the team included. */
async function holdings(): Promise<unknown> {
  const tables = ['message', 'milestone', 'reading', 'file', 'upload', 'file_request']
  const rows = await env.DB.batch([
    ...tables.map((table) =>
      env.DB.prepare(`select * from ${table} where portal_id = ?`).bind(portal),
    ),
    env.DB.prepare(`select * from activity where portal_id = ? and kind not like 'link.%'`).bind(
      portal,
    ),
    env.DB.prepare('select thread, unread, progress from portal where id = ?').bind(portal),
  ])
  return rows.map(({ results }) => results)
}

it('opens the invoices alone to a link for invoices', async () => {
  const billing: LinkJson = await create({ scope: 'billing' })
  const before = await holdings()
  const attempts = await tryEverything(token(billing.url))
  const open = attempts.filter(({ status }) => status < 400).map(({ route }) => route)
  const may = [
    `GET ${paths.portal(':token')}`,
    `POST ${paths.askForLink(':token')}`,
    `GET ${paths.api.client(':token')}`,
    `GET ${paths.api.clientInvoices(':token')}`,
    `POST ${paths.api.seen(':token')}`,
    // What the server can do, which says nothing of anybody.
    `OPTIONS ${paths.api.clientUploads(':token')}`,
  ]
  expect(open.sort()).toEqual(may.sort())
  for (const { route, status, text } of attempts) {
    expect(text, route).not.toContain(secret)
    if (!may.includes(route)) expect(status, route).toBe(404)
  }
  expect(await holdings()).toEqual(before)
})

it('keeps the holder of the next portal’s link out, in the same organisation', async () => {
  const made = await world.api('POST', paths.api.portals, key, { ...newPortal, send: false })
  const { links } = await made.json<{ links: LinkJson[] }>()
  const before = await holdings()
  const attempts = await tryEverything(token(links[0]?.url))
  expect(attempts.length).toBeGreaterThanOrEqual(4)
  for (const { route, names, status, text } of attempts) {
    expect(text, route).not.toContain(secret)
    if (names) expect(status, route).toBe(404)
  }
  expect(await holdings()).toEqual(before)
})

it('opens nothing to a token that was replaced, paused, or is cut short', async () => {
  const link: LinkJson = await create()
  const past = token(link.url)
  await world.api('POST', paths.api.linkAction(portal, link.id, 'replace'), key)
  const paused: LinkJson = await create({ contact: { name: 'P', email: 'p@client.example' } })
  await world.api('POST', paths.api.linkAction(portal, paused.id, 'pause'), key)
  const before = await holdings()
  for (const as of [past, token(paused.url), past.slice(1), `${past.slice(0, -1)}G`]) {
    for (const { route, status, text } of await tryEverything(as)) {
      expect(text, route).not.toContain(secret)
      if (route !== `POST ${paths.askForLink(':token')}`) expect(status, route).toBe(404)
    }
  }
  expect(await holdings()).toEqual(before)
})
