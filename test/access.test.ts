import { beforeEach, expect, it } from 'vitest'
import { createLink } from '../src/features/links/actions.ts'
import { createPortal } from '../src/features/portals/actions.ts'
import { session } from '../src/db/schema/accounts.ts'
import { email } from '../src/db/schema/emails.ts'
import { invitation } from '../src/db/schema/organizations.ts'
import { invitationToken } from '../src/features/invitations/token.ts'
import { newId } from '../src/lib/id.ts'
import { paths } from '../src/paths.ts'
import { logged } from './harness/logged.ts'
import { routes } from './harness/routes.ts'
import { World, type Tenant } from './harness/world.ts'

/** Everybody who may stand before a door. */
const visitors = [
  'nobody',
  'liveLink',
  'billingLink',
  'deadLink',
  'otherPortalsLink',
  'member',
  'admin',
  'owner',
  'foreignOwner',
  'memberKey',
  'adminKey',
  'ownerKey',
  'foreignKey',
] as const
type Visitor = (typeof visitors)[number]
type Answers = Record<Visitor, number>

/** The answers in the order of `visitors`, so that a row reads like a table's. */
const row = (...answers: number[]): Answers => {
  expect(answers).toHaveLength(visitors.length)
  return Object.fromEntries(
    visitors.map((visitor, index) => [visitor, answers[index] ?? 0]),
  ) as Answers
}

const everybody = (status: number): Answers => row(...visitors.map(() => status))

// A page of the dashboard sends everybody without a session to sign in, keys and links included; an
// owner of elsewhere finds nothing.            nob liv bil dea oth mem adm own for mky aky oky fky
const page = row(303, 303, 303, 303, 303, 200, 200, 200, 404, 303, 303, 303, 303)
const act = row(403, 403, 403, 403, 403, 303, 303, 303, 404, 403, 403, 403, 403)
const actOfAdmins = row(403, 403, 403, 403, 403, 403, 303, 303, 404, 403, 403, 403, 403)
const showToAdmins = row(403, 403, 403, 403, 403, 403, 200, 200, 404, 403, 403, 403, 403)
const list = row(401, 401, 401, 401, 401, 200, 200, 200, 200, 200, 200, 200, 200)
const create = row(401, 401, 401, 401, 401, 201, 201, 201, 201, 201, 201, 201, 201)
const item = row(401, 401, 401, 401, 401, 200, 200, 200, 404, 200, 200, 200, 404)
const added = row(401, 401, 401, 401, 401, 201, 201, 201, 404, 201, 201, 201, 404)
const itemOfAdmins = row(401, 401, 401, 401, 401, 403, 200, 200, 404, 403, 200, 200, 404)
const goneByAdmins = row(401, 401, 401, 401, 401, 403, 204, 204, 404, 403, 204, 204, 404)
// Of whoever is signed in, wherever they belong.
const own = row(303, 303, 303, 303, 303, 200, 200, 200, 200, 303, 303, 303, 303)
const actOnOwn = row(403, 403, 403, 403, 403, 303, 303, 303, 303, 403, 403, 403, 403)
const somebodyElses = row(403, 403, 403, 403, 403, 404, 404, 404, 404, 403, 403, 403, 403)
const actOfOwners = row(403, 403, 403, 403, 403, 403, 403, 303, 404, 403, 403, 403, 403)
// The scene's one owner is the last.
const lastOwnerStays = row(403, 403, 403, 403, 403, 303, 303, 409, 404, 403, 403, 403, 403)
const ownersOpen = row(303, 303, 303, 303, 303, 403, 403, 200, 200, 303, 303, 303, 303)
const ownersOpened = row(403, 403, 403, 403, 403, 403, 403, 303, 303, 403, 403, 403, 403)
const opened = row(404, 200, 200, 404, 200, 404, 404, 404, 404, 404, 404, 404, 404)
const noted = row(404, 204, 204, 404, 204, 404, 404, 404, 404, 404, 404, 404, 404)

const contact = { 'contact.name': 'New', 'contact.email': 'new@client.example' }
const facts = { project: 'P', client: 'C', currency: 'EUR' }
const jsonContact = { name: 'New', email: 'new@client.example' }

interface Route {
  /** As Hono knows it. */
  route: string
  answers: Answers
  form?: Record<string, string>
  json?: unknown
}

const o = ':organization'
const p = ':portal'
const l = ':link'
const post = (path: string, answers: Answers, form: Record<string, string> = {}): Route => ({
  route: `POST ${path}`,
  answers,
  form,
})
const get = (path: string, answers: Answers): Route => ({ route: `GET ${path}`, answers })
const api = (method: string, path: string, answers: Answers, json?: unknown): Route => ({
  route: `${method} ${path}`,
  answers,
  json,
})

