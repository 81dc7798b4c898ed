import { sql, type SQL } from 'drizzle-orm'
import { usualSchedule } from './rules.ts'

// The rules of a schedule, in SQL; a test compares them day by day.

/** What an organisation has set, of a row that is called so. */
export const scheduleOf = (organization: 'o' | 'organization'): SQL =>
  sql`coalesce(${sql.raw(organization)}.reminders, ${JSON.stringify(usualSchedule)})`

/** The rule `nextReminder`. */
export const nextDay = (dueOn: SQL, schedule: SQL, after: SQL): SQL => sql`(
  select min(date(${dueOn}, step.value || ' days')) from json_each(${schedule}, '$.days') step
  where ${schedule} ->> '$.on' and date(${dueOn}, step.value || ' days') > ${after})`

/** The rule `afterPromise`. */
export const dayAfterPromise = (dueOn: SQL, promisedOn: SQL, schedule: SQL): SQL => sql`case
  when ${promisedOn} < ${dueOn} then ${nextDay(dueOn, schedule, promisedOn)}
  when ${schedule} ->> '$.on' then date(${promisedOn}, '+1 day') end`
