import { sql } from 'drizzle-orm'
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { id, instant } from '../columns.ts'
import { ofInvoice, type DisputeTold } from './invoices.ts'
import { organization, ofOrganization } from './organizations.ts'
import { ofPortal } from './portals.ts'

/** What a key was found to be allowed, by Stripe's names of the permissions. */
export type KeyPermissions = Record<string, boolean>

/** An organisation's own Stripe account, and how its key and signing secrets are kept: sealed. */
export const stripeAccount = sqliteTable(
  'stripe_account',
  {
    organizationId: text()
      .primaryKey()
      .references(() => organization.id, { onDelete: 'cascade' }),
    /** Names the organisation in the webhook's address; the signature is the credential. */
    endpoint: text().notNull(),
    /** Null once it was taken out: links are no longer made, what was paid is still told. */
    sealedKey: text(),
    /** The last four characters, to know it by. */
    keyEnd: text(),
    mode: text({ enum: ['test', 'live'] }).notNull(),
    sealedSecret: text(),
    /** Valid beside the current one while Stripe still signs with it. */
    sealedOldSecret: text(),
    accountId: text(),
    accountName: text(),
    permissions: text({ mode: 'json' }).$type<KeyPermissions>(),
    checkedAt: instant(),
    /** Why Stripe refused the key, when it last did. */
    trouble: text(),
    eventAt: instant(),
    /** How far reconciliation has read: Stripe's `created` in seconds. */
    reconciledTo: integer(),
    reconciledAt: instant(),
    createdAt: instant().notNull(),
  },
  (t) => [
    uniqueIndex('stripe_account_endpoint').on(t.endpoint),
    index('stripe_account_reconciled')
      .on(t.reconciledAt)
      .where(sql`${t.sealedKey} is not null`),
  ],
)

/**
 * An account that an organisation has left: its key stays, sealed, until the links in it are off, and
 * serves nothing else.
 */
export const stripeLeaving = sqliteTable(
  'stripe_leaving',
  {
    organizationId: ofOrganization(),
    /** As links name it: 'test:acct_...'. */
    home: text().notNull(),
    /** Null once it is forgotten with links still on. */
    sealedKey: text(),
    keyEnd: text(),
    accountName: text(),
    leftAt: instant().notNull(),
    /** What Stripe last said against it. */
    trouble: text(),
  },
  (t) => [primaryKey({ columns: [t.organizationId, t.home] })],
)

export const linkStates = ['making', 'active', 'off'] as const
export type PaymentLinkState = (typeof linkStates)[number]

/** A Payment Link, for exactly what an invoice asked for when it was made. */
export const paymentLink = sqliteTable(
  'payment_link',
  {
    id: id(),
    organizationId: ofOrganization(),
    portalId: ofPortal(),
    invoiceId: ofInvoice(),
    /** 'plink_...', with its address; null until Stripe has made it. */
    stripeId: text(),
    url: text(),
    /** The account it lives in. */
    accountId: text(),
    amount: integer().notNull(),
    currency: text().notNull(),
    state: text({ enum: linkStates }).notNull(),
    createdAt: instant().notNull(),
    offAt: instant(),
    /** When it was off at Stripe as well, with what had been begun by it. */
    endedAt: instant(),
  },
  (t) => [
    uniqueIndex('payment_link_stripe').on(t.organizationId, t.stripeId),
    index('payment_link_invoice').on(t.invoiceId, t.id),
    // At most one is to be paid by.
    uniqueIndex('payment_link_current')
      .on(t.invoiceId)
      .where(sql`${t.state} <> 'off'`),
    index('payment_link_portal').on(t.portalId),
    // What can be paid by at Stripe.
    index('payment_link_on')
      .on(t.organizationId, t.accountId, t.id)
      .where(sql`${t.stripeId} is not null and ${t.endedAt} is null`),
  ],
)

/** Every event Stripe told, once; only to spare work, the ledger is unique by itself. */
export const stripeEvent = sqliteTable(
  'stripe_event',
  {
    /** '<organisation>:evt_...': two accounts could name theirs alike. */
    id: text().primaryKey(),
    organizationId: ofOrganization(),
    type: text().notNull(),
    /** Of what it speaks: 'pi_...', 'cs_...', 're_...'. */
    object: text(),
    at: instant().notNull(),
  },
  (t) => [index('stripe_event_at').on(t.at), index('stripe_event_of').on(t.organizationId, t.at)],
)

export const unmatchedReasons = [
  /** What it takes back hasn't been told yet. */
  'early',
  /** Paid by a link of ours, in another currency than the invoice's. */
  'currency',
  /** Paid by a link of ours whose invoice is gone. */
  'gone',
] as const
export type UnmatchedReason = (typeof unmatchedReasons)[number]

/** Money that Stripe told of and that no ledger could take yet. */
export const unmatched = sqliteTable(
  'unmatched',
  {
    /** '<organisation>:pi_...', ':re_...' or ':dp_...'. */
    id: text().primaryKey(),
    organizationId: ofOrganization(),
    kind: text({ enum: ['payment', 'refund', 'reversal'] }).notNull(),
    state: text({ enum: ['pending', 'succeeded', 'failed'] }).notNull(),
    reason: text({ enum: unmatchedReasons }).notNull(),
    /** The 'pi_...' that a refund or a reversal takes back. */
    of: text(),
    currency: text().notNull(),
    amount: integer().notNull(),
    invoiceId: text(),
    dispute: text({ mode: 'json' }).$type<DisputeTold>(),
    at: instant().notNull(),
    /** When the team said that it has been seen to. */
    settledAt: instant(),
  },
  (t) => [
    index('unmatched_of').on(t.organizationId, t.of),
    index('unmatched_open')
      .on(t.organizationId, t.at)
      .where(sql`${t.settledAt} is null and ${t.reason} <> 'early'`),
  ],
)
