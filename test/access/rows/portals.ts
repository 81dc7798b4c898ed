import { paths } from '../../../src/paths.ts'
import { page, act, list, item, opened, row } from '../answers.ts'
import { o, p, post, get, api, contact, jsonContact, type Route } from '../route.ts'

const create = row(401, 401, 401, 401, 401, 201, 201, 201, 201, 201, 201, 201, 201)
const noted = row(404, 204, 204, 404, 204, 404, 404, 404, 404, 404, 404, 404, 404)
const facts = { project: 'P', client: 'C', currency: 'EUR' }

export const portalRoutes: readonly Route[] = [
  get(paths.portal(':token'), opened),
  api('GET', paths.api.client(':token'), opened),
  api('POST', paths.api.seen(':token'), noted),
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
  post(paths.portalAction(o, p, 'pause-reminders'), act),
  post(paths.portalAction(o, p, 'resume-reminders'), act),
  // Not archived: who may delete hears that, who may not hears nothing else.
  get(
    paths.portalAction(o, p, 'delete'),
    row(303, 303, 303, 303, 303, 403, 409, 409, 404, 303, 303, 303, 303),
  ),
  post(
    paths.portalAction(o, p, 'delete'),
    row(403, 403, 403, 403, 403, 403, 409, 409, 404, 403, 403, 403, 403),
  ),
  get(paths.portalAction(o, p, 'duplicate'), page),
  post(paths.portalAction(o, p, 'duplicate'), act, facts),
  post(paths.portalPrice(o, p), act, { price: '100' }),
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
  api('POST', paths.api.portalAction(p, 'pause-reminders'), item),
  api('POST', paths.api.portalAction(p, 'resume-reminders'), item),
]
