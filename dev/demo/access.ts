import { randomBytes } from 'node:crypto'
import { and, eq, getTableColumns, isNull } from 'drizzle-orm'
import type { Ctx, TenantCtx } from '../../src/ctx.ts'
import { commit } from '../../src/db/batch.ts'
import { database } from '../../src/db/client.ts'
import { contact, link } from '../../src/db/schema/links.ts'
import { apiKey } from '../../src/db/schema/keys.ts'
import { organization } from '../../src/db/schema/organizations.ts'
import { keyByHash } from '../../src/features/keys/queries.ts'
import { linkState } from '../../src/features/links/rules.ts'
import { livingToken } from '../../src/features/links/token.ts'
import { organizationFields } from '../../src/features/organizations/fields.ts'
import { sha256 } from '../../src/lib/hash.ts'
import { newId } from '../../src/lib/id.ts'
import { paths } from '../../src/paths.ts'
import { jane } from './northwind.ts'
import { keepWebhook, webhookPath } from './payments.ts'
import { appSettings, type DemoWorld } from './world.ts'

/** What a script needs to get in by both doors. */
export interface DemoAccess {
  apiKey: string
  /** Null once somebody has deleted, paused or ended the link. */
  portalUrl: string | null
  /** Where the local Stripe reports to; null where no account is connected. */
  stripeWebhookPath: string | null
}

const keyName = 'Demo key'

/** A fresh key for the organisation; one from before, which nobody knows any more, is revoked. */
export async function mintKey(world: DemoWorld, organizationId: string): Promise<string> {
  const db = database(world.db)
  const key = `ap_${randomBytes(32).toString('base64url')}`
  await commit({ db }, [
    db
      .update(apiKey)
      .set({ revokedAt: world.now })
      .where(
        and(
          eq(apiKey.organizationId, organizationId),
          eq(apiKey.name, keyName),
          isNull(apiKey.revokedAt),
        ),
      ),
    db.insert(apiKey).values({
      id: newId(world.now),
      organizationId,
      name: keyName,
      role: 'owner',
      hash: await sha256(key),
      createdBy: 'npm start',
      createdAt: world.now,
    }),
  ])
  return key
}

/** The access of data that is there already; null where that is no demo. `known` is the key of an earlier start. */
export async function accessTo(world: DemoWorld, known: string | null): Promise<DemoAccess | null> {
  const db = database(world.db)
  const [demo] = await db
    .select({ organizationId: apiKey.organizationId })
    .from(apiKey)
    .where(eq(apiKey.name, keyName))
    .limit(1)
  if (!demo) return null
  const { organizationId } = demo
  const works =
    known !== null && (await keyByHash(db, await sha256(known), world.now)) !== undefined
  return {
    apiKey: works ? known : await mintKey(world, organizationId),
    portalUrl: await portalUrl(world, organizationId),
    stripeWebhookPath: await webhookOf(world, organizationId),
  }
}

async function webhookOf(world: DemoWorld, organizationId: string): Promise<string | null> {
  const db = database(world.db)
  const [found] = await db
    .select(organizationFields)
    .from(organization)
    .where(eq(organization.id, organizationId))
  if (!found) return null
  const ctx: TenantCtx = {
    db,
    settings: appSettings(world),
    now: world.now,
    actor: { kind: 'apiKey', id: keyName, name: 'npm start', role: 'owner' },
    enqueued: false,
    organization: found,
  }
  await keepWebhook(ctx)
  return webhookPath(ctx)
}

/** Derived anew at each start: the link may have been replaced, the port or the secret changed. */
export async function portalUrl(world: DemoWorld, organizationId: string): Promise<string | null> {
  const db = database(world.db)
  const settings = appSettings(world)
  const ctx: Ctx = { db, settings, now: world.now, actor: { kind: 'stranger' }, enqueued: false }
  const links = await db
    .select(getTableColumns(link))
    .from(link)
    .innerJoin(contact, eq(contact.id, link.contactId))
    .where(and(eq(contact.organizationId, organizationId), eq(contact.email, jane)))
    .orderBy(link.id)
  for (const candidate of links) {
    const token = await livingToken(ctx, candidate)
    const live = linkState(candidate, world.now) === 'live'
    if (token !== undefined && live) return settings.appUrl + paths.portal(token)
  }
  return null
}
