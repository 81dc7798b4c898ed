import type { AccountShown } from '../../features/payments/account.ts'
import { eventTypes } from '../../features/payments/event-types.ts'
import { COUNTED, type LeavingShown } from '../../features/payments/leaving.ts'
import { permissionsNeeded } from '../../features/payments/permissions.ts'
import { paths } from '../../paths.ts'
import { FormErrors, TextField, type FormState } from '../../ui/fields.tsx'
import { Ago } from '../../ui/time.tsx'
import { SettingsPage, type SettingsFrame } from './settings-page.tsx'

interface PaymentsPageProps extends SettingsFrame {
  account: AccountShown | undefined
  /** Accounts that are being left. */
  left: readonly LeavingShown[]
  /** Of this installation. */
  origin: string
  /** Whether a key can be kept at all. */
  canSeal: boolean
  form: FormState
  now: number
}

/** Where an organisation's own Stripe account is connected. */
export const PaymentsPage = ({
  account,
  left,
  origin,
  canSeal,
  form,
  now,
  ...frame
}: PaymentsPageProps) => {
  const { slug } = frame.membership.organization
  const clock = frame.membership.organization
  const connected = account?.hasKey ?? false
  return (
    <SettingsPage {...frame} current="payments">
      {!canSeal && (
        <div class="notice amber heads-up" role="status">
          <p>
            <b>Keys can’t be kept here yet.</b> Whoever runs this installation has to set{' '}
            <code>SETTINGS_KEY</code>, which seals them; <code>npm run deploy</code> makes one.
            Until then invoices are paid by bank transfer.
          </p>
        </div>
      )}
      {left.map((each) => (
        <Leaving left={each} slug={slug} now={now} clock={clock} />
      ))}
      <section class="card form stack part" aria-labelledby="stripe-title">
        <div class="card-title">
          <h2 id="stripe-title">Stripe</h2>
          {connected && account?.mode === 'test' && <span class="tag amber">Test mode</span>}
          {connected && account?.mode === 'live' && <span class="tag teal">Live</span>}
        </div>
        {connected && account ? (
          <Connected account={account} slug={slug} now={now} clock={clock} />
        ) : (
          <p class="plain-words">
            Clients pay by card or bank debit, straight into your own Stripe account. Without it,
            invoices show your bank details and no “Pay now”; everything else works.
          </p>
        )}
        {canSeal && (
          <form method="post" action={paths.paymentSettingsAction(slug, 'key')} class="stack">
            {form.errors.some(({ path }) => path === 'key') && <FormErrors form={form} />}
            <TextField
              form={form}
              name="key"
              label={connected ? 'Another restricted key' : 'Restricted key'}
              hint="In Stripe under Developers, API keys, Create restricted key. It begins with rk_test_ or rk_live_, is tried before it is kept, and is never shown again."
              maxlength={300}
              autocomplete="off"
              spellcheck={false}
            />
            <div class="actions">
              <button class={connected ? 'btn' : 'btn go'}>
                {connected ? 'Use this key instead' : 'Connect'}
              </button>
            </div>
          </form>
        )}
      </section>
      {account && <Webhook {...{ account, slug, origin, canSeal, form, now, clock }} />}
      <Permissions found={account?.permissions ?? null} />
      {connected && (
        <section class="card form stack part" aria-labelledby="remove-title">
          <h2 id="remove-title">Take the key away</h2>
          <p class="hint">
            “Pay now” goes from every invoice, and bank details stand in its place. The key makes
            nothing any more. It is kept, sealed, until every Payment Link is switched off at
            Stripe, which takes a minute or two; revoke it in Stripe after that. Payments that are
            on their way are still told to you.
          </p>
          <form method="post" action={paths.paymentSettingsAction(slug, 'remove')}>
            <button class="btn">Take the key away</button>
          </form>
        </section>
      )}
    </SettingsPage>
  )
}

interface Clock {
  locale: string
  timeZone: string
}

