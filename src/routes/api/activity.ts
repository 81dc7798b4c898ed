import { Hono } from 'hono'
import { listActivityInput, portalActivityInput } from '../../features/activity/input.ts'
import { activityOf, activityOfPortal, type ActivityItem } from '../../features/activity/queries.ts'
import { sentence } from '../../features/activity/sentences.ts'
import { paths } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { failed } from './problem.ts'

const activityView = (entry: ActivityItem) => ({
  id: entry.id,
  at: new Date(entry.at).toISOString(),
  actor: { kind: entry.actorKind, id: entry.actorId, name: entry.actorName },
  kind: entry.kind,
  topic: entry.topic,
  text: sentence(entry),
  data: entry.data,
  portal: entry.portalId,
  /** Whether the portal's clients may read it too. */
  client: entry.client,
})

export const activities = new Hono<Admin>()
  .get(paths.api.activity, async (c) => {
    const { db, organization } = c.get('ctx')
    const input = parse(listActivityInput, c.req.query())
    if (!input.ok) return failed(c, { kind: 'invalid', errors: input.errors })
    const { items, next } = await activityOf(db, organization.id, input.value)
    return c.json({ items: items.map(activityView), next })
  })
  .get(paths.api.portalActivity(':portal'), async (c) => {
    const { db, organization } = c.get('ctx')
    const input = parse(portalActivityInput, c.req.query())
    if (!input.ok) return failed(c, { kind: 'invalid', errors: input.errors })
    const page = await activityOfPortal(db, organization.id, c.req.param('portal'), input.value)
    if (!page) return failed(c, { kind: 'missing' })
    return c.json({ items: page.items.map(activityView), next: page.next })
  })
