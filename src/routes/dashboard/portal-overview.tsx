import type { Membership, Person } from '../../features/organizations/queries.ts'
import type { Overview } from '../../features/portals/overview.ts'
import { paths } from '../../paths.ts'
import { MilestonesCard } from './milestones-card.tsx'
import { ActivityCard } from './portal-activity.tsx'
import { LinksCard } from './portal-access.tsx'
import { PortalFrame } from './portal-frame.tsx'

interface OverviewProps {
  person: Person
  membership: Membership
  overview: Overview
  now: number
}

/** A portal at a glance: its plan, who can open it, and what happened last. */
export const OverviewPage = ({ person, membership, overview, now }: OverviewProps) => {
  const { portal, plan, links, activity } = overview
  const all = paths.links(membership.organization.slug, portal.id)
  return (
    <PortalFrame person={person} membership={membership} portal={portal} tab="overview" now={now}>
      <div class="overview">
        <div>
          <MilestonesCard
            membership={membership}
            portal={portal}
            plan={plan}
            on="overview"
            now={now}
            empty={
              <p class="empty">
                No milestones yet. Your client follows the work by them
                {portal.archivedAt === null && (
                  <>
                    :{' '}
                    <a href={paths.milestones(membership.organization.slug, portal.id)}>
                      plan it now
                    </a>
                  </>
                )}
                .
              </p>
            }
          />
          <LinksCard
            membership={membership}
            portal={portal}
            links={links.items}
            now={now}
            all={links.next === null ? undefined : all}
          />
        </div>
        <div>
          <ActivityCard membership={membership} portal={portal} items={activity} now={now} />
        </div>
      </div>
    </PortalFrame>
  )
}
