import { paths } from '../../../src/paths.ts'
import { page, act, item, added, gone, row } from '../answers.ts'
import { o, p, m, t, post, get, api, type Route } from '../route.ts'

// A milestone that waits for an answer: of the link to everything in its own portal, and of nobody else.
const answered = row(404, 303, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
const answeredByApi = row(404, 200, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404, 404)
const words = { title: 'New', description: '', dueOn: '', weight: '1' }

export const milestoneRoutes: readonly Route[] = [
  post(paths.clientAnswer(':token', m, 'approve'), answered),
  post(paths.clientAnswer(':token', m, 'request-changes'), answered, { note: 'Bigger' }),
  post(paths.clientAnswer(':token', m, 'approve-and-pay'), answered),
  api('POST', paths.api.clientAnswer(':token', m, 'approve-and-pay'), answeredByApi),
  api('POST', paths.api.clientAnswer(':token', m, 'approve'), answeredByApi),
  api('POST', paths.api.clientAnswer(':token', m, 'request-changes'), answeredByApi, { note: 'x' }),
  get(paths.milestones(o, p), page),
  post(paths.milestones(o, p), act, { title: 'New', weight: '1' }),
  get(paths.milestone(o, p, m), page),
  post(paths.milestone(o, p, m), act, { ...words, version: '1' }),
  post(paths.milestoneAction(o, p, m, 'progress'), act, { progress: '50', version: '1' }),
  post(paths.milestoneAction(o, p, m, 'move'), act, { position: '0', version: '1' }),
  post(paths.milestoneAction(o, p, m, 'request-approval'), act),
  post(paths.milestoneAction(o, p, m, 'delete'), act),
  post(paths.saveTemplate(o, p), act, { name: 'Website' }),
  post(paths.useTemplate(o, p), act, { template: t, firstDay: '2026-12-04' }),
  get(paths.templates(o), page),
  post(paths.deleteTemplate(o, t), act),
  post(paths.milestonePrice(o, p, m), act, { version: '1', kind: 'percent', price: '10' }),
  api('GET', paths.api.milestones(p), item),
  api('POST', paths.api.milestones(p), added, { title: 'New' }),
  api('PATCH', paths.api.milestone(p, m), item, { version: 1, progress: 50 }),
  api('DELETE', paths.api.milestone(p, m), gone),
  api('POST', paths.api.requestApproval(p, m), item),
]
