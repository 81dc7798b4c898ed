import { and, eq } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { milestone } from '../../db/schema/milestones.ts'
import { organization, type PriceKind } from '../../db/schema/organizations.ts'
import { portal, type Buyer } from '../../db/schema/portals.ts'
import type { Failure } from '../../lib/failure.ts'
import { ok, type Result } from '../../lib/result.ts'
import type { DraftFacts } from './input.ts'
import { priced, type DraftLine, type Priced } from './pricing.ts'
import { shareOf } from './totals.ts'

/** What a draft is made of, before it is priced. */
export interface Draft {
  currency: string
  prices: PriceKind
  lines: readonly DraftLine[]
  discountPercent: string | null
  discountAmount: number | null
  notes: string
  buyer: Buyer
  supplyOn: string | null
  reverseCharge: boolean
  repeatable: boolean
  dueOn: string | null
}

/** What a new draft starts from, in one round trip. */
export async function homeOf(ctx: TenantCtx, portalId: string, milestoneId = '') {
  const organizationId = ctx.organization.id
  const [[home], [house], [step]] = await ctx.db.batch([
    ctx.db
      .select({
        client: portal.client,
        buyer: portal.buyer,
        currency: portal.currency,
        price: portal.price,
      })
      .from(portal)
      .where(and(eq(portal.id, portalId), eq(portal.organizationId, organizationId))),
    ctx.db
      .select({ prices: organization.prices })
      .from(organization)
      .where(eq(organization.id, organizationId)),
    ctx.db
      .select()
      .from(milestone)
      .where(
        and(
          eq(milestone.id, milestoneId),
          eq(milestone.portalId, portalId),
          eq(milestone.organizationId, organizationId),
        ),
      ),
  ])
  return home && house && { ...home, prices: house.prices, milestone: step }
}

export type Home = NonNullable<Awaited<ReturnType<typeof homeOf>>>

/** What a milestone is billed at: its amount, or its part of the portal's price. */
export function milestoneLine({ milestone, price, currency }: Home): DraftLine | undefined {
  if (!milestone) return undefined
  const { title, amount, percent } = milestone
  const part = percent === null || price === null ? null : shareOf(price, percent, currency)
  const unitAmount = amount ?? part
  return unitAmount === null
    ? undefined
    : { description: title, quantity: '1', unitAmount, taxRate: null }
}

/** What is given, over what was there. */
export function merged(was: Draft, { discount, ...given }: DraftFacts): Draft {
  const off =
    discount === undefined
      ? {}
      : { discountPercent: discount?.percent ?? null, discountAmount: discount?.amount ?? null }
  const { lines = was.lines, notes = was.notes, dueOn = was.dueOn } = given
  const { supplyOn = was.supplyOn, reverseCharge = was.reverseCharge } = given
  const { repeatable = was.repeatable, prices = was.prices, buyer = was.buyer } = given
  const facts = { lines, notes, dueOn, supplyOn, reverseCharge, repeatable, prices, buyer }
  return { ...was, ...facts, ...off }
}

export function blank(
  { client, buyer, currency, prices }: Home,
  lines: readonly DraftLine[],
): Draft {
  return {
    currency,
    prices,
    lines,
    discountPercent: null,
    discountAmount: null,
    notes: '',
    buyer: buyer ?? { name: client, address: null, taxId: null },
    supplyOn: null,
    reverseCharge: false,
    repeatable: false,
    dueOn: null,
  }
}

export type DraftColumns = Omit<Draft, 'lines'> & Priced

/** A draft as it is kept; or what is wrong with it. */
export function columnsOf(draft: Draft): Result<DraftColumns, Failure> {
  const { currency, prices, notes, buyer, supplyOn, reverseCharge, repeatable, dueOn } = draft
  const { discountPercent, discountAmount } = draft
  const sums = priced(draft)
  if (!sums.ok) return sums
  return ok({
    ...sums.value,
    currency,
    prices,
    discountPercent,
    discountAmount,
    notes,
    buyer,
    supplyOn,
    reverseCharge,
    repeatable,
    dueOn,
  })
}
