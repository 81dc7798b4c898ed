import { paths } from '../../../src/paths.ts'
import { everybody, row } from '../answers.ts'
import { o, post, get, api, type Route } from '../route.ts'

/** The doors before anybody is known, and of those who only come by. */
export const entranceRoutes: readonly Route[] = [
  get(paths.home, everybody(303)),
  get(paths.healthz, everybody(200)),
  get(paths.robots, everybody(200)),
  get(paths.signIn, everybody(200)),
  post(paths.signIn, everybody(200), { email: 'somebody@else.example' }),
  get(paths.confirm, everybody(200)),
  post(paths.confirm, everybody(410), { token: 'made-up' }),
  post(paths.signOut, everybody(303)),
  // Whoever belongs to one organisation goes straight there.
  get(paths.dashboard, everybody(303)),
  post(paths.dashboard, row(403, 403, 403, 403, 403, 303, 303, 303, 303, 403, 403, 403, 403)),
  get(paths.organization(o), row(303, 303, 303, 303, 303, 303, 303, 303, 404, 303, 303, 303, 303)),
  get(paths.api.openapi, everybody(200)),
  api('POST', paths.webhooks.sendgrid, everybody(400), []),
  // Whoever can't sign is told nothing about which addresses there are.
  api('POST', paths.webhooks.stripe(':endpoint'), everybody(400), {}),
]
