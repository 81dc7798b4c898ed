import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { id, instant } from '../columns.ts'
import { contact } from './links.ts'
import { priceKinds, type BankDetails, ofOrganization } from './organizations.ts'
import { type Buyer, ofPortal } from './portals.ts'

export const invoiceStatuses = ['draft', 'open', 'paid', 'void'] as const
export type InvoiceStatus = (typeof invoiceStatuses)[number]

/** Quantities and rates are decimal texts ('1.5', '20'), amounts integers in minor units. */
export interface InvoiceLine {
  description: string
  quantity: string
  unitAmount: number
  /** Per cent; null for what isn't taxed at all. */
  taxRate: string | null
  /** Quantity times unit amount, rounded once. */
  amount: number
}

/** What is owed at one rate: `base` is without tax, whatever the prices are. */
export interface InvoiceTax {
  rate: string
  base: number
  tax: number
}

export interface Seller extends Buyer {
  bank: BankDetails | null
}

const tenant = {
  organizationId: ofOrganization(),
  portalId: ofPortal(),
}

/**
 * A draft may change; from issue on only what was paid, refunded, credited or voided does. The sums
 * are kept by the verbs that change what they are of; `invoices/rules` says how they hang together.
 */
export const invoice = sqliteTable(
  'invoice',
  {
    id: id(),
    ...tenant,
    status: text({ enum: invoiceStatuses }).notNull().default('draft'),
    /** 'INV-2026-001'; null while it is a draft. */
    number: text(),
    currency: text().notNull(),
    prices: text({ enum: priceKinds }).notNull().default('net'),
    lines: text({ mode: 'json' }).$type<InvoiceLine[]>().notNull(),
    /** At most one of the two. */
    discountPercent: text(),
    discountAmount: integer(),
    notes: text().notNull().default(''),
    buyer: text({ mode: 'json' }).$type<Buyer>().notNull(),
    /** As it was at issue, with the words' locale and the days' zone. */
    seller: text({ mode: 'json' }).$type<Seller>(),
    locale: text(),
    timeZone: text(),
    /** 'YYYY-MM-DD', as all days. */
    supplyOn: text(),
    reverseCharge: integer({ mode: 'boolean' }).notNull().default(false),
    /** May be paid again and again: a retainer. */
    repeatable: integer({ mode: 'boolean' }).notNull().default(false),
    /** When the team ended a repeatable one. */
    endedAt: instant(),
    milestoneId: text(),
    /** Null in a draft that takes the organisation's terms. */
    dueOn: text(),
    issuedOn: text(),
    issuedAt: instant(),
    subtotal: integer().notNull().default(0),
    discount: integer().notNull().default(0),
    tax: integer().notNull().default(0),
    taxes: text({ mode: 'json' }).$type<InvoiceTax[]>().notNull(),
    total: integer().notNull().default(0),
    /** What succeeded, what of it went back by refund, and by reversal. */
    paid: integer().notNull().default(0),
    refunded: integer().notNull().default(0),
    reversed: integer().notNull().default(0),
    /** The sum of its credit notes. */
    credited: integer().notNull().default(0),
    balance: integer().notNull().default(0),
    credit: integer().notNull().default(0),
    /** Payments on their way, such as bank debits. */
    pending: integer().notNull().default(0),
    /** The day of the payment that settled it. */
    paidOn: text(),
    voidedAt: instant(),
    voidReason: text(),
    /** When the cron found it overdue. */
    overdueSince: instant(),
    /** The next day of the reminders' schedule; null when none follows. */
    remindOn: text(),
    remindersPausedAt: instant(),
    /** What the client answered: until when reminders wait, or since when they stop. */
    promisedOn: text(),
    problemAt: instant(),
    /** The draft that asks for the fee for paying late. */
    lateFeeId: text(),
    /** Steps with every change of a draft and of the ledger. */
    version: integer().notNull().default(1),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('invoice_number').on(t.organizationId, t.number),
    index('invoice_newest').on(t.organizationId, t.id),
    index('invoice_by_status').on(t.organizationId, t.status, t.id),
    index('invoice_portal').on(t.portalId, t.id),
    index('invoice_portal_by_status').on(t.portalId, t.status, t.id),
    // What the page, the lists and the cron find overdue.
    index('invoice_due')
      .on(t.organizationId, t.dueOn, t.id)
      .where(sql`${t.status} = 'open' and ${t.balance} > 0`),
    index('invoice_portal_due')
      .on(t.portalId, t.dueOn, t.id)
      .where(sql`${t.status} = 'open' and ${t.balance} > 0`),
    // What the cron looks for, in every organisation at once.
    index('invoice_falling_due')
      .on(t.dueOn, t.id)
      .where(sql`${t.status} = 'open' and ${t.balance} > 0 and ${t.overdueSince} is null`),
    // The same in one currency, as money at a glance leads to it.
    index('invoice_due_in')
      .on(t.organizationId, t.currency, t.dueOn, t.id)
      .where(sql`${t.status} = 'open' and ${t.balance} > 0`),
    index('invoice_to_remind')
      .on(t.remindOn, t.id)
      .where(sql`${t.status} = 'open' and ${t.balance} > 0 and ${t.remindOn} is not null`),
    index('invoice_without_fee')
      .on(t.organizationId, t.dueOn, t.id)
      .where(
        sql`${t.status} = 'open' and ${t.balance} > 0 and ${t.overdueSince} is not null and ${t.lateFeeId} is null`,
      ),
    // What clients see: no draft has an instant of issue.
    index('invoice_issued')
      .on(t.portalId, t.issuedAt, t.id)
      .where(sql`${t.issuedAt} is not null`),
  ],
)