const table: readonly Route[] = [
  get(paths.home, everybody(303)),
  get(paths.healthz, everybody(200)),
  get(paths.robots, everybody(200)),
  get(paths.signIn, everybody(200)),
  post(paths.signIn, everybody(200), { email: 'somebody@else.example' }),
  get(paths.confirm, everybody(200)),
  post(paths.confirm, everybody(410), { token: 'made-up' }),
  post(paths.signOut, everybody(303)),

  get(paths.portal(':token'), opened),
  post(paths.askForLink(':token'), everybody(200)),
  api('GET', paths.api.client(':token'), opened),
  api('POST', paths.api.seen(':token'), noted),

  // Whoever belongs to one organisation goes straight there.
  get(paths.dashboard, everybody(303)),
  post(paths.dashboard, row(403, 403, 403, 403, 403, 303, 303, 303, 303, 403, 403, 403, 403)),
  // None of these visitors runs the whole product.
  get(paths.operator, row(303, 303, 303, 303, 303, 404, 404, 404, 404, 303, 303, 303, 303)),
  post(paths.runJob(':job'), row(403, 403, 403, 403, 403, 404, 404, 404, 404, 403, 403, 403, 403)),
  get(paths.organization(o), row(303, 303, 303, 303, 303, 303, 303, 303, 404, 303, 303, 303, 303)),
  get(paths.portals(o), page),
  get(paths.newPortal(o), page),
  post(paths.portals(o), act, { project: 'P', client: 'C', currency: 'EUR', ...contact }),
  get(paths.portalOf(o, p), page),
  get(paths.editPortal(o, p), page),
  post(paths.editPortal(o, p), act, {
    ...facts,
    'was.project': 'Website',
    'was.client': 'Client',
    'was.currency': 'EUR',
  }),
  post(paths.portalAction(o, p, 'archive'), act),
  post(paths.portalAction(o, p, 'restore'), act),
  // Not archived: who may delete hears that, who may not hears nothing else.
  post(
    paths.portalAction(o, p, 'delete'),
    row(403, 403, 403, 403, 403, 403, 409, 409, 404, 403, 403, 403, 403),
  ),
  get(paths.portalAction(o, p, 'duplicate'), page),
  post(paths.portalAction(o, p, 'duplicate'), act, facts),
  get(paths.links(o, p), page),
  get(paths.newLink(o, p), page),
  post(paths.links(o, p), act, { scope: 'all', ...contact }),
  get(paths.link(o, p, l), page),
  post(paths.link(o, p, l), act, { scope: 'billing' }),
  post(paths.linkAction(o, p, l, 'pause'), act),
  post(paths.linkAction(o, p, l, 'resume'), act),
  post(paths.linkAction(o, p, l, 'send'), act),
  post(paths.linkAction(o, p, l, 'delete'), actOfAdmins),
  post(paths.linkAction(o, p, l, 'replace'), showToAdmins),
  post(paths.linkAction(o, p, l, 'reveal'), showToAdmins),
  get(paths.linkAction(o, p, l, 'view'), page),
  post(paths.newOrganization, ownersOpened, {
    name: 'Another',
    timeZone: 'Europe/Oslo',
    locale: 'en-GB',
    currency: 'EUR',
  }),
  get(paths.newOrganization, ownersOpen),
  get(paths.account, own),
  post(paths.account, actOnOwn, { name: 'New Name' }),
  post(paths.endSessions, actOnOwn),
  post(paths.endSession(':session'), somebodyElses),
  post(paths.acceptInvitation(':invitation'), somebodyElses),
  // The token is the credential, whoever brings it.
  get(paths.join(':token'), everybody(200)),
  post(paths.join(':token'), everybody(303), { name: 'New' }),

  get(paths.team(o), page),
  post(paths.invitations(o), actOfAdmins, { email: 'new@colleague.example', role: 'member' }),
  post(paths.invitationAction(o, ':invitation', 'resend'), actOfAdmins),
  post(paths.invitationAction(o, ':invitation', 'revoke'), actOfAdmins),
  post(paths.memberAction(o, ':member', 'role'), actOfAdmins, { role: 'admin' }),
  post(paths.memberAction(o, ':member', 'remove'), actOfAdmins),
  post(paths.memberAction(o, ':member', 'transfer'), actOfOwners),
  post(paths.leave(o), lastOwnerStays),
  get(paths.activity(o), page),
  get(paths.portalActivity(o, p), page),
  get(paths.emails(o), page),
  post(paths.retryEmail(o, ':email'), act),

  get(paths.api.openapi, everybody(200)),
  api('POST', paths.webhooks.sendgrid, everybody(400), []),
  api('GET', paths.api.portals, list),
  api('POST', paths.api.portals, create, {
    project: 'P',
    client: 'C',
    currency: 'EUR',
    contact: jsonContact,
  }),
  api('GET', paths.api.portal(p), item),
  api('PATCH', paths.api.portal(p), item, { project: 'Renamed' }),
  api(
    'DELETE',
    paths.api.portal(p),
    row(401, 401, 401, 401, 401, 403, 409, 409, 404, 403, 409, 409, 404),
  ),
  api('POST', paths.api.portalAction(p, 'archive'), item),
  api('POST', paths.api.portalAction(p, 'restore'), item),
  api('GET', paths.api.links(p), item),
  api('POST', paths.api.links(p), added, { contact: jsonContact }),
  api('PATCH', paths.api.link(p, l), item, { scope: 'billing' }),
  api('DELETE', paths.api.link(p, l), goneByAdmins),
  api('POST', paths.api.linkAction(p, l, 'replace'), itemOfAdmins),
  api('POST', paths.api.linkAction(p, l, 'pause'), item),
  api('POST', paths.api.linkAction(p, l, 'resume'), item),
  api('POST', paths.api.linkAction(p, l, 'send'), item),
  api('POST', paths.api.linkAction(p, l, 'reveal'), itemOfAdmins),
  api('GET', paths.api.activity, list),
  api('GET', paths.api.portalActivity(p), item),
  api('GET', paths.api.emails, list),
  api('POST', paths.api.retryEmail(':email'), item),
]

