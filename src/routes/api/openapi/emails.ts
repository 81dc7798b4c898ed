import { listEmailsInput } from '../../../features/emails/input.ts'
import { paths } from '../../../paths.ts'
import { list, type Operation } from './operation.ts'

export const emails: readonly Operation[] = [
  {
    method: 'get',
    path: paths.api.emails,
    summary: 'List the emails of the organisation',
    input: listEmailsInput,
    ok: list,
  },
  {
    method: 'post',
    path: paths.api.retryEmail(':email'),
    summary: 'Send a failed email once more',
    ok: { status: 200, description: 'The new email.' },
  },
]
