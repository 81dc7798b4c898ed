import { askToSignIn } from '../features/signin/actions.ts'
import { signInInput } from '../features/signin/input.ts'
import { safeNext } from '../features/signin/rules.ts'
import { enter, leave, loadAuth } from '../features/signin/session.ts'
import { paths } from '../paths.ts'
import { Plain } from '../ui/dashboard.tsx'
import { FormErrors, TextField, type FormState } from '../ui/fields.tsx'
import { tooFast } from './bursts.ts'
import { withCookies } from './cookies.ts'
import { door } from './door.tsx'
import { formValues, parse } from './input.ts'
import { fromOurOrigin } from './origin.ts'
import { notOurs, tooFastAnswer } from './problems.tsx'

const SignIn = ({ form, note }: { form: FormState; note?: string }) => (
  <Plain
    title="Sign in"
    lead={note ?? 'Enter your email and we send you a link. There is no password.'}
  >
    <form method="post" action={paths.signIn} class="stack">
      <FormErrors form={form}>
        <p>Nothing was sent yet.</p>
      </FormErrors>
      <TextField
        form={form}
        name="email"
        label="Email"
        type="email"
        autocomplete="email"
        required
        autofocus
      />
      {form.values['next'] && <input type="hidden" name="next" value={form.values['next']} />}
      <button class="btn go">Send me a link</button>
    </form>
  </Plain>
)

const Sent = ({ email }: { email: string }) => (
  <Plain title="Look in your inbox">
    <p class="lead" role="status">
      If <b>{email}</b> may sign in here, a link is on its way. It works once, for ten minutes.
    </p>
    <p class="hint">
      Nothing there after a minute? Look in the spam folder. You can ask for another link in ten
      minutes, five times a day, or <a href={paths.signIn}>use another address</a> now.
    </p>
  </Plain>
)

const Confirm = ({ token, next }: { token: string; next: string | undefined }) => (
  <Plain title="One more click" lead="This signs you in on this device.">
    <form method="post" action={paths.confirm} class="stack">
      <input type="hidden" name="token" value={token} />
      {next && <input type="hidden" name="next" value={next} />}
      <button class="btn go" autofocus>
        Sign in
      </button>
    </form>
  </Plain>
)

export const signIn = door()
  // '/sign-in/*' is '/sign-in' too; naming both would count each twice.
  .on('POST', ['/sign-in/*', '/sign-out'], async (c, next) => {
    if (!fromOurOrigin(c.req.raw, c.get('ctx'))) return notOurs(c)
    return (await tooFast(c.req.raw, c.env)) ? tooFastAnswer(c) : next()
  })
  .get(paths.signIn, (c) => {
    const next = safeNext(c.req.query('next'))
    return c.html(<SignIn form={{ values: next ? { next } : {}, errors: [] }} />)
  })
  .post(paths.signIn, async (c) => {
    const values = await formValues(c.req.raw)
    const input = parse(signInInput, values)
    if (!input.ok) return c.html(<SignIn form={{ values, errors: input.errors }} />, 422)
    const { success } = await c.env.BURSTS_BY_EMAIL.limit({ key: input.value.email })
    if (success) c.set('unseen', askToSignIn(c.get('ctx'), input.value))
    return c.html(<Sent email={input.value.email} />)
  })
  // Reading spends nothing: mail scanners open every link. The button does.
  .get(paths.confirm, (c) => {
    const token = c.req.query('token') ?? ''
    return c.html(<Confirm token={token} next={safeNext(c.req.query('next'))} />)
  })
  .post(paths.confirm, async (c) => {
    const { token = '', next } = await formValues(c.req.raw)
    const auth = await loadAuth(c.env, c.get('ctx').settings)
    const entered = await enter(auth, token, c.req.raw.headers)
    if (entered) return withCookies(entered, safeNext(next) ?? paths.dashboard)
    return c.html(
      <SignIn
        form={{ values: next ? { next } : {}, errors: [] }}
        note="That link has been used or is older than ten minutes. Ask for a new one here."
      />,
      410,
    )
  })
  .post(paths.signOut, async (c) => {
    const auth = await loadAuth(c.env, c.get('ctx').settings)
    return withCookies(await leave(auth, c.req.raw.headers), paths.signIn)
  })
