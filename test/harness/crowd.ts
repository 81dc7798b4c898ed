import { numberedId as id, numbers } from '../../dev/demo/crowd.ts'

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

/** Members who came one after the other, and invitations, each mailed twice. */
export async function fillTeam(d1: D1Database, organization: string, count: number): Promise<void> {
  const insert = (sql: string) => d1.prepare(sql).bind(organization, count)
  const address = `'m' || n || '@' || ?1`
  await d1.batch([
    insert(`insert into user (id, name, email, email_verified, created_at, updated_at)
      ${numbers} select ${id('')}, 'Member ' || n, ${address}, 1, n, n from numbers`),
    insert(`insert into member (id, organization_id, user_id, role, created_at)
      ${numbers} select ${id('')}, ?1, ${id('')}, 'member', n / 10 from numbers`),
    insert(`insert into invitation (id, organization_id, email, role, invited_by, created_at, expires_at)
      ${numbers} select ${id('')}, ?1, 'i' || n || '@example.com', 'member', 'X', n, n from numbers`),
    ...['1', '2'].map((nth) =>
      insert(`insert into email (id, organization_id, "key", kind, "to", data, state, state_at, created_at)
      ${numbers} select ${id(`8${nth}`)}, ?1, 'invitation:' || ${id('')} || ':${nth}', 'invitation',
        'i' || n || '@example.com', '{}', 'delivered', n, n from numbers`),
    ),
  ])
}

/** Jobs that are due at some time to come, one in ten of which failed before and is late. */
export async function fillJobs(d1: D1Database, organization: string, count: number): Promise<void> {
  await d1
    .prepare(
      `insert into job (id, organization_id, kind, "key", data, next_at, error, created_at)
      ${numbers} select ${id('b')}, ?1, 'email.send', ?1 || n, '{}',
        case when n % 10 = 0 then n else 9e12 + n end,
        case when n % 10 = 0 then 'No answer' end, n from numbers`,
    )
    .bind(organization, count)
    .run()
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

/** A plan as long as it may be, and more. */
export async function fillPlan(d1: D1Database, portal: string, count: number): Promise<void> {
  await d1
    .prepare(
      `insert into milestone (id, organization_id, portal_id, title, position, created_at)
      ${numbers} select ${id('9')}, (select organization_id from portal where id = ?1), ?1, 'Step ' || n, n, n from numbers`,
    )
    .bind(portal, count)
    .run()
}

export async function fillTemplates(
  d1: D1Database,
  organization: string,
  count: number,
): Promise<void> {
  await d1
    .prepare(
      `insert into milestone_template (id, organization_id, name, items, created_at)
      ${numbers} select ${id('7')}, ?1, 'Template ' || n, '[]', n from numbers`,
    )
    .bind(organization, count)
    .run()
}

/** Messages of twenty words in one portal, its clients' and its team's in turn, and many who have read. */
export async function fillThread(d1: D1Database, portal: string, count: number): Promise<void> {
  const insert = (sql: string) => d1.prepare(sql).bind(portal, count)
  const tenant = '(select organization_id from portal where id = ?1)'
  const before = '(select thread from portal where id = ?1)'
  const words =
    'the menu page looks right and we would like to see it on a phone before we say yes to all'
  await d1.batch([
    insert(`insert into message (id, organization_id, portal_id, author_kind, author_id, author_name, body, seq, created_at)
      ${numbers} select ${id('')}, ${tenant}, ?1, case n % 2 when 0 then 'member' else 'contact' end, 'a' || n % 3,
        'Author ' || n % 3, '${words} ' || n, ${before} + n, n from numbers`),
    insert(`insert into reading (organization_id, portal_id, reader_kind, reader_id, reader_name, seq, at)
      ${numbers} select ${tenant}, ?1, 'contact', 'r' || n, 'Reader ' || n, n, n from numbers where n <= 40`),
    insert(
      `update portal set thread = thread + ?2, last_message_at = ?2, unread = unread + 1 where id = ?1`,
    ),
  ])
}

/** A message in every portal of an organisation, in every third of them one that nobody has seen. */
export async function fillInbox(d1: D1Database, organization: string): Promise<void> {
  const insert = (sql: string) => d1.prepare(sql).bind(organization)
  await d1.batch([
    insert(`insert into message (id, organization_id, portal_id, author_kind, author_id, author_name, body, seq, created_at)
      select id, organization_id, id, 'contact', 'a', 'Author', 'Hello', thread + 1, created_at
      from portal where organization_id = ?1`),
    insert(`update portal set thread = thread + 1, last_message_at = created_at,
      unread = case when key % 3 = 0 then 1 else 0 end where organization_id = ?1`),
  ])
}

/** Requests of one portal, each with six files that came for it. */
export async function fillRequests(db: D1Database, portal: string, count: number): Promise<void> {
  await db.batch([
    db
      .prepare(
        `with recursive n(i) as (select 1 union all select i + 1 from n where i < ?2)
        insert into file_request (id, organization_id, portal_id, title, asked_by, created_at)
        select printf('019a0000-0000-7000-8000-%012d', i), organization_id, id, 'File ' || i, 'Maya', i
        from n, portal where id = ?1`,
      )
      .bind(portal, count),
    db
      .prepare(
        `insert into file (id, organization_id, portal_id, name, version, latest, size, content_type, source, by_id, "by", created_at)
        select 'file-of-crowd', organization_id, id, 'logo.svg', 1, 'v', 1, 'image/svg+xml', 'client', 'x', 'Jane', 1
        from portal where id = ?1`,
      )
      .bind(portal),
    db
      .prepare(
        `with recursive n(i) as (select 1 union all select i + 1 from n where i < 6)
        insert into file_version (id, organization_id, portal_id, file_id, version, object, size, content_type, crc32, source, by_id, "by", request_id, created_at, told)
        select r.id || '-' || i, r.organization_id, r.portal_id, 'file-of-crowd', row_number() over (), 'o', 1, 'image/svg+xml', 0, 'client', 'x', 'Jane', r.id, 1, 1
        from n, file_request r where r.portal_id = ?1`,
      )
      .bind(portal),
  ])
}
