import { paths } from '../../../src/paths.ts'
import { page, act, item, added, gone } from '../answers.ts'
import { o, p, r, post, get, api, type Route } from '../route.ts'

export const requestRoutes: readonly Route[] = [
  get(paths.fileRequests(o, p), page),
  post(paths.fileRequests(o, p), act, { title: 'Logo', note: '', dueOn: '' }),
  post(paths.fileRequestAction(o, p, r, 'close'), act),
  post(paths.fileRequestAction(o, p, r, 'reopen'), act),
  api('GET', paths.api.fileRequests(p), item),
  api('POST', paths.api.fileRequests(p), added, { title: 'Logo' }),
  api('POST', paths.api.fileRequestAction(p, r, 'close'), item),
  api('POST', paths.api.fileRequestAction(p, r, 'reopen'), item),
  api('DELETE', paths.api.fileRequest(p, r), gone),
]