interface Scene {
  world: World
  studio: Tenant
  elsewhere: Tenant
  tokens: Record<string, string>
  credentials: Record<string, { cookie?: string; key?: string; email?: string }>
}

let scene: Scene

async function tokenOf(made: Promise<{ ok: boolean; value?: unknown }>): Promise<string> {
  const { value } = await made
  const text = JSON.stringify(value)
  return (
    /"token":"([0-9a-f]{64})"|\/portal\/([0-9a-f]{64})/.exec(text)?.slice(1).find(Boolean) ?? ''
  )
}

const portal = (tenant: Tenant) =>
  createPortal(tenant.ctx(), {
    project: 'Website',
    client: 'Client',
    currency: 'EUR',
    contact: { name: 'Jane', email: 'jane@client.example' },
    send: false,
  })

async function portalId(tenant: Tenant): Promise<string> {
  const made = await portal(tenant)
  return made.ok ? made.value.portal.id : ''
}

beforeEach(async () => {
  const world = new World()
  const studio = await world.organization('studio')
  const elsewhere = await world.organization('elsewhere')
  const home = await portalId(studio)
  const link = (over: { scope?: 'all' | 'billing'; expiresAt?: number }) =>
    createLink(studio.ctx('owner', Date.now() - 10_000), {
      portal: home,
      contact: { name: 'X', email: 'x@client.example' },
      scope: 'all',
      send: false,
      ...over,
    })
  scene = {
    world,
    studio,
    elsewhere,
    tokens: {
      liveLink: await tokenOf(link({})),
      billingLink: await tokenOf(link({ scope: 'billing' })),
      deadLink: await tokenOf(link({ expiresAt: Date.now() - 5_000 })),
      otherPortalsLink: await tokenOf(portal(elsewhere)),
    },
    credentials: {
      member: await studio.person('member'),
      admin: await studio.person('admin'),
      owner: await studio.person('owner'),
      foreignOwner: await elsewhere.person('owner'),
      memberKey: { key: await studio.key('member') },
      adminKey: { key: await studio.key('admin') },
      ownerKey: { key: await studio.key('owner') },
      foreignKey: { key: await elsewhere.key('owner') },
    },
  }
})

/** An invitation of a new address into the studio. */
async function invited(): Promise<{ id: string; email: string }> {
  const { db } = scene.studio.ctx()
  const id = newId(Date.now())
  const facts = { id, email: `${id}@colleague.example`, role: 'member', invitedBy: 'X' } as const
  const at = { createdAt: Date.now(), expiresAt: Date.now() + 1_000_000 }
  await db.insert(invitation).values({ ...facts, ...at, organizationId: scene.studio.facts.id })
  return facts
}

/** Somebody is signed in who is none of the visitors. */
async function foreignSession(): Promise<string> {
  const { db } = scene.studio.ctx()
  const { userId } = await scene.studio.member('member')
  const id = newId(Date.now())
  const at = { createdAt: new Date(), updatedAt: new Date(), expiresAt: new Date(Date.now() + 1e6) }
  await db.insert(session).values({ id, token: id, userId, ...at })
  return id
}

