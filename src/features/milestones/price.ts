import { and, eq } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { portal } from '../../db/schema/portals.ts'
import type { Failure } from '../../lib/failure.ts'
import { isInSteps, stepOf } from '../../lib/money.ts'

interface Price {
  amount: number | null
  percent: string | null
}

type Given = { [Name in keyof Price]?: Price[Name] | undefined }

/** What a milestone is billed at: an amount takes the percentage's place, and the other way round. */
export function priceAfter(was: Price, { amount, percent }: Given): Price {
  if (typeof amount === 'number') return { amount, percent: null }
  if (typeof percent === 'string') return { amount: null, percent }
  return {
    amount: amount === undefined ? was.amount : null,
    percent: percent === undefined ? was.percent : null,
  }
}

/** What is wrong with an amount in the portal's currency. */
export async function priceFailure(
  ctx: TenantCtx,
  portalId: string,
  amount: number | null | undefined,
): Promise<Failure | undefined> {
  if (typeof amount !== 'number') return undefined
  const [home] = await ctx.db
    .select({ currency: portal.currency })
    .from(portal)
    .where(and(eq(portal.id, portalId), eq(portal.organizationId, ctx.organization.id)))
  if (!home) return { kind: 'missing' }
  const { currency } = home
  if (isInSteps(amount, currency)) return undefined
  const message = `Amounts in ${currency} are multiples of ${stepOf(currency)} minor units.`
  return { kind: 'invalid', errors: [{ path: 'amount', message }] }
}
