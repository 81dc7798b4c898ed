import { env as bindings } from 'cloudflare:workers'
import { beforeEach, expect, it } from 'vitest'
import { paths } from '../src/paths.ts'
import { address, addressed } from './access/address.ts'
import { visitors, type Answers } from './access/answers.ts'
import { freshScene, portal, portalId, type Scene } from './access/scene.ts'
import { table } from './access/table.ts'
import { secretsIn, visit } from './access/visit.ts'
import { logged } from './harness/logged.ts'
import { withoutPapers } from './harness/no-jobs.ts'
import { routes } from './harness/routes.ts'

let scene: Scene

beforeEach(async () => {
  scene = await freshScene()
})

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
  const [method, path = ''] = route.route.split(' ')
  if (method !== 'GET') await withoutPapers(bindings.DB)
  // What only reads spoils nothing for whoever comes next.
  const shared = method === 'GET' ? await addressed(scene, path, true) : undefined
  for (const visitor of visitors) answers[visitor] = await visit(scene, route, visitor, shared)
  expect(answers).toEqual(route.answers)
  expect(secretsIn(scene, logged())).toEqual([])
})

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
    .filter(({ route }) =>
      /:(?:portal|link|email|member|invitation|session|key|milestone|template|file|request)/.test(
        route,
      ),
    )
    .filter(({ route }) => !route.includes('/logo/'))
    // By a link's token there is no inside of another organisation.
    .filter(({ route }) => !route.includes(':token'))
    // What the server can do is the same everywhere.
    .filter(({ route }) => !route.startsWith('OPTIONS'))
    .filter(({ route }) =>
      /:(?:portal|link|email|member|invitation|session|milestone|template|file|request)/.test(
        route,
      ),
    )
    .map((route) => [route.route, route] as const),
)(
  '%s finds nothing foreign from inside one’s own organisation',
  async (_, { route, form, json, headers: more }) => {
    const { world, elsewhere, credentials } = scene
    const [method = '', path = ''] = route.split(' ')
    const { cookie = '' } = credentials['foreignOwner'] ?? {}
    const { slug } = elsewhere
    const headers = new Headers({ origin: world.origin, cookie, 'x-organization': slug, ...more })
    if (json !== undefined) headers.set('content-type', 'application/json')
    const body = form ? new URLSearchParams(form) : json === undefined ? null : JSON.stringify(json)
    const at = await address(scene, path.replace(':organization', elsewhere.slug), 'foreignOwner')
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