/** Steps in the batch that issues: numbers are drawn without a gap, by year in the organisation's zone. */
export const invoiceCounter = sqliteTable(
  'invoice_counter',
  {
    organizationId: ofOrganization(),
    series: text({ enum: ['invoice', 'credit-note'] }).notNull(),
    year: integer().notNull(),
    last: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.series, t.year] })],
)

export const paymentKinds = ['payment', 'refund', 'reversal'] as const
export type PaymentKind = (typeof paymentKinds)[number]
export const paymentStates = ['pending', 'succeeded', 'failed'] as const
export type PaymentState = (typeof paymentStates)[number]
export const paymentMethods = ['bank', 'cash', 'check', 'card', 'other', 'stripe'] as const
export type PaymentMethod = (typeof paymentMethods)[number]

/** The ledger. A wrong entry is reversed by another, never changed or deleted. */
/**
 * Where a dispute is. An inquiry takes no money yet; what was lost may be won after all, and an appeal
 * leaves the money where it is until it is decided.
 */
export const disputeStages = ['inquiry', 'open', 'appeal', 'won', 'lost'] as const
export type DisputeStage = (typeof disputeStages)[number]

/** All that was told of a dispute: what it comes to is a matter of when each was so. */
export interface DisputeTold {
  /** Since when (ms UTC), in order. */
  turns: [at: number, stage: DisputeStage][]
  /** As Stripe names it. */
  reason: string | null
  /** Until when (ms UTC) Stripe takes an answer. */
  answerBy: number | null
}

export const payment = sqliteTable(
  'payment',
  {
    id: id(),
    ...tenant,
    invoiceId: ofInvoice(),
    kind: text({ enum: paymentKinds }).notNull(),
    method: text({ enum: paymentMethods }).notNull(),
    currency: text().notNull(),
    /** Above 0, whichever way it went. */
    amount: integer().notNull(),
    state: text({ enum: paymentStates }).notNull(),
    receivedOn: text().notNull(),
    note: text().notNull().default(''),
    /** 'pi_...', 're_...' or 'dp_...': told once, by whichever way it comes. */
    stripeId: text(),
    /** The Payment Link it came by. */
    linkId: text(),
    /** Why it failed, in Stripe's words. */
    failure: text(),
    dispute: text({ mode: 'json' }).$type<DisputeTold>(),
    /** The payment that a refund or reversal takes back. */
    ofId: text(),
    by: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    index('payment_invoice').on(t.invoiceId, t.id),
    index('payment_portal').on(t.portalId, t.id),
    index('payment_of').on(t.ofId),
    uniqueIndex('payment_stripe').on(t.organizationId, t.stripeId),
    index('payment_received')
      .on(t.organizationId, t.currency, t.receivedOn, t.id)
      .where(sql`${t.state} = 'succeeded'`),
  ],
)

