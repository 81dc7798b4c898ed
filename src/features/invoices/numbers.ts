import { sql, type SQL } from 'drizzle-orm'
import type { TenantCtx } from '../../ctx.ts'
import type { Statement } from '../../db/batch.ts'
import { activity } from '../../db/schema/activity.ts'
import { invoiceCounter } from '../../db/schema/invoices.ts'
import { activityRow, type Happening } from '../activity/record.ts'
import { prefixOf, type Series } from './rules.ts'

interface Drawn {
  /** Steps the counter; it stands behind the batch's guard, so that no number is drawn in vain. */
  draw: Statement
  /** What was drawn, behind it in the same batch: 'INV-2026-007', past 999 with as many digits as it takes. */
  number: SQL
}

/** The next number of an organisation's series, in the year of a day there. */
export function drawNumber(ctx: TenantCtx, series: Series, day: string): Drawn {
  const organizationId = ctx.organization.id
  const year = Number(day.slice(0, 4))
  return {
    draw: ctx.db
      .insert(invoiceCounter)
      .values({ organizationId, series, year, last: 1 })
      .onConflictDoUpdate({
        target: [invoiceCounter.organizationId, invoiceCounter.series, invoiceCounter.year],
        set: { last: sql`${invoiceCounter.last} + 1` },
      }),
    number: sql`(
      select printf('%s-%d-%03d', ${prefixOf[series]}, year, last) from ${invoiceCounter}
      where organization_id = ${organizationId} and series = ${series} and year = ${year})`,
  }
}

/** Records what happened with a number that is drawn in the same batch, under this name. */
export function recordDrawn(
  ctx: TenantCtx,
  happening: Happening,
  { name, number }: { name: string; number: SQL },
): Statement {
  const row = activityRow(ctx, happening)
  const data = sql`json_set(${JSON.stringify(row.data)}, ${`$.${name}`}, ${number})`
  return ctx.db.insert(activity).values({ ...row, data })
}
