import type { TemplateListed } from '../../features/milestones/queries.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { Page } from '../../lib/page.ts'
import { paths, withQuery } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Line } from '../../ui/line.tsx'
import { Pager } from '../../ui/pager.tsx'
import { SettingsNav } from '../../ui/settings-nav.tsx'
import { Ago } from '../../ui/time.tsx'

interface TemplateListProps {
  person: Person
  membership: Membership
  list: Page<TemplateListed>
  /** Whether this is the newest page, where an empty list means there are no templates at all. */
  first: boolean
  /** The id of the one that was saved just now. */
  saved: string | undefined
  now: number
}

export const TemplateList = (props: TemplateListProps) => {
  const { person, membership, list, first, saved, now } = props
  const { organization } = membership
  const { slug } = organization
  const fresh = list.items.find(({ id }) => id === saved)
  return (
    <Dashboard title="Templates" area="settings" person={person} membership={membership}>
      <div class="top">
        <h1>Settings</h1>
      </div>
      <SettingsNav membership={membership} current="templates" />
      {fresh && (
        <div class="notice teal saved" role="status">
          <p>
            Saved “<bdi>{fresh.name}</bdi>”. A portal without milestones can start from it.
          </p>
        </div>
      )}
      <section class="card" aria-labelledby="templates">
        <div class="card-head">
          <h2 id="templates">Milestone templates</h2>
        </div>
        {list.items.length === 0 ? (
          <p class="empty">
            {first
              ? 'No templates yet. Plan one portal well, then choose “Save as template” below its milestones: the next portal starts from there.'
              : 'You have reached the end of the list.'}
          </p>
        ) : (
          <ul class="links">
            {list.items.map((template) => (
              <Line
                name={<bdi>{template.name}</bdi>}
                said={
                  <>
                    {template.count} {template.count === 1 ? 'milestone' : 'milestones'} · saved{' '}
                    <Ago at={template.createdAt} now={now} clock={organization} />
                  </>
                }
              >
                <Delete slug={slug} template={template} />
              </Line>
            ))}
          </ul>
        )}
      </section>
      <Pager
        back={first ? undefined : { label: 'Newest', href: paths.templates(slug) }}
        on={
          list.next === null
            ? undefined
            : { label: 'Older', href: withQuery(paths.templates(slug), { cursor: list.next }) }
        }
      />
    </Dashboard>
  )
}

const Delete = ({ slug, template }: { slug: string; template: TemplateListed }) => {
  const question = `delete-${template.id}`
  return (
    <div>
      <button class="btn" type="button" commandfor={question} command="show-modal">
        Delete<span class="unseen"> {template.name}</span>
      </button>
      <dialog id={question} aria-labelledby={`${question}-title`}>
        <h3 id={`${question}-title`}>
          Delete “<bdi>{template.name}</bdi>”?
        </h3>
        <p>Portals that were started from it keep their milestones.</p>
        <form method="post" action={paths.deleteTemplate(slug, template.id)} class="actions">
          <button class="btn danger">Delete</button>
          <button class="btn" type="button" commandfor={question} command="close">
            Cancel
          </button>
        </form>
      </dialog>
    </div>
  )
}
