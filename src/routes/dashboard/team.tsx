import { Hono, type Context } from 'hono'
import { invite, resendInvitation, revokeInvitation } from '../../features/invitations/actions.ts'
import { inviteInput } from '../../features/invitations/input.ts'
import {
  changeRole,
  leaveOrganization,
  removeMember,
  transferOwnership,
} from '../../features/members/actions.ts'
import { changeRoleInput, teamInput, type TeamPage } from '../../features/members/input.ts'
import { teamOf } from '../../features/members/queries.ts'
import type { Failure } from '../../lib/failure.ts'
import type { Result } from '../../lib/result.ts'
import { paths, type InvitationAction, type MemberAction } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import { wordsFor } from '../failures.ts'
import type { Inside } from '../http.ts'
import { formValues, parse } from '../input.ts'
import { frameOf, refuse } from './frame.tsx'
import { TeamList } from './team-list.tsx'

type Here = Context<Inside>

const firstPage: TeamPage = { limit: 50 }

const blank: FormState = { values: { role: 'member' }, errors: [] }

async function show(c: Here, page: TeamPage, form: FormState, status: 200 | 422 | 429 = 200) {
  const { db, now, organization } = c.get('ctx')
  const team = await teamOf(db, organization.id, page)
  return c.html(<TeamList {...frameOf(c)} team={team} page={page} form={form} now={now} />, status)
}

const backToTeam = (c: Here) => c.redirect(paths.team(c.get('ctx').organization.slug), 303)

const answer = (c: Here, done: Result<unknown, Failure>) =>
  done.ok ? backToTeam(c) : refuse(c, done.failure)

const ofMember = (name: MemberAction) => paths.memberAction(':organization', ':member', name)
const ofInvitation = (name: InvitationAction) =>
  paths.invitationAction(':organization', ':invitation', name)

export const teamPages = new Hono<Inside>()
  .get(paths.team(':organization'), (c) => {
    const page = parse(teamInput, c.req.query())
    return page.ok ? show(c, page.value, blank) : c.notFound()
  })
  .post(paths.invitations(':organization'), async (c) => {
    const values = await formValues(c.req.raw)
    const input = parse(inviteInput, values)
    if (!input.ok) return show(c, firstPage, { values, errors: input.errors }, 422)
    const invited = await invite(c.get('ctx'), input.value)
    if (invited.ok) return backToTeam(c)
    const { failure } = invited
    if (failure.kind === 'invalid')
      return show(c, firstPage, { values, errors: failure.errors }, 422)
    if (failure.kind !== 'limited') return refuse(c, failure)
    c.header('Retry-After', String(failure.retryAfter))
    const { title, detail } = wordsFor(failure)
    const errors = [{ path: 'email', message: `${title}. ${detail}` }]
    return show(c, firstPage, { values, errors }, 429)
  })
  .post(ofInvitation('resend'), async (c) => {
    const invitation = c.req.param('invitation')
    return answer(c, await resendInvitation(c.get('ctx'), { invitation }))
  })
  .post(ofInvitation('revoke'), async (c) => {
    const invitation = c.req.param('invitation')
    return answer(c, await revokeInvitation(c.get('ctx'), { invitation }))
  })
  .post(ofMember('role'), async (c) => {
    const input = parse(changeRoleInput, await formValues(c.req.raw))
    if (!input.ok) return refuse(c, { kind: 'invalid', errors: input.errors })
    const member = c.req.param('member')
    return answer(c, await changeRole(c.get('ctx'), { member }, input.value))
  })
  .post(ofMember('remove'), async (c) => {
    const member = c.req.param('member')
    return answer(c, await removeMember(c.get('ctx'), { member }))
  })
  .post(ofMember('transfer'), async (c) => {
    const member = c.req.param('member')
    return answer(c, await transferOwnership(c.get('ctx'), { member }))
  })
  .post(paths.leave(':organization'), async (c) => {
    const left = await leaveOrganization(c.get('ctx'))
    return left.ok ? c.redirect(paths.dashboard, 303) : refuse(c, left.failure)
  })
