import { readdir, readFile } from 'node:fs/promises'
import { expect, it } from 'vitest'

/**
 * The migrations run before the new code, so the old code meets them. What the last release still
 * uses may go only in the release after it: such a migration is named here, with the reason.
 */
const removals: Record<string, string> = {}

/** The statements of a migration, without comments. */
const statementsOf = (sql: string): string[] =>
  sql
    .split('--> statement-breakpoint')
    .map((statement) => statement.replace(/^\s*--.*$/gm, '').trim())
    .filter((statement) => statement !== '')

const adds =
  /^(?:CREATE (?:UNIQUE )?(?:TABLE|INDEX|TRIGGER|VIRTUAL TABLE)|ALTER TABLE \S+ ADD|INSERT|UPDATE) /i

const takesAway = (sql: string): string[] =>
  statementsOf(sql).filter((statement) => !adds.test(statement))

it('knows what takes away', () => {
  for (const statement of [
    'DROP TABLE `portal`;',
    'DROP INDEX `x`;',
    'ALTER TABLE `portal` DROP COLUMN `client`;',
    'ALTER TABLE `portal` RENAME COLUMN `client` TO `customer`;',
    'ALTER TABLE `__new_portal` RENAME TO `portal`;',
    'DELETE FROM `portal`;',
    'PRAGMA foreign_keys=OFF;',
  ]) {
    expect(takesAway(`-- A word about it.\n${statement}`)).toHaveLength(1)
  }
  expect(takesAway('CREATE TRIGGER `t` AFTER DELETE ON `a` BEGIN DELETE FROM `b`; END;')).toEqual(
    [],
  )
})

it('only adds after the first release', async () => {
  const names = (await readdir('migrations')).filter((name) => name.endsWith('.sql')).sort()
  expect(names.length).toBeGreaterThan(1)
  for (const name of names.slice(1)) {
    if (name in removals) continue
    expect(takesAway(await readFile(`migrations/${name}`, 'utf8')), name).toEqual([])
  }
})
