import { listActivityInput, portalActivityInput } from '../../../features/activity/input.ts'
import { paths } from '../../../paths.ts'
import { list, type Operation } from './operation.ts'

export const activity: readonly Operation[] = [
  {
    method: 'get',
    path: paths.api.portalActivity(':portal'),
    summary: 'What happened in a portal, and who did it',
    input: portalActivityInput,
    ok: list,
  },
  {
    method: 'get',
    path: paths.api.activity,
    summary: 'What happened in the organisation',
    input: listActivityInput,
    ok: list,
  },
]
