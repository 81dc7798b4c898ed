import { sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import { invoice } from '../../db/schema/invoices.ts'
import type { FieldError } from '../../lib/failure.ts'
import { isInSteps, stepOf } from '../../lib/money.ts'

/** Whether an invoice of this portal was ever issued: from then on it stays, and so does its currency. */
export const billed = (portalId: string): SQL =>
  sql`exists (select 1 from ${invoice} where portal_id = ${portalId} and issued_at is not null)`

export async function isBilled({ db }: TenantCtx, portalId: string): Promise<boolean> {
  const found = await db.get<{ billed: number }>(sql`select ${billed(portalId)} as billed`)
  return found?.billed === 1
}

/** What is wrong with a price in a currency. */
export function priceErrors(price: number | null | undefined, currency: string): FieldError[] {
  if (typeof price !== 'number' || isInSteps(price, currency)) return []
  const message = `Amounts in ${currency} are multiples of ${stepOf(currency)} minor units.`
  return [{ path: 'price', message }]
}
