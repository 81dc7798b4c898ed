import { Hono, type Context } from 'hono'
import { deleteCookie } from 'hono/cookie'
import {
  changeNotify,
  changeProfile,
  endSession,
  endSessions,
} from '../../features/account/actions.ts'
import { notifyInput, profileInput } from '../../features/account/input.ts'
import { accountOf } from '../../features/account/queries.ts'
import { joinAsPerson } from '../../features/invitations/actions.ts'
import { joinInput } from '../../features/invitations/input.ts'
import { invitationsTo } from '../../features/invitations/queries.ts'
import { cookieName } from '../../features/signin/rules.ts'
import type { Failure } from '../../lib/failure.ts'
import { paths } from '../../paths.ts'
import type { FormState } from '../../ui/fields.tsx'
import { wordsFor } from '../failures.ts'
import type { Signed } from '../http.ts'
import { formValues, parse } from '../input.ts'
import { problemPage } from '../problems.tsx'
import { AccountPage } from './account-page.tsx'
import { Choose } from './choose.tsx'

type Here = Context<Signed>

async function show(c: Here, form: FormState, status: 200 | 422 = 200) {
  const { db, now } = c.get('ctx')
  const person = c.get('person')
  const account = await accountOf(db, person, now)
  return c.html(<AccountPage person={person} account={account} form={form} now={now} />, status)
}

function refuse(c: Here, failure: Failure) {
  if (failure.kind === 'missing') return c.notFound()
  return problemPage(c, wordsFor(failure))
}

/** Out of here: the session is gone, so the browser may forget its cookie. */
function signedOut(c: Here) {
  const name = cookieName(c.get('ctx').settings.appUrl)
  deleteCookie(c, name, { path: '/', secure: name.startsWith('__Secure-') })
  return c.redirect(paths.signIn, 303)
}

/** A person's own pages. No organisation's address begins with a hyphen, so none is in their way. */
export const accountPages = new Hono<Signed>()
  .get(paths.account, (c) => show(c, { values: { name: c.get('person').name }, errors: [] }))
  .post(paths.account, async (c) => {
    const values = await formValues(c.req.raw)
    const input = parse(profileInput, values)
    if (!input.ok) return show(c, { values, errors: input.errors }, 422)
    const changed = await changeProfile(c.get('ctx'), input.value)
    return changed.ok ? c.redirect(paths.account, 303) : refuse(c, changed.failure)
  })
  .post(paths.notifications, async (c) => {
    const input = parse(notifyInput, await formValues(c.req.raw))
    if (!input.ok) return c.notFound()
    const changed = await changeNotify(c.get('ctx'), input.value)
    return changed.ok
      ? c.redirect(`${paths.account}#notifications`, 303)
      : refuse(c, changed.failure)
  })
  .post(paths.endSessions, async (c) => {
    const ended = await endSessions(c.get('ctx'))
    return ended.ok ? signedOut(c) : refuse(c, ended.failure)
  })
  .post(paths.endSession(':session'), async (c) => {
    const id = c.req.param('session')
    const ended = await endSession(c.get('ctx'), id)
    if (!ended.ok) return refuse(c, ended.failure)
    return id === c.get('person').sessionId ? signedOut(c) : c.redirect(paths.account, 303)
  })
  .post(paths.acceptInvitation(':invitation'), async (c) => {
    const ctx = c.get('ctx')
    const person = c.get('person')
    const invitation = c.req.param('invitation')
    const values = await formValues(c.req.raw)
    const again = async (errors: FormState['errors']) => {
      const invitations = await invitationsTo(ctx.db, person.email, ctx.now)
      const sent = { invitation, form: { values, errors } }
      return c.html(<Choose person={person} invitations={invitations} sent={sent} />, 422)
    }
    const input = parse(joinInput, values)
    if (!input.ok) return again(input.errors)
    const joined = await joinAsPerson(ctx, { ...input.value, invitation })
    if (joined.ok) return c.redirect(paths.portals(joined.value.organization.slug), 303)
    const { failure } = joined
    return failure.kind === 'invalid' ? again(failure.errors) : refuse(c, failure)
  })
