import { and, asc, eq, gte, sql, type SQL } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { email, needsAttention } from '../../db/schema/emails.ts'
import { invoice, owedDay, receivedMonth } from '../../db/schema/invoices.ts'
import { milestone } from '../../db/schema/milestones.ts'
import { unmatched } from '../../db/schema/payments.ts'
import { portal } from '../../db/schema/portals.ts'
import { ages, dueBetween, type Age } from '../invoices/ageing.ts'
import { invoiceMatch } from '../invoices/search.ts'
import { byMonth, inOrder, monthsTo, MOST_COUNTED, type Received } from './rules.ts'

/** What some invoices ask for, and how many they are. */
interface Sum {
  amount: number
  invoices: number
}

const dueIn = (age: Age, today: string): SQL => {
  const { from = '', to = '9' } = dueBetween(age, today)
  return sql`${owedDay.dueOn} between ${from} and ${to}`
}

/** By a name of its own: a batch knows its columns by their names, and these differ in parameters alone. */
const summed = (age: Age, today: string) => {
  const within = dueIn(age, today)
  return sql`json_object('amount', sum(iif(${within}, ${owedDay.amount}, 0)),
    'invoices', sum(iif(${within}, ${owedDay.invoices}, 0)))`
    .mapWith((text: string): Sum => JSON.parse(text))
    .as(age)
}

/** By currency and age: as many rows as there are due days, however many invoices are due on each. */
const owing = (db: Database, organizationId: string, today: string) =>
  db
    .select({
      currency: owedDay.currency,
      first: sql<string>`min(${owedDay.dueOn})`,
      current: summed('current', today),
      '1-30': summed('1-30', today),
      '31-60': summed('31-60', today),
      '61-90': summed('61-90', today),
      'over-90': summed('over-90', today),
    })
    .from(owedDay)
    .where(eq(owedDay.organizationId, organizationId))
    .groupBy(owedDay.currency)
    .orderBy(asc(owedDay.currency))

const received = (db: Database, organizationId: string, today: string) =>
  db
    .select({
      currency: receivedMonth.currency,
      month: receivedMonth.month,
      amount: receivedMonth.amount,
    })
    .from(receivedMonth)
    .where(
      and(
        eq(receivedMonth.organizationId, organizationId),
        gte(receivedMonth.month, monthsTo(today)[0] ?? ''),
      ),
    )

const upTo = sql.raw(String(MOST_COUNTED))
const counted = (rows: SQL) => sql<number>`(select count(*) from (${rows} limit ${upTo}))`

/** What waits for somebody of the team, each counted so far and no further. */
const waiting = (db: Database, organizationId: string) => {
  const ours = sql`organization_id = ${organizationId}`
  // As the list behind it finds them.
  const problems = invoiceMatch('', { organizationId, words: ['owed', 'problem'] })
  return db
    .select({
      drafts: counted(sql`select 1 from ${invoice} where ${ours} and status = 'draft'`),
      problems: counted(sql`
        select 1 from invoice_search where invoice_search match ${problems}`),
      mails: counted(sql`select 1 from ${email} where ${ours} and ${needsAttention(email)}`),
      unmatched: counted(sql`
        select 1 from ${unmatched}
        where ${ours} and settled_at is null and reason <> 'early'`),
    })
    .from(sql`(select 1)`)
}

/** Where clients asked for changes, in portals that still run. */
const changes = (db: Database, organizationId: string) =>
  db
    .select({
      count: sql<number>`count(*)`,
      first: sql<string | null>`min(${portal.id})`,
      last: sql<string | null>`max(${portal.id})`,
    })
    .from(
      sql`(select portal_id as home from ${milestone}
        where organization_id = ${organizationId} and approval = 'changes' limit ${upTo})`,
    )
    .innerJoin(portal, sql`${portal.id} = home and ${portal.archivedAt} is null`)

export const glanceStatements = (db: Database, organizationId: string, today: string) =>
  [
    owing(db, organizationId, today),
    received(db, organizationId, today),
    waiting(db, organizationId),
    changes(db, organizationId),
  ] as const

type Rows = {
  [K in keyof ReturnType<typeof glanceStatements>]: Awaited<ReturnType<typeof glanceStatements>[K]>
}

/** Money in one currency; nothing is ever summed across them. */
export interface Money {
  currency: string
  outstanding: Sum
  overdue: Sum & { since: string }
  ages: Record<Age, Sum>
  /** What came in less what went back, the month that runs at the end. */
  months: Received[]
}

export interface Glance {
  money: Money[]
  waiting: Rows[2][number] & { overdue: number; changes: number }
  /** The portal of all changes that clients asked for, if it is one. */
  changesIn: string | null
}

const none: Sum = { amount: 0, invoices: 0 }
const plus = (sums: readonly Sum[]): Sum =>
  sums.reduce(
    (one, other) => ({
      amount: one.amount + other.amount,
      invoices: one.invoices + other.invoices,
    }),
    none,
  )

/** What those statements found, as a page shows it; `own` is the organisation's currency. */
export function glanceOf(
  [owed, came, [waits], [changed]]: readonly [Rows[0], Rows[1], Rows[2], Rows[3]],
  { today, own }: { today: string; own: string },
): Glance {
  const currencies = inOrder(
    [...owed, ...came].map(({ currency }) => currency),
    own,
  )
  const money = currencies.map((currency): Money => {
    const row = owed.find((one) => one.currency === currency)
    const byAge: Record<Age, Sum> = row ?? {
      current: none,
      '1-30': none,
      '31-60': none,
      '61-90': none,
      'over-90': none,
    }
    const all = ages.map((age) => byAge[age])
    return {
      currency,
      outstanding: plus(all),
      overdue: { ...plus(all.slice(1)), since: row?.first ?? today },
      ages: byAge,
      months: byMonth(
        came.filter((one) => one.currency === currency),
        today,
      ),
    }
  })
  const overdue = money.reduce((sum, one) => sum + one.overdue.invoices, 0)
  const changes = changed?.count ?? 0
  return {
    money,
    waiting: {
      ...(waits ?? { drafts: 0, problems: 0, mails: 0, unmatched: 0 }),
      overdue,
      changes,
    },
    changesIn: changed && changed.first === changed.last ? changed.first : null,
  }
}
