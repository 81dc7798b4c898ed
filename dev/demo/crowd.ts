import { minutes } from './story.ts'

/** The numbers n from 1 to ?2. */
export const numbers =
  'with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ?2)'

/** Ids sort by `n`, as UUIDv7 sort by time; the hex of ?1, the tenant or portal, keeps them apart. */
export const numberedId = (kind: string): string =>
  `printf('%08x-0000-7000-8000-${kind}', n) || substr(replace(?1, '-', ''), 21)`

/**
 * So many portals that only an index finds one, the newest opened at `until`: one in ten is archived,
 * some await money in one of two currencies, and each has a contact with two links, one of them seen.
 * Written past the verbs, which would take an hour.
 */
export async function fillPortals(
  d1: D1Database,
  organization: string,
  count: number,
  until: number,
): Promise<void> {
  const insert = (sql: string) => d1.prepare(`${sql}`).bind(organization, count, until)
  const id = numberedId
  const opened = `?3 - (?2 - n) * ${minutes(40)}`
  await d1.batch([
    insert(`insert into portal (id, organization_id, project, client, currency, created_at,
        archived_at, last_activity_at, outstanding)
      ${numbers} select ${id('')}, ?1, 'Project ' || n, 'Client ' || n, case n % 2 when 0 then 'EUR' else 'USD' end,
        ${opened}, case n % 10 when 0 then ?3 end, ?3 - (n * 7919 % 3001) * ${minutes(7)},
        case n % 4 when 0 then n % 13 * 12500 else 0 end from numbers`),
    insert(`insert into contact (id, organization_id, portal_id, name, email, created_at)
      ${numbers} select ${id('c')}, ?1, ${id('')}, 'Contact ' || n, 'contact' || n || '@example.com', ${opened} from numbers`),
    ...['a', 'b'].map((kind) =>
      insert(`insert into link (id, organization_id, portal_id, contact_id, scope, version, "key", seen_at, created_at)
      ${numbers} select ${id(kind)}, ?1, ${id('')}, ${id('c')}, 'all', 1, 'k1',
        ${kind === 'a' ? opened : 'null'}, ${opened} from numbers`),
    ),
  ])
}
