import { paths } from '../../../src/paths.ts'
import { page, act, list, item } from '../answers.ts'
import { o, post, get, api, type Route } from '../route.ts'

export const emailRoutes: readonly Route[] = [
  get(paths.emails(o), page),
  post(paths.retryEmail(o, ':email'), act),
  api('GET', paths.api.emails, list),
  api('POST', paths.api.retryEmail(':email'), item),
]
