import { paths } from '../../../src/paths.ts'
import { page, list, item } from '../answers.ts'
import { o, p, get, api, type Route } from '../route.ts'

export const activityRoutes: readonly Route[] = [
  get(paths.activity(o), page),
  get(paths.portalActivity(o, p), page),
  api('GET', paths.api.activity, list),
  api('GET', paths.api.portalActivity(p), item),
]
