import {
  changeMilestoneInput,
  createMilestoneInput,
  listMilestonesInput,
} from '../../../features/milestones/input.ts'
import { paths } from '../../../paths.ts'
import { item, type Operation } from './operation.ts'

export const milestones: readonly Operation[] = [
  {
    method: 'get',
    path: paths.api.milestones(':portal'),
    summary: 'The plan of a portal, in its order',
    input: listMilestonesInput,
    ok: { status: 200, description: '{ items, next }: one page, in the order of the plan.' },
  },
  {
    method: 'post',
    path: paths.api.milestones(':portal'),
    summary: 'Add a milestone at the end of the plan',
    input: createMilestoneInput,
    ok: { status: 201, description: 'The milestone.' },
  },
  {
    method: 'patch',
    path: paths.api.milestone(':portal', ':milestone'),
    summary:
      'Change a milestone, on the version that was seen; a stale one is 409 with the current item',
    input: changeMilestoneInput,
    ok: item,
  },
  {
    method: 'delete',
    path: paths.api.milestone(':portal', ':milestone'),
    summary: 'Delete a milestone',
    ok: { status: 204, description: 'It is gone.' },
  },
  {
    method: 'post',
    path: paths.api.requestApproval(':portal', ':milestone'),
    summary: 'Ask the client to sign a milestone off',
    ok: item,
  },
]
