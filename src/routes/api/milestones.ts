import { Hono, type Context } from 'hono'
import {
  changeMilestone,
  createMilestone,
  deleteMilestone,
} from '../../features/milestones/actions.ts'
import { requestApproval } from '../../features/milestones/approval.ts'
import {
  changeMilestoneInput,
  createMilestoneInput,
  listMilestonesInput,
} from '../../features/milestones/input.ts'
import { lastMove, milestoneById, type MilestonePath } from '../../features/milestones/queries.ts'
import { planPage } from '../../features/portals/plan.ts'
import type { Failure } from '../../lib/failure.ts'
import { ok } from '../../lib/result.ts'
import { paths } from '../../paths.ts'
import type { Admin } from '../http.ts'
import { parse } from '../input.ts'
import { jsonBody } from './json.ts'
import { noInput, post } from './post.ts'
import { failed } from './problem.ts'
import { milestoneView, moveView } from './views.ts'

type Here = Context<Admin>

const pathOf = (c: Here): MilestonePath => ({
  portal: c.req.param('portal') ?? '',
  milestone: c.req.param('milestone') ?? '',
})

/** A conflict says how the milestone is now and who moved it, so that nobody writes over it unseen. */
async function refused(c: Here, failure: Failure): Promise<Response> {
  if (failure.kind !== 'conflict') return failed(c, failure)
  const { db, organization } = c.get('ctx')
  const now = await milestoneById(db, organization.id, pathOf(c))
  if (!now) return failed(c, { kind: 'missing' })
  const move = await lastMove(db, organization.id, pathOf(c))
  return failed(c, failure, { current: milestoneView(now), moved: move ? moveView(move) : null })
}

export const milestones = new Hono<Admin>()
  .get(paths.api.milestones(':portal'), async (c) => {
    const { db, organization } = c.get('ctx')
    const input = parse(listMilestonesInput, c.req.query())
    if (!input.ok) return failed(c, { kind: 'invalid', errors: input.errors })
    const page = await planPage(db, organization.id, c.req.param('portal'), input.value)
    if (!page) return failed(c, { kind: 'missing' })
    return c.json({ items: page.items.map(milestoneView), next: page.next })
  })
  .post(
    paths.api.milestones(':portal'),
    post({
      status: 201,
      input: (c) => jsonBody(c, createMilestoneInput),
      async act(c, input, id) {
        const portal = c.req.param('portal') ?? ''
        const made = await createMilestone(c.get('ctx'), { ...input, id, portal })
        return made.ok ? ok(milestoneView(made.value)) : made
      },
      async show(c, id) {
        const { db, organization } = c.get('ctx')
        const path = { portal: c.req.param('portal') ?? '', milestone: id }
        const found = await milestoneById(db, organization.id, path)
        return found && milestoneView(found)
      },
    }),
  )
  .patch(paths.api.milestone(':portal', ':milestone'), async (c) => {
    const input = await jsonBody(c, changeMilestoneInput)
    if (!input.ok) return input.response
    const changed = await changeMilestone(c.get('ctx'), pathOf(c), input.value)
    return changed.ok ? c.json(milestoneView(changed.value)) : refused(c, changed.failure)
  })
  .delete(paths.api.milestone(':portal', ':milestone'), async (c) => {
    const gone = await deleteMilestone(c.get('ctx'), pathOf(c))
    return gone.ok ? c.body(null, 204) : failed(c, gone.failure)
  })
  .post(
    paths.api.requestApproval(':portal', ':milestone'),
    post({
      status: 200,
      input: noInput,
      async act(c) {
        const asked = await requestApproval(c.get('ctx'), pathOf(c))
        return asked.ok ? ok(milestoneView(asked.value)) : asked
      },
      async show(c) {
        const { db, organization } = c.get('ctx')
        const found = await milestoneById(db, organization.id, pathOf(c))
        return found && milestoneView(found)
      },
    }),
  )
