import { and, eq, sql } from 'drizzle-orm'
import type { Ctx, Organization } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import type { Database } from '../../db/client.ts'
import { organization } from '../../db/schema/organizations.ts'
import { stripeAccount, stripeLeaving } from '../../db/schema/payments.ts'
import type { Settings } from '../../env.ts'
import { unseal } from '../../lib/seal.ts'
import type { Connection } from '../../platform/stripe.ts'
import { organizationFields } from '../organizations/fields.ts'
import { livesIn } from './follow.ts'

/** What a sealed value is bound to, so that no other row or column can be made to show it. */
export const sealedFor = {
  key: (organizationId: string) => `${organizationId}|stripe.key`,
  secret: (organizationId: string) => `${organizationId}|stripe.secret`,
}

/** What is kept of an account, but nothing that was sealed. */
const shown = {
  endpoint: stripeAccount.endpoint,
  mode: stripeAccount.mode,
  hasKey: sql<number>`${stripeAccount.sealedKey} is not null`.mapWith(Boolean),
  keyEnd: stripeAccount.keyEnd,
  hasSecret: sql<number>`${stripeAccount.sealedSecret} is not null`.mapWith(Boolean),
  hasOldSecret: sql<number>`${stripeAccount.sealedOldSecret} is not null`.mapWith(Boolean),
  accountId: stripeAccount.accountId,
  accountName: stripeAccount.accountName,
  permissions: stripeAccount.permissions,
  checkedAt: stripeAccount.checkedAt,
  trouble: stripeAccount.trouble,
  eventAt: stripeAccount.eventAt,
  reconciledAt: stripeAccount.reconciledAt,
}

/** Prepared for a page's one batch. */
export const accountQuery = (db: Database, organizationId: string) =>
  db.select(shown).from(stripeAccount).where(eq(stripeAccount.organizationId, organizationId))

export type AccountShown = Awaited<ReturnType<typeof accountQuery>>[number]

/** Why nothing can be asked of Stripe for an organisation. */
export type NoConnection = 'no-account' | 'no-key' | 'sealed'

export interface Connected {
  connection: Connection
  /** 'acct_...', and which of its two halves. */
  accountId: string | null
  mode: 'test' | 'live'
}

/** Opens the organisation's key, for the one call or job that asks Stripe. Never kept, never logged. */
export async function connectionOf(
  { db, settings }: Pick<Ctx, 'db' | 'settings'>,
  organizationId: string,
): Promise<Connected | NoConnection> {
  const [row] = await db
    .select({
      sealedKey: stripeAccount.sealedKey,
      accountId: stripeAccount.accountId,
      mode: stripeAccount.mode,
    })
    .from(stripeAccount)
    .where(eq(stripeAccount.organizationId, organizationId))
  if (!row) return 'no-account'
  const { sealedKey, accountId, mode } = row
  if (sealedKey === null) return 'no-key'
  const key = await opened(settings, sealedFor.key(organizationId), sealedKey)
  if (key === undefined) return 'sealed'
  return { connection: { key, url: settings.stripeUrl }, accountId, mode }
}

/**
 * Opens the key to the account that a link lives in, be that one that was left; then it is for
 * switching the link off and for nothing else.
 */
export async function connectionTo(
  ctx: Pick<Ctx, 'db' | 'settings'>,
  organizationId: string,
  home: string,
): Promise<{ connection: Connection; left: boolean } | NoConnection> {
  const account = await connectionOf(ctx, organizationId)
  if (typeof account !== 'string' && livesIn(account) === home) {
    return { connection: account.connection, left: false }
  }
  const [row] = await ctx.db
    .select({ sealedKey: stripeLeaving.sealedKey })
    .from(stripeLeaving)
    .where(and(eq(stripeLeaving.organizationId, organizationId), eq(stripeLeaving.home, home)))
  if (!row) return 'no-account'
  if (row.sealedKey === null) return 'no-key'
  const key = await opened(ctx.settings, sealedFor.key(organizationId), row.sealedKey)
  if (key === undefined) return 'sealed'
  return { connection: { key, url: ctx.settings.stripeUrl }, left: true }
}

const opened = async ({ settingsKeys }: Settings, context: string, sealed: string) =>
  settingsKeys && (await unseal(settingsKeys, context, sealed))

export interface Endpoint {
  organization: Organization
  mode: 'test' | 'live'
  /** Whichever of them signed, the current one first. None opens when SETTINGS_KEY is another one. */
  secrets: string[]
  eventAt: number | null
}

/** Whose webhook it is, by the name in its address. */
export async function endpointOf(
  { db, settings }: Pick<Ctx, 'db' | 'settings'>,
  endpoint: string,
): Promise<Endpoint | undefined> {
  const [row] = await db
    .select({
      organization: organizationFields,
      mode: stripeAccount.mode,
      sealedSecret: stripeAccount.sealedSecret,
      sealedOldSecret: stripeAccount.sealedOldSecret,
      eventAt: stripeAccount.eventAt,
    })
    .from(stripeAccount)
    .innerJoin(organization, eq(organization.id, stripeAccount.organizationId))
    .where(eq(stripeAccount.endpoint, endpoint))
  if (!row) return undefined
  const context = sealedFor.secret(row.organization.id)
  const sealed = [row.sealedSecret, row.sealedOldSecret].filter((text) => text !== null)
  const secrets = await Promise.all(sealed.map((text) => opened(settings, context, text)))
  return {
    organization: row.organization,
    mode: row.mode,
    secrets: secrets.filter((secret) => secret !== undefined),
    eventAt: row.eventAt,
  }
}

/** Kept by a job that Stripe refused, and shown under Settings until a check finds the key well. */
export const noteTrouble = (db: Database, organizationId: string, reason: string): Statement =>
  db
    .update(stripeAccount)
    .set({ trouble: reason })
    .where(eq(stripeAccount.organizationId, organizationId))

const SEALED =
  'The key can’t be opened any more: SETTINGS_KEY, which sealed it, is another one by now. Enter the key and the signing secret again.'

/** What a job that could ask nothing has to keep: shown as what Stripe refused is, since nobody else would say it. */
export const noteSealed = (
  db: Database,
  organizationId: string,
  why: NoConnection,
): readonly Statement[] => (why === 'sealed' ? [noteTrouble(db, organizationId, SEALED)] : [])
