// Ids sort by `n`, as UUIDv7 sort by time; the tenant's own hex keeps them apart.
const id = (kind: string) =>
  `printf('%08x-0000-7000-8000-${kind}', n) || substr(replace(?1, '-', ''), 21)`
const numbers =
  'with recursive numbers (n) as (select 1 union all select n + 1 from numbers where n < ?2)'

/** Portals, each with a contact who has two links, one of them seen. */
export async function fillPortals(
  d1: D1Database,
  organization: string,
  count: number,
): Promise<void> {
  const insert = (sql: string) => d1.prepare(`${sql}`).bind(organization, count)
  await d1.batch([
    insert(`insert into portal (id, organization_id, project, client, currency, created_at, last_activity_at)
      ${numbers} select ${id('')}, ?1, 'Project ' || n, 'Client ' || n, 'EUR', n, n from numbers`),
    insert(`insert into contact (id, organization_id, portal_id, name, email, created_at)
      ${numbers} select ${id('c')}, ?1, ${id('')}, 'Contact ' || n, 'c@example.com', n from numbers`),
    ...['a', 'b'].map((kind) =>
      insert(`insert into link (id, organization_id, portal_id, contact_id, scope, version, "key", seen_at, created_at)
      ${numbers} select ${id(kind)}, ?1, ${id('')}, ${id('c')}, 'all', 1, 'k1',
        ${kind === 'a' ? 'n' : 'null'}, n from numbers`),
    ),
  ])
}

/** Mails, one in a hundred of which bounced. */
export async function fillEmails(
  d1: D1Database,
  organization: string,
  count: number,
): Promise<void> {
  await d1
    .prepare(
      `insert into email (id, organization_id, "key", kind, "to", data, state, state_at, created_at)
      ${numbers} select ${id('e')}, ?1, ?1 || n, 'link', 'c@example.com', '{}',
        case when n % 100 = 0 then 'bounced' else 'delivered' end, n, n from numbers`,
    )
    .bind(organization, count)
    .run()
}

/** More links in one portal, for its first contact, each mailed three times. */
export async function fillLinks(d1: D1Database, portal: string, count: number): Promise<void> {
  const insert = (sql: string) => d1.prepare(sql).bind(portal, count)
  const contact = '(select id from contact where portal_id = ?1 order by id limit 1)'
  const tenant = '(select organization_id from portal where id = ?1)'
  await d1.batch([
    insert(`insert into link (id, organization_id, portal_id, contact_id, scope, version, "key", created_at)
      ${numbers} select ${id('f')}, ${tenant}, ?1, ${contact}, 'all', 1, 'k1', n from numbers`),
    ...['1', '2', '3'].map((nth) =>
      insert(`insert into email (id, organization_id, portal_id, link_id, "key", kind, "to", data, state, state_at, created_at)
      ${numbers} select ${id(nth)}, ${tenant}, ?1, ${id('f')}, ?1 || n || 'x${nth}', 'link',
        'c@example.com', '{}', 'delivered', n, n from numbers`),
    ),
  ])
}

/** API keys, as many revoked as not. */
export async function fillKeys(d1: D1Database, organization: string, count: number): Promise<void> {
  await d1
    .prepare(
      `insert into api_key (id, organization_id, name, role, hash, created_at, revoked_at)
      ${numbers} select ${id('9')}, ?1, 'Key ' || n, 'member', ?1 || n, n,
        case when n % 2 = 0 then n else null end from numbers`,
    )
    .bind(organization, count)
    .run()
}
