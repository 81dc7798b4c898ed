import type { JobKind } from '../../features/jobs/enqueue.ts'
import {
  MOST,
  type Stuck,
  type StuckEmail,
  type StuckJob,
} from '../../features/operator/queries.ts'
import { isLate, isRunning, stillSince } from '../../features/operator/rules.ts'
import type { Person } from '../../features/organizations/queries.ts'
import { paths } from '../../paths.ts'
import { Personal } from '../../ui/dashboard.tsx'
import { Ago } from '../../ui/time.tsx'
import { actions, fit, Table } from '../../ui/table.tsx'
import { emailKind, emailLabel } from './email-state.ts'

const jobKinds: Record<JobKind, string> = {
  'email.send': 'Send an email',
  'messages.notify': 'Mail the news of a portal',
  'objects.delete': 'Delete a portal’s files',
  'files.delete': 'Delete a file for good',
  'upload.complete': 'Put a file together',
  'upload.abort': 'Clear an upload away',
  'document.make': 'Make a PDF',
  'link.make': 'Make a payment link',
  'link.off': 'Switch a payment link off',
  'links.follow': 'Look at the payment links of every invoice',
  'invoice.remind': 'Remind of an invoice',
  'invoices.replan': 'Plan reminders anew',
  'stripe.look': 'Look at a payment in Stripe',
  'stripe.reconcile': 'Compare the ledger with Stripe',
  'stripe.leave': 'Disconnect an account of Stripe',
  'refund.make': 'Refund through Stripe',
}

/** A row of the table may be older, or newer, than this code. */
const jobName = (kind: string): string =>
  Object.entries(jobKinds).find(([known]) => known === kind)?.[1] ?? kind

/** Of no organisation, so of no zone but the world's. */
const clock = { locale: 'en-GB', timeZone: 'UTC' }

interface StuckProps {
  person: Person
  stuck: Stuck
  /** Where SendGrid should post its events, while nobody has told it. */
  events: string | undefined
  now: number
}

export const StuckPage = ({ person, stuck, events, now }: StuckProps) => {
  const still = stillSince(stuck.jobs, now)
  const none = stuck.jobs.length === 0 && stuck.emails.length === 0
  return (
    <Personal title="What is stuck" area="operator" person={person}>
      <div class="top">
        <div>
          <h1>What is stuck</h1>
          <p class="under">In all organisations of this installation.</p>
        </div>
      </div>
      {still !== undefined && (
        <div class="notice amber heads-up" role="status">
          <p>
            <b>The cron seems not to run.</b> It takes what is due every minute, and the oldest job
            was due <Ago at={still} now={now} clock={clock} />. Look at the Worker’s cron triggers;
            until they fire, jobs run only when somebody changes something.
          </p>
        </div>
      )}
      {events !== undefined && (
        <div class="notice heads-up">
          <p>
            <b>Nobody hears yet whether emails arrive.</b> Have SendGrid post its events to{' '}
            <code>{events}</code> and set <code>SENDGRID_WEBHOOK_KEY</code>; until then emails stay
            at Sent.
          </p>
        </div>
      )}
      {none ? (
        <div class="card blank">
          <h2>Nothing is stuck</h2>
          <p>Every job ran, and every email arrived or is on its way.</p>
        </div>
      ) : (
        <>
          <Jobs jobs={stuck.jobs} now={now} />
          <Emails emails={stuck.emails} now={now} />
        </>
      )}
    </Personal>
  )
}

const More = ({ shown }: { shown: number }) =>
  shown < MOST ? null : <p class="empty">There may be more: these are the first {shown}.</p>

const Owner = ({ name }: { name: string | null }) =>
  name === null ? <span class="muted">No organisation</span> : <bdi>{name}</bdi>

const Jobs = ({ jobs, now }: { jobs: readonly StuckJob[]; now: number }) => (
  <section class="card part">
    <div class="card-head">
      <h2>Jobs that failed or wait</h2>
    </div>
    {jobs.length === 0 ? (
      <p class="empty">Every job ran.</p>
    ) : (
      <Table of="stuck" heads={['Job', 'Organisation', fit('Since'), fit('Next try'), actions]}>
        {jobs.map((job) => (
          <JobRow job={job} now={now} />
        ))}
      </Table>
    )}
    <More shown={jobs.length} />
  </section>
)

const tries = (attempts: number): string =>
  attempts === 0 ? 'never tried' : attempts === 1 ? 'tried once' : `tried ${attempts} times`

const JobRow = ({ job, now }: { job: StuckJob; now: number }) => {
  const name = jobName(job.kind)
  const running = isRunning(job, now)
  return (
    <tr>
      <td>
        <b>{name}</b>
        <small>
          {tries(job.attempts)} · <code>{job.id}</code>
        </small>
        {job.error && <small class="amber">{job.error}</small>}
      </td>
      <td>
        <Owner name={job.organization} />
      </td>
      <td class="fit muted">
        <span class="slim">Since </span>
        <Ago at={job.createdAt} now={now} clock={clock} />
      </td>
      <td class="fit">
        {running ? (
          <span class="tag blue">Running</span>
        ) : isLate(job, now) ? (
          <span class="tag red">Overdue</span>
        ) : (
          <span class="muted">
            <span class="slim">Next try </span>
            <Ago at={job.nextAt} now={now} clock={clock} />
          </span>
        )}
      </td>
      <td class="fit r">
        {!running && (
          <form method="post" action={paths.runJob(job.id)}>
            <button class="btn">
              Run now
              <span class="unseen">
                : {name}, {tries(job.attempts)}
              </span>
            </button>
          </form>
        )}
      </td>
    </tr>
  )
}

const Emails = ({ emails, now }: { emails: readonly StuckEmail[]; now: number }) => (
  <section class="card part">
    <div class="card-head">
      <h2>Emails that did not arrive</h2>
    </div>
    {emails.length === 0 ? (
      <p class="empty">Every email arrived, or is on its way.</p>
    ) : (
      <Table of="stuck" heads={['To', 'Organisation', fit('State'), fit('Since')]}>
        {emails.map((mail) => {
          const { tone, label } = emailLabel({ state: mail.state, at: mail.stateAt, now })
          return (
            <tr>
              <td>
                <b>{mail.to}</b>
                <small>{emailKind(mail.kind)}</small>
                {mail.reason && <small class={tone}>{mail.reason}</small>}
              </td>
              <td>
                <Owner name={mail.organization} />
              </td>
              <td class="fit">
                <span class={`tag ${tone}`}>{label}</span>
              </td>
              <td class="fit muted">
                <Ago at={mail.stateAt} now={now} clock={clock} />
              </td>
            </tr>
          )
        })}
      </Table>
    )}
    <More shown={emails.length} />
  </section>
)