interface Part {
  account: AccountShown
  slug: string
  now: number
  clock: Clock
}

const Connected = ({ account, slug, now, clock }: Part) => {
  const { accountName, accountId, keyEnd, checkedAt, trouble } = account
  return (
    <>
      {trouble !== null && (
        <div class="notice red" role="alert">
          <p>
            <b>Something is in the way of payments.</b> {trouble}
          </p>
        </div>
      )}
      <dl class="facts-list">
        <div>
          <dt>Account</dt>
          <dd>
            <bdi>{accountName ?? 'Without a name'}</bdi> <code>{accountId}</code>
          </dd>
        </div>
        <div>
          <dt>Key</dt>
          <dd>
            <code>
              {account.mode === 'test' ? 'rk_test_' : 'rk_live_'}…{keyEnd}
            </code>
          </dd>
        </div>
        <div>
          <dt>Looked at</dt>
          <dd>{checkedAt === null ? 'Never' : <Ago at={checkedAt} now={now} clock={clock} />}</dd>
        </div>
      </dl>
      <form method="post" action={paths.paymentSettingsAction(slug, 'check')}>
        <button class="btn">Check the key now</button>
      </form>
    </>
  )
}

interface LeavingProps {
  left: LeavingShown
  slug: string
  now: number
  clock: Clock
}

const linksOn = (links: number): string =>
  links === 1
    ? 'One Payment Link of it is still on at Stripe'
    : `${links >= COUNTED ? `${COUNTED} or more` : links} Payment Links of it are still on at Stripe`

function leavingWords({ hasKey, links }: LeavingShown): string {
  if (hasKey) {
    return links === 0
      ? 'All that it made is switched off at Stripe, and the key is forgotten in a minute.'
      : `${linksOn(links)} and being switched off, so that nobody pays by one unseen. The key is kept, sealed, until that is done, and makes nothing any more.`
  }
  return links === 0
    ? 'The key has been forgotten here. No Payment Link of it is known to be on.'
    : `${linksOn(links)} and can be paid by. Please switch off there, under Payment Links, what is on; the key has been forgotten here.`
}

/** An account whose key was taken away: until what it made is off at Stripe, or can't be switched off. */
const Leaving = ({ left, slug, now, clock }: LeavingProps) => {
  const { home, keyEnd, accountName, leftAt, trouble, hasKey } = left
  const [mode, account] = home.split(':')
  const title = `left-${account}-${mode}`
  return (
    <section class="card form stack part" aria-labelledby={title}>
      <div class="card-title">
        <h2 id={title}>{hasKey ? 'Being disconnected' : 'Not all of it is switched off'}</h2>
        {mode === 'test' && <span class="tag amber">Test mode</span>}
      </div>
      <p class="plain-words">
        <bdi>{accountName ?? 'An account without a name'}</bdi> <code>{account}</code>, key{' '}
        <code>
          {mode === 'test' ? 'rk_test_' : 'rk_live_'}…{keyEnd}
        </code>
        , left <Ago at={leftAt} now={now} clock={clock} />. {leavingWords(left)}
      </p>
      {trouble !== null && (
        <div class={hasKey ? 'notice amber' : 'notice red'} role="status">
          <p>
            <b>{hasKey ? 'Stripe refuses it so far.' : 'Why it stopped.'}</b> {trouble}
          </p>
        </div>
      )}
      <form method="post" action={paths.paymentSettingsAction(slug, 'forget')} class="stack">
        <input type="hidden" name="home" value={home} />
        {hasKey && (
          <p class="hint">
            You need not wait for it. If you forget the key at once, links that are still on can be
            paid until you switch them off in Stripe.
          </p>
        )}
        <div class="actions">
          <button class="btn">{hasKey ? 'Forget the key at once' : 'I have seen to it'}</button>
        </div>
      </form>
    </section>
  )
}

interface WebhookProps extends Part {
  origin: string
  canSeal: boolean
  form: FormState
}

