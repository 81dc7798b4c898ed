import type { Topic } from '../../db/schema/activity.ts'
import type { PortalActivity } from '../../features/activity/input.ts'
import type { ActivityItem } from '../../features/activity/queries.ts'
import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { PortalLog } from '../../features/portals/log.ts'
import { paths, withQuery } from '../../paths.ts'
import { Pager } from '../../ui/pager.tsx'
import { ActivityLog, LogKey, ShortLog } from './activity-log.tsx'
import { PortalFrame } from './portal-frame.tsx'
import { topicWords } from './topic-words.ts'

/** What can happen in a portal; team and settings are the organisation's. */
const topics: readonly Topic[] = ['milestones', 'messages', 'files', 'links', 'portals']
const words: Partial<Record<Topic, string>> = { ...topicWords, portals: 'The portal itself' }

interface PortalActivityProps {
  person: Person
  membership: Membership
  log: PortalLog
  input: PortalActivity
  now: number
}

/** Everything that happened in one portal. */
export const PortalActivityPage = ({
  person,
  membership,
  log,
  input,
  now,
}: PortalActivityProps) => {
  const { organization } = membership
  const { portal, list } = log
  const { topic, person: who, cursor } = input
  const href = (over: Record<string, string | undefined>) =>
    withQuery(paths.portalActivity(organization.slug, portal.id), { topic, person: who, ...over })
  const chip = (label: string, value: Topic | undefined) => (
    <a
      href={href({ topic: value })}
      {...(topic === value ? { 'aria-current': 'true' as const } : {})}
    >
      {label}
    </a>
  )
  const [first] = list.items
  return (
    <PortalFrame person={person} membership={membership} portal={portal} tab="activity" now={now}>
      <div class="tools">
        <nav class="chips" aria-label="What to show">
          {chip('All', undefined)}
          {topics.map((each) => chip(words[each] ?? each, each))}
        </nav>
        {who !== undefined && (
          <a class="btn" href={href({ person: undefined })}>
            Everybody, not <bdi>{first ? first.actorName : 'this person'}</bdi> alone
          </a>
        )}
      </div>
      {list.items.length === 0 ? (
        <div class="card blank">
          <h2>{topic || who || cursor ? 'Nothing like that' : 'Nothing has happened yet'}</h2>
          <p>What you and the client do here is kept in this list, with who did it and when.</p>
        </div>
      ) : (
        <div class="card days">
          <LogKey />
          <ActivityLog
            items={list.items}
            clock={organization}
            now={now}
            personHref={(id) => href({ person: id })}
          />
        </div>
      )}
      <Pager
        back={cursor === undefined ? undefined : { label: 'Newest', href: href({}) }}
        on={
          list.next === null ? undefined : { label: 'Earlier', href: href({ cursor: list.next }) }
        }
      />
    </PortalFrame>
  )
}

interface CardProps {
  membership: Membership
  portal: { id: string }
  items: readonly ActivityItem[]
  now: number
}

/** On a portal's overview: what happened last. */
export const ActivityCard = ({ membership, portal, items, now }: CardProps) => {
  const { organization } = membership
  return (
    <section class="card">
      <div class="card-head">
        <h2>Activity</h2>
        {items.length > 0 && (
          <a class="quiet" href={paths.portalActivity(organization.slug, portal.id)}>
            All activity
          </a>
        )}
      </div>
      {items.length === 0 ? (
        <p class="empty">Nothing has happened yet.</p>
      ) : (
        <ShortLog items={items} clock={organization} now={now} />
      )}
    </section>
  )
}
