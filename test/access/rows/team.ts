import { paths } from '../../../src/paths.ts'
import { page, actOfAdmins, showToAdmins, pageOfAdmins, row } from '../answers.ts'
import { o, post, get, type Route } from '../route.ts'

const actOfOwners = row(403, 403, 403, 403, 403, 403, 403, 303, 404, 403, 403, 403, 403)
// The scene's one owner is the last.
const lastOwnerStays = row(403, 403, 403, 403, 403, 303, 303, 409, 404, 403, 403, 403, 403)

export const teamRoutes: readonly Route[] = [
  get(paths.team(o), page),
  post(paths.invitations(o), actOfAdmins, { email: 'new@colleague.example', role: 'member' }),
  post(paths.invitationAction(o, ':invitation', 'resend'), actOfAdmins),
  post(paths.invitationAction(o, ':invitation', 'revoke'), actOfAdmins),
  post(paths.memberAction(o, ':member', 'role'), actOfAdmins, { role: 'admin' }),
  post(paths.memberAction(o, ':member', 'remove'), actOfAdmins),
  post(paths.memberAction(o, ':member', 'transfer'), actOfOwners),
  post(paths.leave(o), lastOwnerStays),
  get(paths.keys(o), pageOfAdmins),
  get(paths.newKey(o), pageOfAdmins),
  post(paths.keys(o), showToAdmins, { name: 'K', role: 'member' }),
  post(paths.revokeKey(o, ':key'), actOfAdmins),
]
