import type { Context } from 'hono'
import { joinByToken } from '../features/invitations/actions.ts'
import { joinInput } from '../features/invitations/input.ts'
import type { Joining } from '../features/invitations/queries.ts'
import { invitationByToken } from '../features/invitations/token.ts'
import type { Person } from '../features/organizations/queries.ts'
import { enterAs, loadAuth } from '../features/signin/session.ts'
import { paths } from '../paths.ts'
import { Plain } from '../ui/dashboard.tsx'
import { FormErrors, TextField, type FormState } from '../ui/fields.tsx'
import { roleWords } from '../ui/roles.ts'
import { tooFast } from './bursts.ts'
import { withCookies } from './cookies.ts'
import { door } from './door.tsx'
import { wordsFor } from './failures.ts'
import type { Base } from './http.ts'
import { formValues, parse } from './input.ts'
import { changesNothing, fromOurOrigin } from './origin.ts'
import { notOurs, problemPage, tooFastAnswer } from './problems.tsx'
import { signedIn } from './session.ts'

interface JoinProps {
  token: string
  found: Joining
  /** Who is signed in in this browser. */
  person: Person | undefined
  form: FormState
}

const Join = ({ token, found, person, form }: JoinProps) => {
  const { organization, invitedBy, role, email } = found
  const itself = person?.email === email
  const mustSignIn = found.belongs && !itself
  return (
    <Plain title={`Join ${organization.name}`}>
      <p class="lead">
        <b>
          <bdi>{invitedBy}</bdi>
        </b>{' '}
        invites <b>{email}</b> to work at <bdi>{organization.name}</bdi> as {roleWords[role].as}.
      </p>
      {mustSignIn ? (
        <form method="post" action={paths.signIn} class="stack">
          <p class="hint">
            This address has a way in here already. Sign in with it, and the invitation waits for
            you on the first page.
          </p>
          <input type="hidden" name="email" value={email} />
          <input type="hidden" name="next" value={paths.dashboard} />
          <button class="btn go">Send me a sign-in link</button>
        </form>
      ) : (
        <form method="post" action={paths.join(token)} class="stack">
          <FormErrors form={form} />
          {!found.name && (
            <TextField
              form={form}
              name="name"
              label="Your name"
              hint="As colleagues and clients read it."
              maxlength={80}
              autocomplete="name"
              required
              autofocus
            />
          )}
          <button class="btn go" autofocus={Boolean(found.name)}>
            Join
          </button>
          {person && !itself && (
            <p class="hint">
              You are signed in as {person.email} now. Joining signs you in as {email} instead.
            </p>
          )}
        </form>
      )}
    </Plain>
  )
}

/** One page for every token that opens nothing, so that it tells nobody which invitations exist. */
const Dead = () => (
  <Plain
    title="This invitation no longer works"
    lead="It has been used or withdrawn, or its seven days are over. Ask whoever invited you to send it again."
  >
    <p class="hint">
      Have you joined already? <a href={paths.signIn}>Sign in</a> with your email.
    </p>
  </Plain>
)

/** Who is signed in in this browser, if somebody is. */
async function personOf(c: Context<Base>): Promise<Person | undefined> {
  const session = await signedIn(c.req.raw, c.env, c.get('ctx'))
  for (const cookie of session?.cookies ?? []) c.header('set-cookie', cookie, { append: true })
  return session?.person
}

export const join = door()
  .use('/join/*', async (c, next) => {
    if (changesNothing(c.req.raw)) return next()
    if (!fromOurOrigin(c.req.raw, c.get('ctx'))) return notOurs(c)
    return (await tooFast(c.req.raw, c.env)) ? tooFastAnswer(c) : next()
  })
  // Reading takes nothing: mail scanners open every link. The button does.
  .get(paths.join(':token'), async (c) => {
    const token = c.req.param('token')
    const found = await invitationByToken(c.get('ctx'), token)
    if (!found) return c.html(<Dead />, 404)
    const form: FormState = { values: {}, errors: [] }
    return c.html(<Join token={token} found={found} person={await personOf(c)} form={form} />)
  })
  .post(paths.join(':token'), async (c) => {
    const ctx = c.get('ctx')
    const token = c.req.param('token')
    const found = await invitationByToken(ctx, token)
    if (!found) return c.html(<Dead />, 404)
    const person = await personOf(c)
    if (person) {
      const { userId, name, email } = person
      Object.assign(ctx, { actor: { kind: 'person', userId, name, email } })
    }
    const values = await formValues(c.req.raw)
    const again = (errors: FormState['errors']) =>
      c.html(<Join token={token} found={found} person={person} form={{ values, errors }} />, 422)
    const input = parse(joinInput, values)
    if (!input.ok) return again(input.errors)
    const joined = await joinByToken(ctx, { ...input.value, token })
    if (!joined.ok) {
      const { failure } = joined
      if (failure.kind === 'missing') return c.html(<Dead />, 404)
      if (failure.kind === 'invalid') return again(failure.errors)
      return problemPage(c, wordsFor(failure))
    }
    const { organization, email } = joined.value
    const home = paths.portals(organization.slug)
    if (person?.email === email) return c.redirect(home, 303)
    const auth = await loadAuth(c.env, ctx.settings)
    return withCookies(await enterAs(auth, email, c.req.raw.headers), home)
  })
