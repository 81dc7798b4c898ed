import { Hono, type Context } from 'hono'
import type { TenantCtx } from '../../ctx.ts'
import { authorise } from '../../features/organizations/rules.ts'
import { accountQuery } from '../../features/payments/account.ts'
import { connectInput, leftInput, secretInput } from '../../features/payments/input.ts'
import { forgetLeft, leavingQuery } from '../../features/payments/leaving.ts'
import {
  changeSecret,
  checkStripe,
  connectStripe,
  disconnectStripe,
  forgetOldSecret,
} from '../../features/payments/settings.ts'
import type { Failure, FieldError } from '../../lib/failure.ts'
import type { Result } from '../../lib/result.ts'
import { paths, withQuery } from '../../paths.ts'
import type { Inside } from '../http.ts'
import { formValues, parse } from '../input.ts'
import { frameOf, refuse } from './frame.tsx'
import { PaymentsPage } from './payments-page.tsx'

type Here = Context<Inside>

const maySee = (c: Here) => authorise(c.get('ctx').actor, 'payment.connect')

/** What somebody pasted does not come back: a key is shown to nobody, wrong ones neither. */
async function page(c: Here, errors: readonly FieldError[] = []) {
  const { db, now, organization, settings } = c.get('ctx')
  const [[account], left] = await db.batch([
    accountQuery(db, organization.id),
    leavingQuery(db, organization.id),
  ])
  return c.html(
    <PaymentsPage
      {...frameOf(c)}
      saved={c.req.query('saved') !== undefined}
      account={account}
      left={left}
      origin={settings.appUrl}
      canSeal={settings.settingsKeys !== undefined}
      form={{ values: {}, errors }}
      now={now}
    />,
    errors.length > 0 ? 422 : 200,
  )
}

/** A button of the page. */
const act =
  (verb: (ctx: TenantCtx) => Promise<Result<void, Failure>>, said = true) =>
  async (c: Here) =>
    answer(c, await verb(c.get('ctx')), said)

function answer(c: Here, done: Result<void, Failure>, said = true) {
  const path = paths.paymentSettings(c.get('ctx').organization.slug)
  if (done.ok) return c.redirect(said ? withQuery(path, { saved: '1' }) : path, 303)
  return done.failure.kind === 'invalid' ? page(c, done.failure.errors) : refuse(c, done.failure)
}

const action = (name: Parameters<typeof paths.paymentSettingsAction>[1]) =>
  paths.paymentSettingsAction(':organization', name)

export const paymentSettingPages = new Hono<Inside>()
  .get(paths.paymentSettings(':organization'), (c) =>
    maySee(c) ? page(c) : refuse(c, { kind: 'forbidden' }),
  )
  .post(action('key'), async (c) => {
    if (!maySee(c)) return refuse(c, { kind: 'forbidden' })
    const input = parse(connectInput, await formValues(c.req.raw))
    return input.ok
      ? answer(c, await connectStripe(c.get('ctx'), input.value))
      : page(c, input.errors)
  })
  .post(action('secret'), async (c) => {
    if (!maySee(c)) return refuse(c, { kind: 'forbidden' })
    const input = parse(secretInput, await formValues(c.req.raw))
    return input.ok
      ? answer(c, await changeSecret(c.get('ctx'), input.value))
      : page(c, input.errors)
  })
  .post(action('old-secret'), act(forgetOldSecret))
  .post(action('check'), act(checkStripe, false))
  .post(action('remove'), act(disconnectStripe))
  .post(action('forget'), async (c) => {
    if (!maySee(c)) return refuse(c, { kind: 'forbidden' })
    const input = parse(leftInput, await formValues(c.req.raw))
    return input.ok ? answer(c, await forgetLeft(c.get('ctx'), input.value)) : page(c, input.errors)
  })
