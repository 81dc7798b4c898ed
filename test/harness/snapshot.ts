/** What puts the rows back that a database has now, for a test that begins where another began. */
export async function snapshot(db: D1Database): Promise<() => Promise<void>> {
  // In the order they were made in. What a search index and a generated column hold follows by itself;
  // a row that a trigger has made by then is put as it was.
  const { results: columns } = await db
    .prepare(
      `select t.name as "table", c.name as "column"
       from pragma_table_list as t, pragma_table_info(t.name) as c, sqlite_schema as s
       where t.type = 'table' and s.name = t.name and s.name not glob 'sqlite_*' and s.name not glob '_cf_*'
       order by s.rowid, c.cid`,
    )
    .all<{ table: string; column: string }>()
  const tables = [...Map.groupBy(columns, ({ table }) => `"${table}"`)].map(([table, of]) => ({
    table,
    names: of.map(({ column }) => `"${column}"`).join(', '),
    places: of.map(() => '?').join(', '),
  }))
  const inserts = await Promise.all(
    tables.map(async ({ table, names, places }) => {
      const rows = await db.prepare(`select ${names} from ${table} order by rowid`).raw()
      const into = db.prepare(`insert or replace into ${table} (${names}) values (${places})`)
      return rows.map((row) => into.bind(...row))
    }),
  )
  return async () => {
    await db.batch([db.prepare('pragma defer_foreign_keys = on'), ...inserts.flat()])
  }
}
