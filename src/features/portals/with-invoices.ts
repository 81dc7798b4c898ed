import { and, asc, desc, eq } from 'drizzle-orm'
import type { Database } from '../../db/client.ts'
import { savedLine, taxRate } from '../../db/schema/invoices.ts'
import { milestone as milestones } from '../../db/schema/milestones.ts'
import { organization } from '../../db/schema/organizations.ts'
import { portal as portals } from '../../db/schema/portals.ts'
import type { Page } from '../../lib/page.ts'
import { emailsAbout, type EmailItem } from '../emails/queries.ts'
import {
  invoiceStatement,
  type InvoiceItem,
  type InvoicePath,
  type Listed,
} from '../invoices/queries.ts'
import { pageOfTable, tableOf, type TableRow } from '../invoices/tables.ts'
import { at as stepAt, planOf, type MilestoneItem } from '../milestones/queries.ts'
import { problemNote } from '../reminders/note.ts'
import { portalStatement, type PortalItem } from './queries.ts'

export interface PortalWithInvoices {
  portal: PortalItem
  invoices: Page<TableRow>
  plan: MilestoneItem[]
}

/** A portal with a page of its invoices and the plan that they may be of, in one round trip. */
export async function portalWithInvoices(
  db: Database,
  organizationId: string,
  id: string,
  input: Listed,
): Promise<PortalWithInvoices | undefined> {
  const [[portal], rows, plan] = await db.batch([
    portalStatement(db, organizationId, id),
    tableOf(db, organizationId, id, input),
    planOf(db, organizationId, id),
  ])
  return portal && { portal, invoices: pageOfTable(rows, input), plan }
}

export interface PortalWithInvoice {
  portal: PortalItem
  invoice: InvoiceItem
  house: House
  /** The words of a problem that the client said and nobody has seen to. */
  problem: { by: string; note: string } | undefined
  /** What was mailed of it, the last first. */
  mails: EmailItem[]
}

/** What an invoice that isn't issued yet takes from the organisation. */
const houseOf = (db: Database, organizationId: string) =>
  db
    .select({
      name: organization.name,
      legalName: organization.legalName,
      address: organization.address,
      taxId: organization.taxId,
      bank: organization.bank,
      prices: organization.prices,
      paymentTerms: organization.paymentTerms,
      reminders: organization.reminders,
    })
    .from(organization)
    .where(eq(organization.id, organizationId))

export type House = Awaited<ReturnType<typeof houseOf>>[number]

/** An invoice with its portal, in one round trip. */
export async function portalWithInvoice(
  db: Database,
  organizationId: string,
  path: InvoicePath,
): Promise<PortalWithInvoice | undefined> {
  const [[portal], [invoice], [house], mails, [problem]] = await db.batch([
    portalStatement(db, organizationId, path.portal),
    invoiceStatement(db, organizationId, path),
    houseOf(db, organizationId),
    emailsAbout(db, organizationId, `invoice:${path.invoice}`),
    problemNote(db, organizationId, path.invoice),
  ])
  if (!portal || !invoice || !house) return undefined
  return {
    portal,
    invoice,
    house,
    problem,
    mails: mails.toSorted((one, other) => (one.id < other.id ? 1 : -1)),
  }
}

/** So many rates and saved lines are offered. */
const OFFERED = 50

const ratesOf = (db: Database, organizationId: string) =>
  db
    .select({ id: taxRate.id, name: taxRate.name, rate: taxRate.rate })
    .from(taxRate)
    .where(eq(taxRate.organizationId, organizationId))
    .orderBy(asc(taxRate.id))
    .limit(OFFERED)

export type TaxRateItem = Awaited<ReturnType<typeof ratesOf>>[number]

const savedOf = (db: Database, organizationId: string) =>
  db
    .select({
      id: savedLine.id,
      description: savedLine.description,
      quantity: savedLine.quantity,
      unitAmount: savedLine.unitAmount,
      currency: savedLine.currency,
      taxRate: savedLine.taxRate,
    })
    .from(savedLine)
    .where(eq(savedLine.organizationId, organizationId))
    .orderBy(desc(savedLine.id))
    .limit(OFFERED)

export type SavedLineItem = Awaited<ReturnType<typeof savedOf>>[number]

export interface Desk {
  portal: PortalItem
  house: House
  rates: TaxRateItem[]
  saved: SavedLineItem[]
  /** The milestone that is to be billed, if one is. */
  milestone: MilestoneItem | undefined
  /** The invoice of the path, if it names one. */
  invoice: InvoiceItem | undefined
}

/** All that the form of an invoice draws from, in one round trip. */
export async function deskOf(
  db: Database,
  organizationId: string,
  { milestone: step = '', ...path }: InvoicePath & { milestone?: string | undefined },
): Promise<Desk | undefined> {
  const [[portal], [house], rates, saved, [milestone], [invoice]] = await db.batch([
    portalStatement(db, organizationId, path.portal),
    houseOf(db, organizationId),
    ratesOf(db, organizationId),
    savedOf(db, organizationId),
    db
      .select()
      .from(milestones)
      .where(stepAt(organizationId, { portal: path.portal, milestone: step })),
    invoiceStatement(db, organizationId, path),
  ])
  return portal && house && { portal, house, rates, saved, milestone, invoice }
}

/** What the settings of billing are, in one round trip. */
export async function billingOf(db: Database, organizationId: string) {
  const [[house], rates, saved] = await db.batch([
    houseOf(db, organizationId),
    ratesOf(db, organizationId),
    savedOf(db, organizationId),
  ])
  if (!house) throw new Error('The organisation of a ctx is gone.')
  return { house, rates, saved }
}

export type Billing = Awaited<ReturnType<typeof billingOf>>

/** What an amount of a portal is in, for a form that has nothing else to read. */
export async function currencyOf(
  db: Database,
  organizationId: string,
  id: string,
): Promise<string | undefined> {
  const [found] = await db
    .select({ currency: portals.currency })
    .from(portals)
    .where(and(eq(portals.id, id), eq(portals.organizationId, organizationId)))
  return found?.currency
}