const Webhook = ({ account, slug, origin, canSeal, form, now, clock }: WebhookProps) => {
  const { hasSecret, hasOldSecret, eventAt } = account
  return (
    <section class="card form stack part" aria-labelledby="webhook-title" id="webhook">
      <div class="card-title">
        <h2 id="webhook-title">Webhook</h2>
        {!hasSecret && <span class="tag amber">To be set up</span>}
      </div>
      <p class="plain-words">
        It tells you within seconds that a client has paid. In Stripe under Developers, Webhooks,
        add an endpoint with this address and these events, then paste its signing secret here.
      </p>
      <div class="field">
        <label for="endpoint">Address</label>
        <copy-field data-quiet>
          <input
            id="endpoint"
            class="num"
            readonly
            value={origin + paths.webhooks.stripe(account.endpoint)}
          />
          <button class="btn go" type="button" hidden>
            Copy
          </button>
        </copy-field>
      </div>
      <details class="events">
        <summary>{eventTypes.length} events to switch on</summary>
        <ul class="num">
          {eventTypes.map((event) => (
            <li>{event}</li>
          ))}
        </ul>
      </details>
      <dl class="facts-list">
        <div>
          <dt>Last event received</dt>
          <dd>
            {eventAt === null ? (
              <span class="muted">None yet</span>
            ) : (
              <Ago at={eventAt} now={now} clock={clock} />
            )}
          </dd>
        </div>
      </dl>
      {canSeal && (
        <form method="post" action={paths.paymentSettingsAction(slug, 'secret')} class="stack">
          {form.errors.some(({ path }) => path === 'secret') && <FormErrors form={form} />}
          <TextField
            form={form}
            name="secret"
            label={hasSecret ? 'A new signing secret' : 'Signing secret'}
            hint={
              hasSecret
                ? 'The present one stays valid beside it, so nothing is lost while you roll it in Stripe.'
                : 'It begins with whsec_ and is never shown again.'
            }
            maxlength={300}
            autocomplete="off"
            spellcheck={false}
          />
          <div class="actions">
            <button class={hasSecret ? 'btn' : 'btn go'}>
              {hasSecret ? 'Add the new secret' : 'Save the secret'}
            </button>
          </div>
        </form>
      )}
      {hasOldSecret && (
        <form method="post" action={paths.paymentSettingsAction(slug, 'old-secret')} class="stack">
          <p class="hint">
            Two secrets are valid at present. Once Stripe signs with the new one alone, let the old
            one go.
          </p>
          <div class="actions">
            <button class="btn">Let the old secret go</button>
          </div>
        </form>
      )}
    </section>
  )
}

/** What the key needs, and which of it Stripe would refuse. */
const Permissions = ({ found }: { found: Record<string, boolean> | null }) => {
  const rows = Object.entries(permissionsNeeded)
  const missing = rows.filter(([permission]) => found?.[permission] === false)
  return (
    <section class="card part" aria-labelledby="permissions-title">
      <div class="card-head">
        <h2 id="permissions-title">What the key may do</h2>
        {missing.length > 0 && <span class="tag red">{missing.length} missing</span>}
      </div>
      <table class="permissions">
        <thead>
          <tr>
            <th scope="col">Permission</th>
            <th scope="col" class="fit">
              Access
            </th>
            <th scope="col">To</th>
            <th scope="col" class="fit">
              <span class="unseen">Whether the key has it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(([permission, { name, access, use }]) => (
            <tr>
              <th scope="row">{name}</th>
              <td class="fit">{access}</td>
              <td class="muted">{use}</td>
              <td class="fit">
                {found === null ? (
                  <span class="muted">Needed</span>
                ) : found[permission] === false ? (
                  <span class="tag red">Missing</span>
                ) : (
                  <span class="tag teal">Yes</span>
                )}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <p class="foot">
        Everything else can stay at None. The key needs to read the account as well (Basic account
        information), by which you see whose it is.
      </p>
    </section>
  )
}