export const creditNote = sqliteTable(
  'credit_note',
  {
    id: id(),
    ...tenant,
    invoiceId: ofInvoice(),
    /** 'CN-2026-001'. */
    number: text().notNull(),
    lines: text({ mode: 'json' }).$type<InvoiceLine[]>().notNull(),
    taxes: text({ mode: 'json' }).$type<InvoiceTax[]>().notNull(),
    subtotal: integer().notNull(),
    tax: integer().notNull(),
    amount: integer().notNull(),
    reason: text().notNull(),
    issuedOn: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('credit_note_number').on(t.organizationId, t.number),
    index('credit_note_invoice').on(t.invoiceId, t.id),
    index('credit_note_portal').on(t.portalId, t.id),
  ],
)

/** What open invoices still ask for, by due day; triggers keep it, and `portal.outstanding`. */
export const owed = sqliteTable(
  'owed',
  {
    organizationId: ofOrganization(),
    portalId: ofPortal(),
    currency: text().notNull(),
    dueOn: text().notNull(),
    amount: integer().notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.organizationId, t.currency, t.dueOn, t.portalId] }),
    index('owed_portal').on(t.portalId, t.currency, t.dueOn),
  ],
)

/** The same of all portals together, and of how many invoices; triggers keep it. */
export const owedDay = sqliteTable(
  'owed_day',
  {
    organizationId: ofOrganization(),
    currency: text().notNull(),
    dueOn: text().notNull(),
    amount: integer().notNull(),
    invoices: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.currency, t.dueOn] })],
)

/** What came in less what went back, by day; triggers keep it. */
export const received = sqliteTable(
  'received',
  {
    organizationId: ofOrganization(),
    currency: text().notNull(),
    day: text().notNull(),
    amount: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.currency, t.day] })],
)

/** The same by month, for what shows a year of it; triggers keep it. */
export const receivedMonth = sqliteTable(
  'received_month',
  {
    organizationId: ofOrganization(),
    /** 'YYYY-MM'. */
    month: text().notNull(),
    currency: text().notNull(),
    amount: integer().notNull(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.month, t.currency] })],
)

/**
 * The whole number by which the full-text table `invoice_search` knows an invoice; triggers keep both.
 * Without a foreign key: its cascade would take the number before the trigger that needs it.
 */
export const invoiceKey = sqliteTable(
  'invoice_key',
  {
    key: integer().primaryKey({ autoIncrement: true }),
    invoiceId: text().notNull(),
  },
  (t) => [uniqueIndex('invoice_key_of').on(t.invoiceId)],
)

/** A token that opens one invoice for one contact, by its SHA-256. */
export const invoiceToken = sqliteTable(
  'invoice_token',
  {
    hash: text().primaryKey(),
    ...tenant,
    invoiceId: ofInvoice(),
    contactId: text()
      .notNull()
      .references(() => contact.id, { onDelete: 'cascade' }),
    /** Of the key in LINK_SECRET that it came from. */
    key: text().notNull(),
    version: integer().notNull(),
    createdAt: instant().notNull(),
    replacedAt: instant(),
  },
  (t) => [
    index('invoice_token_of').on(t.invoiceId, t.contactId, t.version),
    index('invoice_token_contact').on(t.contactId),
    index('invoice_token_portal').on(t.portalId),
  ],
)

export const taxRate = sqliteTable(
  'tax_rate',
  {
    id: id(),
    organizationId: ofOrganization(),
    name: text().notNull(),
    rate: text().notNull(),
    createdAt: instant().notNull(),
  },
  (t) => [index('tax_rate_newest').on(t.organizationId, t.id)],
)

/** A line that comes back in many invoices. */
export const savedLine = sqliteTable(
  'saved_line',
  {
    id: id(),
    organizationId: ofOrganization(),
    description: text().notNull(),
    quantity: text().notNull(),
    unitAmount: integer().notNull(),
    currency: text().notNull(),
    taxRate: text(),
    createdAt: instant().notNull(),
  },
  (t) => [index('saved_line_newest').on(t.organizationId, t.id)],
)

/** The column of what belongs to one, and goes with it. */
export function ofInvoice() {
  return text()
    .notNull()
    .references(() => invoice.id, { onDelete: 'cascade' })
}
