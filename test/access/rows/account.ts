import { paths } from '../../../src/paths.ts'
import { everybody, row } from '../answers.ts'
import { post, get, type Route } from '../route.ts'

// Of whoever is signed in, wherever they belong.
const own = row(303, 303, 303, 303, 303, 200, 200, 200, 200, 303, 303, 303, 303)
const actOnOwn = row(403, 403, 403, 403, 403, 303, 303, 303, 303, 403, 403, 403, 403)
const somebodyElses = row(403, 403, 403, 403, 403, 404, 404, 404, 404, 403, 403, 403, 403)
const ownersOpen = row(303, 303, 303, 303, 303, 403, 403, 200, 200, 303, 303, 303, 303)
const ownersOpened = row(403, 403, 403, 403, 403, 403, 403, 303, 303, 403, 403, 403, 403)

export const accountRoutes: readonly Route[] = [
  // None of these visitors runs the whole product.
  get(paths.operator, row(303, 303, 303, 303, 303, 404, 404, 404, 404, 303, 303, 303, 303)),
  post(paths.runJob(':job'), row(403, 403, 403, 403, 403, 404, 404, 404, 404, 403, 403, 403, 403)),
  post(paths.newOrganization, ownersOpened, {
    name: 'Another',
    timeZone: 'Europe/Oslo',
    locale: 'en-GB',
    currency: 'EUR',
  }),
  get(paths.newOrganization, ownersOpen),
  get(paths.account, own),
  post(paths.account, actOnOwn, { name: 'New Name' }),
  post(paths.notifications, somebodyElses, {
    membership: '01a20d08-07eb-70c0-bdde-7c4fd161b03f',
    notify: 'no',
  }),
  post(paths.endSessions, actOnOwn),
  post(paths.endSession(':session'), somebodyElses),
  post(paths.acceptInvitation(':invitation'), somebodyElses),
  // The token is the credential, whoever brings it.
  get(paths.join(':token'), everybody(200)),
  post(paths.join(':token'), everybody(303), { name: 'New' }),
]
