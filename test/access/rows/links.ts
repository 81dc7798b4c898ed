import { paths } from '../../../src/paths.ts'
import {
  everybody,
  page,
  act,
  actOfAdmins,
  showToAdmins,
  item,
  added,
  itemOfAdmins,
  row,
} from '../answers.ts'
import { o, p, l, post, get, api, contact, jsonContact, type Route } from '../route.ts'

const goneByAdmins = row(401, 401, 401, 401, 401, 403, 204, 204, 404, 403, 204, 204, 404)

export const linkRoutes: readonly Route[] = [
  post(paths.askForLink(':token'), everybody(200)),
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
  api('GET', paths.api.links(p), item),
  api('POST', paths.api.links(p), added, { contact: jsonContact }),
  api('PATCH', paths.api.link(p, l), item, { scope: 'billing' }),
  api('DELETE', paths.api.link(p, l), goneByAdmins),
  api('POST', paths.api.linkAction(p, l, 'replace'), itemOfAdmins),
  api('POST', paths.api.linkAction(p, l, 'pause'), item),
  api('POST', paths.api.linkAction(p, l, 'resume'), item),
  api('POST', paths.api.linkAction(p, l, 'send'), item),
  api('POST', paths.api.linkAction(p, l, 'reveal'), itemOfAdmins),
]
