import type { Billing } from '../../features/links/billing.ts'
import type { Content } from '../../features/links/content.ts'
import type { Visit } from '../../features/links/visits.ts'
import { formatDay, dayOf } from '../../lib/day.ts'
import { newId } from '../../lib/id.ts'
import { brandOf } from '../../ui/brand.ts'
import { ClientLayout } from '../../ui/client.tsx'
import type { FormState } from '../../ui/fields.tsx'
import type { AskedProps } from './asked.tsx'
import type { InvoicesProps, OwedProps } from './billing.tsx'
import { Comms } from './comms.tsx'
import { byToken, type FileAddresses } from './file-addresses.ts'
import { FilesPanel } from './files-panel.tsx'
import { FlightPlan, type Refused } from './plan.tsx'
import { Readouts } from './readouts.tsx'
import type { SinceProps } from './since-list.tsx'

const listOf = (names: readonly string[], locale: string) =>
  new Intl.ListFormat(locale, { type: 'conjunction' }).format(names)

interface PortalPageProps {
  visit: Visit
  content: Content | null
  billing: Billing | null
  now: number
  /** Null for a member who looks on: nothing can be done in a preview. */
  token: string | null
  /** The message that is being written. */
  form: FormState
  /** The files that are being sent. */
  upload?: FormState
  /** The answer about a milestone that was not taken. */
  refused?: Refused | undefined
  preview?: { back: string; files: FileAddresses } | undefined
}

/** The client's page, drawn from one statement. `preview` is a member looking on. */
export const PortalPage = ({
  visit,
  content,
  billing,
  now,
  token,
  form,
  upload = { values: { id: newId(now) }, errors: [] },
  refused,
  preview,
}: PortalPageProps) => {
  const { organization, project, client, contactId, contactName, team } = visit
  const archived = visit.archivedAt !== null
  const open = token !== null && !archived
  const at = token === null ? preview?.files : byToken(token)
  return (
    <ClientLayout
      title={project}
      lang="en"
      brand={brandOf(organization)}
      client={client}
      contact={contactName}
      preview={preview}
    >
      <div class="hero">
        <div>
          <span class="label">Client portal</span>
          <h1>
            <bdi>{project}</bdi>
          </h1>
          <p>
            for <bdi>{client}</bdi>
            {team.length > 0 && ` · with ${listOf(team, 'en')}`}
          </p>
        </div>
        {content && open && (
          <a class="btn" href="#messages">
            Message the team
          </a>
        )}
      </div>
      {archived && (
        <p class="archived" role="note">
          <b>This portal is archived.</b> Everything here can still be read; nothing new can be
          added. To pick the work up again, write to {organization.name}.
        </p>
      )}
      {content && (
        <Readouts
          {...{ content, contactId, now }}
          clock={organization}
          owes={
            billing && billing.outstanding > 0 ? (
              <Owed billing={billing} currency={visit.currency} clock={organization} now={now} />
            ) : null
          }
        />
      )}
      {content && <Since {...{ content, contactId, now, token }} clock={organization} />}
      <div class={content ? 'deck' : 'deck one'}>
        {content && (
          <div class="col">
            <FlightPlan
              plan={content.plan}
              clock={organization}
              now={now}
              team={organization.name}
              contact={contactName}
              token={open ? token : null}
              refused={refused}
              pays={
                billing?.online === 1
                  ? { currency: visit.currency, locale: organization.locale, billing }
                  : null
              }
            />
            <Comms
              messages={content.messages}
              readings={content.readings}
              version={content.version}
              unread={content.unread}
              mailed={content.mailed}
              team={organization.name}
              portal={visit.portalId}
              contactId={contactId}
              clock={organization}
              now={now}
              token={token}
              open={open}
              form={form}
            />
          </div>
        )}
        <div class="col side">
          {billing && billing.invoices.length > 0 ? (
            <Invoices
              billing={billing}
              currency={visit.currency}
              clock={organization}
              now={now}
              token={token}
              open={open}
            />
          ) : (
            <section class="panel" id="invoices">
              <h2>Billing</h2>
              <p class="empty">
                <b>{archived ? 'No invoices' : 'No invoices yet'}</b>
                There is nothing to pay.
              </p>
            </section>
          )}
          {content && at && (
            <FilesPanel
              files={content.files}
              portal={visit.portalId}
              count={content.fileCount}
              size={content.fileSize}
              contactId={contactId}
              clock={organization}
              now={now}
              at={at}
              token={open ? token : null}
              archived={archived}
              form={upload}
            >
              {!archived && (
                <Asked
                  portal={visit.portalId}
                  requests={content.requests}
                  clock={organization}
                  now={now}
                  token={token}
                  upload={upload}
                />
              )}
            </FilesPanel>
          )}
          <Access visit={visit} />
        </div>
      </div>
    </ClientLayout>
  )
}

/** What only some pages show is loaded where there is some of it. */
const Since = async (props: SinceProps) => {
  if (props.content.since === null) return null
  const { News } = await import('./since-list.tsx')
  return <News {...props} />
}

const Asked = async (props: AskedProps) => {
  if (props.requests.length === 0) return null
  const { AskedFiles } = await import('./asked.tsx')
  return <AskedFiles {...props} />
}

const Invoices = async (props: InvoicesProps) => {
  const { BillingPanel } = await import('./billing.tsx')
  return <BillingPanel {...props} />
}

const Owed = async (props: OwedProps) => {
  const { Outstanding } = await import('./billing.tsx')
  return <Outstanding {...props} />
}

/** Whose link this is, what it opens, and until when. */
const Access = ({ visit }: { visit: Visit }) => {
  const { organization, contactName, scope, expiresAt } = visit
  return (
    <p class="access">
      This link is <bdi>{contactName}</bdi>’s and opens{' '}
      {scope === 'all' ? 'everything here' : 'invoices and their PDFs only'}.{' '}
      {expiresAt === null
        ? 'It has no end date: bookmark this page.'
        : `Its last day is ${formatDay(dayOf(expiresAt - 1, organization.timeZone), organization.locale)}.`}
    </p>
  )
}
