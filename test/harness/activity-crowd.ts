import { numberedId as id, numbers } from '../../dev/demo/crowd.ts'

/** Who did every tenth, every hundredth of it, and so on. */
export const crowdPerson = (n: number): string =>
  `01900000-0000-7000-8000-0000000000${String(n).padStart(2, '0')}`

/**
 * Entries of every topic, by twenty people, newest last: every second one in one portal, the rest
 * spread over the organisation's first `portals` ones, as `fillPortals` made them, and over none.
 */
export async function fillActivity(
  d1: D1Database,
  organization: string,
  { portal, portals, count }: { portal: string; portals: number; count: number },
): Promise<void> {
  const step = 100_000
  for (let from = 0; from < count; from += step) {
    await d1
      .prepare(
        `insert into activity (id, organization_id, portal_id, actor_kind, actor_id, actor_name, kind, topic, data, client, at)
        ${numbers}, entries as (select n + ?5 as n from numbers)
        select ${id('')}, ?1,
          case when n % 2 = 0 then ?3 when n % 5 = 0 then null
            else ${id('').replace('n)', '1 + n % ?4)')} end,
          'member', '01900000-0000-7000-8000-0000000000' || printf('%02d', n / 7 % 20), 'Somebody', 'portal.changed',
          case n / 3 % 6 when 0 then 'portals' when 1 then 'links' when 2 then 'milestones' when 3 then 'messages'
            when 4 then 'team' else 'settings' end,
          '{}', n % 3 = 0, n from entries`,
      )
      .bind(organization, Math.min(step, count - from), portal, portals, from)
      .run()
  }
}
