import { env } from 'cloudflare:workers'

const migrations = env.MIGRATIONS.flatMap(({ queries }) => queries)

/** What makes each thing that the migrations left, in their order; a search index makes its own tables. */
async function described(db: D1Database): Promise<string[]> {
  const { results } = await db
    .prepare(
      `select s.sql from sqlite_schema as s left join pragma_table_list as t on t.name = s.name
      where s.sql is not null and s.name not glob 'sqlite_*' and s.name not glob '_cf_*'
        and coalesce(t.type, '') <> 'shadow'
      order by s.rowid`,
    )
    .all<{ sql: string }>()
  return results.map(({ sql }) => sql)
}

/** Known once the migrations have run, which takes several times as long. */
let schema: readonly string[] | undefined

/**
 * Gives an empty database its schema, in one transaction. A transaction for each migration, as
 * wrangler has them, is test/upgrade.test.ts's.
 */
export async function layOut(db: D1Database): Promise<void> {
  await db.batch((schema ?? migrations).map((query) => db.prepare(query)))
  schema ??= await described(db)
}
