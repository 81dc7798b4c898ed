import { and, eq } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { invoice } from '../../db/schema/invoices.ts'
import { organization, type ReminderSchedule } from '../../db/schema/organizations.ts'
import { portal } from '../../db/schema/portals.ts'
import { usualSchedule, type ReminderFacts } from './rules.ts'

const facts = {
  id: invoice.id,
  portalId: portal.id,
  status: invoice.status,
  number: invoice.number,
  currency: invoice.currency,
  balance: invoice.balance,
  pending: invoice.pending,
  dueOn: invoice.dueOn,
  endedAt: invoice.endedAt,
  pausedAt: invoice.remindersPausedAt,
  promisedOn: invoice.promisedOn,
  problemAt: invoice.problemAt,
  portalPausedAt: portal.remindersPausedAt,
  archivedAt: portal.archivedAt,
  project: portal.project,
  client: portal.client,
  schedule: organization.reminders,
  texts: organization.reminderTexts,
  timeZone: organization.timeZone,
  locale: organization.locale,
  slug: organization.slug,
  organization: {
    id: organization.id,
    name: organization.name,
    logo: organization.logo,
    accent: organization.accent,
  },
  senderName: organization.senderName,
  replyTo: organization.replyTo,
}

const found = (db: Database, organizationId: string, path: { portal: string; invoice: string }) =>
  db
    .select(facts)
    .from(invoice)
    .innerJoin(portal, eq(portal.id, invoice.portalId))
    .innerJoin(organization, eq(organization.id, invoice.organizationId))
    .where(
      and(
        eq(invoice.id, path.invoice),
        eq(invoice.portalId, path.portal),
        eq(invoice.organizationId, organizationId),
      ),
    )

type Row = Awaited<ReturnType<typeof found>>[number]

export interface Reminded extends ReminderFacts, Omit<Row, 'schedule' | 'dueOn' | 'number'> {
  dueOn: string
  number: string
  schedule: ReminderSchedule
}

/** All that a reminder is decided and written by; undefined for what was never issued. */
export async function remindedInvoice(
  db: Database,
  organizationId: string,
  path: { portal: string; invoice: string },
): Promise<Reminded | undefined> {
  const [row] = await found(db, organizationId, path)
  if (!row || row.dueOn === null || row.number === null) return undefined
  const schedule = row.schedule ?? usualSchedule
  return { ...row, dueOn: row.dueOn, number: row.number, schedule, on: schedule.on }
}

/** The schedule that an organisation goes by. */
export async function scheduleFor(db: Database, organizationId: string): Promise<ReminderSchedule> {
  const [row] = await db
    .select({ reminders: organization.reminders })
    .from(organization)
    .where(eq(organization.id, organizationId))
  return row?.reminders ?? usualSchedule
}