/** The route's address, with a portal, a link and a failed mail of its own, so that no visit spoils the next. */
async function address(path: string, visitor: Visitor): Promise<string> {
  const { studio, tokens } = scene
  const made = await portal(studio)
  const detail = made.ok ? made.value.portal : undefined
  const mail = newId(Date.now())
  if (path.includes(':email')) {
    const facts = { id: mail, key: mail, kind: 'link', to: 'x@client.example', data: {} }
    const at = { stateAt: 0, createdAt: 0 }
    await studio
      .ctx()
      .db.insert(email)
      .values({ ...facts, ...at, organizationId: studio.facts.id, state: 'bounced' })
  }
  if (path.includes(':token') && path.startsWith('/join'))
    return path.replace(':token', await invitationToken(studio.ctx().settings, await invited()))
  return path
    .replace(':organization', studio.slug)
    .replace(':member', path.includes(':member') ? (await studio.member('member')).id : '')
    .replace(':invitation', path.includes(':invitation') ? (await invited()).id : '')
    .replace(':session', path.includes(':session') ? await foreignSession() : '')
    .replace(':portal', detail?.id ?? '')
    .replace(':link', detail?.links.items[0]?.id ?? '')
    .replace(':email', mail)
    .replace(':token', tokens[visitor] ?? 'f'.repeat(64))
}

async function visit({ route, form, json }: Route, visitor: Visitor): Promise<number> {
  const { world, credentials } = scene
  const [method = '', path = ''] = route.split(' ')
  const { cookie, key } = credentials[visitor] ?? {}
  const headers = new Headers({ origin: world.origin })
  if (cookie) headers.set('cookie', cookie)
  if (key) headers.set('authorization', `Bearer ${key}`)
  if (json !== undefined) headers.set('content-type', 'application/json')
  const body = form ? new URLSearchParams(form) : json === undefined ? null : JSON.stringify(json)
  const response = await world.request(await address(path, visitor), { method, headers, body })
  return response.status
}

it('names every route of the app', async () => {
  const known = (await routes())
    .filter(({ method }) => method !== 'ALL')
    .map(({ method, path }) => `${method} ${path}`)
    // The guard of the sign-in forms stands on their paths as a handler of its own.
    .filter((route) => route !== 'POST /sign-in/*')
  expect([...new Set(known)].sort()).toEqual(table.map(({ route }) => route).sort())
})

it.each(table.map((route) => [route.route, route] as const))('%s', async (_, route) => {
  const answers: Partial<Answers> = {}
  for (const visitor of visitors) answers[visitor] = await visit(route, visitor)
  expect(answers).toEqual(route.answers)
  expect(secretsIn(logged())).toEqual([])
})

/** What the visitors came with that is in a line of the log; there has to be none. */
function secretsIn(lines: readonly string[]): string[] {
  const { tokens, credentials } = scene
  const brought = [
    ...Object.values(tokens),
    ...Object.values(credentials).flatMap(({ cookie, key, email }) => [
      cookie?.split('=')[1]?.slice(0, 20),
      key,
      email,
    ]),
    'somebody@else.example',
    'made-up',
  ].filter((secret) => secret !== undefined)
  return lines.filter((line) => brought.some((secret) => line.includes(secret)))
}

it('sends whoever has no session to sign in, or away, before it knows the address', async () => {
  const { world } = scene
  for (const path of ['/dashboard/nowhere', '/dashboard/a/b/c/d', paths.portals('nowhere')]) {
    expect((await world.request(path)).status).toBe(303)
    expect((await world.form(path, {})).status).toBe(403)
    expect((await world.request(path, { method: 'DELETE' })).status).toBe(403)
  }
  expect((await world.request('/api/nowhere')).status).toBe(401)
})

it.each(
  table
    .filter(({ route }) => /:(?:portal|link|email|member|invitation|session)/.test(route))
    .map((route) => [route.route, route] as const),
)(
  '%s finds nothing foreign from inside one’s own organisation',
  async (_, { route, form, json }) => {
    const { world, elsewhere, credentials } = scene
    const [method = '', path = ''] = route.split(' ')
    const { cookie = '' } = credentials['foreignOwner'] ?? {}
    const headers = new Headers({ origin: world.origin, cookie, 'x-organization': elsewhere.slug })
    if (json !== undefined) headers.set('content-type', 'application/json')
    const body = form ? new URLSearchParams(form) : json === undefined ? null : JSON.stringify(json)
    const at = await address(path.replace(':organization', elsewhere.slug), 'foreignOwner')
    const response = await world.request(at, { method, headers, body })
    expect(response.status).toBe(404)
  },
)

it('finds nothing of another portal through a link’s address in the wrong portal', async () => {
  const { world, studio, credentials } = scene
  const one = await portal(studio)
  const two = await portalId(studio)
  const link = one.ok ? (one.value.portal.links.items[0]?.id ?? '') : ''
  const key = credentials['ownerKey']?.key ?? ''
  for (const action of ['pause', 'replace', 'reveal', 'send'] as const) {
    expect((await world.api('POST', paths.api.linkAction(two, link, action), key)).status).toBe(404)
  }
  expect((await world.api('DELETE', paths.api.link(two, link), key)).status).toBe(404)
})
