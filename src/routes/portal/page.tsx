import { mayOpen, type Section } from '../../features/links/rules.ts'
import type { Visit } from '../../features/links/visits.ts'
import { formatDay, dayOf } from '../../lib/day.ts'
import { brandOf } from '../../ui/brand.ts'
import { ClientLayout } from '../../ui/client.tsx'

interface Empty {
  section: Section
  title: string
  none: string
  words: (team: string) => string
}

const empty: readonly Empty[] = [
  {
    section: 'milestones',
    title: 'Flight plan',
    none: 'No milestones',
    words: (team) => `As soon as ${team} plans the work, you can follow it here.`,
  },
  {
    section: 'messages',
    title: 'Comms',
    none: 'No messages',
    words: (team) => `What you and ${team} write to each other will be here.`,
  },
  {
    section: 'invoices',
    title: 'Billing',
    none: 'No invoices',
    words: () => 'There is nothing to pay.',
  },
  {
    section: 'files',
    title: 'Files',
    none: 'No files',
    words: () => 'Whatever you share with each other will be here.',
  },
]

const listOf = (names: readonly string[], locale: string) =>
  new Intl.ListFormat(locale, { type: 'conjunction' }).format(names)

/** The client's page, drawn from one statement. `preview` is a member looking on. */
export const PortalPage = ({
  visit,
  preview,
}: {
  visit: Visit
  preview?: { back: string } | undefined
}) => {
  const { organization, project, client, contactName, scope, expiresAt, team } = visit
  const archived = visit.archivedAt !== null
  const open = empty.filter(({ section }) => mayOpen(scope, section))
  const panels = (sections: readonly Section[]) =>
    open
      .filter(({ section }) => sections.includes(section))
      .map(({ section, title, none, words }) => (
        <section class="panel" id={section}>
          <h2>{title}</h2>
          <p class="empty">
            <b>{archived ? none : `${none} yet`}</b>
            {!archived && words(organization.name)}
          </p>
        </section>
      ))
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
        <span class="label">Client portal</span>
        <h1>
          <bdi>{project}</bdi>
        </h1>
        <p>
          for <bdi>{client}</bdi>
          {team.length > 0 && ` · with ${listOf(team, 'en')}`}
        </p>
      </div>
      {archived && (
        <p class="archived" role="note">
          <b>This portal is archived.</b> Everything here can still be read; nothing new can be
          added. To pick the work up again, write to {organization.name}.
        </p>
      )}
      <dl class="readouts">
        <div>
          <dt class="label">Welcome aboard</dt>
          <dd class="value name">
            <bdi>{contactName}</bdi>
          </dd>
          <dd class="note">This link is yours: no account, no password.</dd>
        </div>
        <div>
          <dt class="label">Clearance</dt>
          <dd class="value">{scope === 'all' ? 'Everything' : 'Invoices'}</dd>
          <dd class="note">
            {scope === 'all'
              ? 'Plan, messages, files and invoices'
              : 'Invoices and their PDFs only'}
          </dd>
        </div>
        <div>
          <dt class="label">Link valid</dt>
          <dd class="value">
            {expiresAt === null
              ? 'No end date'
              : formatDay(dayOf(expiresAt - 1, organization.timeZone), organization.locale)}
          </dd>
          <dd class="note">
            {expiresAt === null ? 'Bookmark this page' : 'is the last day it opens this page'}
          </dd>
        </div>
      </dl>
      <div class={scope === 'all' ? 'deck' : 'deck one'}>
        {scope === 'all' && <div class="col">{panels(['milestones', 'messages'])}</div>}
        <div class="col side">{panels(['invoices', 'files'])}</div>
      </div>
    </ClientLayout>
  )
}
