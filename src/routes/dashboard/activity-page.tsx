import type { ListActivity } from '../../features/activity/input.ts'
import type { ActivityPage, Named } from '../../features/activity/queries.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import { paths, withQuery } from '../../paths.ts'
import { Dashboard } from '../../ui/dashboard.tsx'
import { Pager } from '../../ui/pager.tsx'
import { ActivityLog, LogKey } from './activity-log.tsx'
import { topicWords } from './topic-words.ts'

interface OrganizationActivityProps {
  person: Person
  membership: Membership
  page: ActivityPage
  input: ListActivity
  now: number
}

/** Everything that happened in the organisation, and what of it somebody asks for. */
export const OrganizationActivity = ({
  person,
  membership,
  page,
  input,
  now,
}: OrganizationActivityProps) => {
  const { organization } = membership
  const { slug } = organization
  const { list } = page
  const { topic, person: who, portal, cursor } = input
  const view = { topic, person: who, portal }
  const href = (over: Record<string, string | undefined> = {}) =>
    withQuery(paths.activity(slug), { ...view, ...over })
  const narrowed = Object.values(view).some((each) => each !== undefined)
  return (
    <Dashboard title="Activity" area="activity" person={person} membership={membership}>
      <div class="top">
        <h1>Activity</h1>
      </div>
      <Filters slug={slug} page={page} input={input} narrowed={narrowed} />
      {list.items.length === 0 ? (
        <div class="card blank">
          <h2>{narrowed || cursor ? 'Nothing like that' : 'Nothing has happened yet'}</h2>
          <p>
            {narrowed
              ? 'Nobody has done what you are looking for. Ask for less at once.'
              : 'What your team and your clients do is kept here, with who did it and when.'}
          </p>
          {narrowed && (
            <a class="btn" href={paths.activity(slug)}>
              Show everything
            </a>
          )}
        </div>
      ) : (
        <div class="card days">
          <LogKey />
          <ActivityLog
            items={list.items}
            clock={organization}
            now={now}
            personHref={(id) => href({ person: id })}
            portalHref={portal === undefined ? (id) => paths.portalOf(slug, id) : undefined}
          />
        </div>
      )}
      <Pager
        back={cursor === undefined ? undefined : { label: 'Newest', href: href() }}
        on={
          list.next === null ? undefined : { label: 'Earlier', href: href({ cursor: list.next }) }
        }
      />
    </Dashboard>
  )
}

interface FiltersProps {
  slug: string
  page: ActivityPage
  input: ListActivity
  narrowed: boolean
}

/** A plain GET form: what is chosen is in the address, so a view can be kept and sent around. */
const Filters = ({ slug, page, input, narrowed }: FiltersProps) => {
  const { list, choices } = page
  const whose = list.items[0]?.actorName ?? 'Somebody else'
  return (
    <form class="filters" action={paths.activity(slug)} aria-label="Filters">
      <Choice
        name="topic"
        label="What"
        all="Everything"
        chosen={input.topic}
        choices={Object.entries(topicWords).map(([id, name]) => ({ id, name }))}
      />
      <Choice
        name="person"
        label="Who"
        all="Everybody"
        chosen={input.person}
        choices={withChosen(choices.people, input.person, whose)}
      />
      <Choice
        name="portal"
        label="Where"
        all="Every portal"
        chosen={input.portal}
        choices={choices.portals}
      />
      <button class="btn">Show</button>
      {narrowed && (
        <a class="quiet" href={paths.activity(slug)}>
          Clear
        </a>
      )}
    </form>
  )
}

/** Somebody who is no longer in the team, or a contact, is reached through their name in the list. */
const withChosen = (choices: readonly Named[], id: string | undefined, name: string) =>
  id === undefined || choices.some((choice) => choice.id === id)
    ? choices
    : [{ id, name }, ...choices]

interface ChoiceProps {
  name: string
  label: string
  all: string
  chosen: string | undefined
  choices: readonly Named[]
}

const Choice = ({ name, label, all, chosen, choices }: ChoiceProps) => (
  <label>
    <span class="label">{label}</span>
    <select name={name}>
      <option value="">{all}</option>
      {choices.map((choice) => (
        <option value={choice.id} {...(choice.id === chosen ? { selected: true } : {})}>
          {choice.name}
        </option>
      ))}
    </select>
  </label>
)
