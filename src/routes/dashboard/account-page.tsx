import type { Account, SessionItem } from '../../features/account/queries.ts'
import { deviceName } from '../../features/account/rules.ts'
import type { Person } from '../../features/organizations/queries.ts'
import { permits } from '../../features/organizations/rules.ts'
import type { Clock } from '../../lib/day.ts'
import { paths } from '../../paths.ts'
import { Personal } from '../../ui/dashboard.tsx'
import { FormErrors, TextField, type FormState } from '../../ui/fields.tsx'
import { roleWords } from '../../ui/roles.ts'
import { Saved } from '../../ui/saved.tsx'
import { Ago } from '../../ui/time.tsx'
import { Waiting } from './waiting.tsx'

interface AccountProps {
  person: Person
  account: Account
  /** The form with the person's name. */
  form: FormState
  /** Whether the page is what a good form led to. */
  saved: boolean
  now: number
}

export const AccountPage = ({ person, account, form, saved, now }: AccountProps) => (
  <Personal title="Your account" area="account" person={person}>
    <div class="top">
      <h1>Your account</h1>
    </div>
    {saved && <Saved />}
    <div class="column">
      <section class="card" aria-labelledby="profile">
        <div class="card-head">
          <h2 id="profile">Profile</h2>
        </div>
        <form method="post" action={paths.account} class="inset stack">
          <FormErrors form={form} />
          <TextField
            form={form}
            name="name"
            label="Your name"
            hint="As colleagues and clients read it."
            maxlength={80}
            autocomplete="name"
            required
          />
          <p class="fact">
            <b>Email</b>
            <span>{person.email}</span>
            <small>Your sign-in links go there.</small>
          </p>
          <div class="actions">
            <button class="btn go">Save</button>
          </div>
        </form>
      </section>
      {account.invitations.length > 0 && (
        <section class="card" aria-labelledby="invitations">
          <div class="card-head">
            <h2 id="invitations">Invitations</h2>
          </div>
          <div class="inset">
            <Waiting person={person} invitations={account.invitations} />
          </div>
        </section>
      )}
      <Organizations person={person} />
      {person.memberships.length > 0 && <Notifications person={person} mailed={account.mailed} />}
      <section class="card" aria-labelledby="sessions">
        <div class="card-head">
          <h2 id="sessions">Where you are signed in</h2>
          <form method="post" action={paths.endSessions}>
            <button class="btn">Sign out everywhere</button>
          </form>
        </div>
        <ul class="links">
          {account.sessions.map((session) => (
            <SessionRow
              session={session}
              here={session.id === person.sessionId}
              clock={clockOf(person)}
              now={now}
            />
          ))}
        </ul>
        <p class="foot">
          Something here that isn’t you? Sign out everywhere, this browser included, and come back
          by a new link.
        </p>
      </section>
    </div>
  </Personal>
)

/** A person has no zone of their own: that of the first organisation will do. */
const clockOf = ({ memberships: [first] }: Person): Clock =>
  first?.organization ?? { locale: 'en-GB', timeZone: 'UTC' }

const Organizations = ({ person }: { person: Person }) => (
  <section class="card" aria-labelledby="organizations">
    <div class="card-head">
      <h2 id="organizations">Organisations</h2>
      {person.mayFound && (
        <a class="btn" href={paths.newOrganization}>
          Open another
        </a>
      )}
    </div>
    {person.memberships.length === 0 ? (
      <p class="empty">
        You belong to no organisation. Whoever invites {person.email} lets you in.
      </p>
    ) : (
      <ul class="links">
        {person.memberships.map(({ organization, role }) => (
          <li class="link two">
            <b>
              <a class="cover" href={paths.organization(organization.slug)}>
                <bdi>{organization.name}</bdi>
              </a>
            </b>
            <span class="muted">{roleWords[role].name}</span>
          </li>
        ))}
      </ul>
    )}
  </section>
)

/** What each organisation may mail to the person; a mail with news leads here. */
const Notifications = ({ person, mailed }: { person: Person; mailed: ReadonlySet<string> }) => (
  <section class="card" aria-labelledby="notifications">
    <div class="card-head">
      <h2 id="notifications">Emails with news</h2>
    </div>
    <ul class="links">
      {person.memberships.map(({ id, organization, role }) => {
        const on = mailed.has(id)
        const bank = permits(role, 'payment.refund')
        return (
          <li class="link two">
            <div>
              <b>
                <bdi>{organization.name}</bdi>
              </b>{' '}
              <span class={on ? 'tag teal' : 'tag'}>{on ? 'On' : 'Off'}</span>
              <small>
                {on
                  ? 'You are emailed when a client sends a file, answers a sign-off, or writes and nobody of the team has seen it.'
                  : 'What clients write and send waits for you here.'}
                {bank &&
                  (on
                    ? ' Also when a bank disputes a payment, or a debit fails.'
                    : ' So do disputes of payments, which have a day to be answered by.')}
              </small>
            </div>
            <form method="post" action={paths.notifications}>
              <input type="hidden" name="membership" value={id} />
              <input type="hidden" name="notify" value={on ? 'no' : 'yes'} />
              <button class="btn">
                {on ? 'Turn off' : 'Turn on'}
                <span class="unseen"> emails with news of {organization.name}</span>
              </button>
            </form>
          </li>
        )
      })}
    </ul>
  </section>
)

interface SessionProps {
  session: SessionItem
  /** The browser that the page is shown in. */
  here: boolean
  clock: Clock
  now: number
}

const SessionRow = ({ session, here, clock, now }: SessionProps) => {
  const device = deviceName(session.userAgent)
  return (
    <li class="link two">
      <div>
        <b>{device}</b> {here && <span class="tag teal">This one</span>}
        <small>
          Signed in <Ago at={session.createdAt.getTime()} now={now} clock={clock} />
          {session.updatedAt.getTime() > session.createdAt.getTime() && (
            <>
              , renewed <Ago at={session.updatedAt.getTime()} now={now} clock={clock} />
            </>
          )}
          {session.ipAddress && (
            <>
              {' '}
              from <span class="num">{session.ipAddress}</span>
            </>
          )}
        </small>
      </div>
      <form method="post" action={paths.endSession(session.id)}>
        <button class="btn">
          Sign out<span class="unseen"> {here ? 'this browser' : device}</span>
        </button>
      </form>
    </li>
  )
}
