import { paths } from '../../../src/paths.ts'
import { everybody, page, act, item, added, openedWhole, actInside, row } from '../answers.ts'
import { o, p, post, get, api, type Route } from '../route.ts'

const writtenInside = row(404, 201, 404, 404, 201, 404, 404, 404, 404, 404, 404, 404, 404)

export const messageRoutes: readonly Route[] = [
  get(paths.clientMessages(':token'), openedWhole),
  post(paths.clientMessages(':token'), actInside, { body: 'Hello' }),
  post(paths.clientNews(':token'), actInside),
  api('GET', paths.api.clientMessages(':token'), openedWhole),
  api('POST', paths.api.clientMessages(':token'), writtenInside, { body: 'Hello' }),
  // The signed token is the credential, whoever brings it.
  get(paths.api.unsubscribe(':token'), everybody(200)),
  post(paths.api.unsubscribe(':token'), everybody(200), { 'List-Unsubscribe': 'One-Click' }),
  get(paths.messages(o, p), page),
  post(paths.messages(o, p), act, { body: 'Hello' }),
  post(paths.readMessages(o, p), act),
  post(paths.messageAction(o, p, ':message', 'archive'), act),
  post(paths.messageAction(o, p, ':message', 'restore'), act),
  get(paths.inbox(o), page),
  api('GET', paths.api.messages(p), item),
  api('POST', paths.api.messages(p), added, { body: 'Hello' }),
  api('POST', paths.api.messageAction(p, ':message', 'archive'), item),
  api('POST', paths.api.messageAction(p, ':message', 'restore'), item),
  api('POST', paths.api.portalSeen(p), item),
]
